import { type YamlPath, YamlPlaces } from '../../src/typed/locate/yaml-place.ts';
import type { Finding, WorkflowFile } from './finding.ts';

/** A finding in what the package's own stages make, which no project could mend. */
interface Accepted {
  readonly rule: string;
  /** Keys that lead to it, `*` for any. */
  readonly at: readonly string[];
  /** What the value at that place has to be. */
  readonly holds: (value: string, images: readonly string[]) => boolean;
}

/** More steps than a job of people has. */
const mostSteps = 100;

const accepted: readonly Accepted[] = [
  {
    // `$/…` is newer than actionlint and act, which refuse it; every job checks out the run's commit first.
    rule: 'self-repository',
    at: ['jobs', '*', 'steps', '*', 'uses'],
    holds: (value) => value.startsWith('./'),
  },
  {
    // The same of a workflow that a job calls.
    rule: 'self-repository',
    at: ['jobs', '*', 'uses'],
    holds: (value) => value.startsWith('./'),
  },
  {
    // Tests run against the images that the Compose file names, so that both change together.
    rule: 'unpinned-images',
    at: ['jobs', '*', 'services', '*', 'image'],
    holds: (value, images) => images.includes(value),
  },
  {
    // The lockfile that it asks for is read by what is installed here, at an exact version.
    rule: 'adhoc-packages',
    at: ['jobs', '*', 'steps', '*', 'run'],
    holds: (value) => /^npm install --global (?:pnpm|yarn|@yarnpkg\/cli-dist)@[\d.]+$/.test(value),
  },
];

/** The findings in a compiled workflow but those that the package's stages are the cause of, or that a step needs. */
export function withoutThoseOfStages(
  findings: readonly Finding[],
  { path, text }: WorkflowFile,
  images: readonly string[],
): readonly Finding[] {
  const places = new YamlPlaces(text);
  return findings.filter(
    (finding) => finding.file !== path || !isAccepted(finding, places, images),
  );
}

function isAccepted(finding: Finding, places: YamlPlaces, images: readonly string[]): boolean {
  const found = places.at(finding).path;
  if (finding.tool === 'zizmor' && finding.rule === 'artipacked') return pushes(found, places);
  return accepted.some(({ rule, at, holds }) => {
    if (finding.tool !== 'zizmor' || finding.rule !== rule) return false;
    const path = found.slice(0, at.length);
    if (!leadsTo(path, at)) return false;
    // A finding may be told of the step or the service as a whole.
    const last = at.at(-1) ?? '';
    const value = places.scalar(path.length < at.length ? [...path, last] : path)?.value;
    return typeof value === 'string' && holds(value.trim(), images);
  });
}

/** A job that pushes needs the credentials that its check-out keeps; where it uploads files they could get out. */
function pushes([, id = '']: YamlPath, places: YamlPlaces): boolean {
  const [runs, uses] = ['run', 'uses'].map((key) =>
    Array.from({ length: mostSteps }, (_, index) =>
      String(places.scalar(['jobs', id, 'steps', index, key])?.value ?? ''),
    ),
  );
  return (
    (runs ?? []).some((run) => /\bgit (?:-\S+ \S+ )*push\b/.test(run)) &&
    !(uses ?? []).some((each) => each.startsWith('actions/upload-artifact@'))
  );
}

function leadsTo(path: YamlPath, at: readonly string[]): boolean {
  return (
    path.length >= at.length - 1 &&
    path.every((key, index) => at[index] === '*' || at[index] === String(key))
  );
}

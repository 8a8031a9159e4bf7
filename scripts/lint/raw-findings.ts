import { YamlPlaces } from '../../src/typed/locate/yaml-place.ts';
import type { PlacedRaw } from '../../src/typed/raw.ts';
import type { Finding, WorkflowFile } from './finding.ts';

/** The findings but those that a linter has never heard of a key which the definition gives by `raw`. */
export function withoutUnknownKeys(
  findings: readonly Finding[],
  { path: file, text }: WorkflowFile,
  raws: readonly PlacedRaw[],
): readonly Finding[] {
  if (raws.length === 0) return findings;
  const places = new YamlPlaces(text);
  const given = raws.flatMap(({ path, raw }) => Object.keys(raw.keys).map((key) => [...path, key]));
  return findings.filter((finding) => {
    if (finding.file !== file || !isOfShape(finding)) return true;
    const found = places.at(finding).path;
    return !given.some((path) => path.every((key, at) => found[at] === key));
  });
}

/** What is said of keys, and not of what is written in them. */
function isOfShape({ tool, rule }: Finding): boolean {
  return `${tool}: ${rule}` === 'actionlint: syntax-check' || tool === 'languageservice';
}

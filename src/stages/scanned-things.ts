import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Images, Project } from '../project/project.ts';
import { DefinitionError } from '../typed/definition-error.ts';
import type { Bandit } from './bandit.ts';
import { pathIn } from './paths.ts';
import type { Trivy } from './trivy.ts';

/** Everything that is scanned, as the action scan-report takes it. */
export function scannedThings(
  project: Project<Images>,
  trivy: Trivy,
  bandit: Bandit | undefined,
): readonly object[] {
  const { packages = {}, withoutDistribution = [] } = trivy;
  // Bundles of the package's actions, which `check` compares byte by byte: half of the time would be for them.
  const bundles = 'folder' in project.actions ? [`${project.actions.folder}/*/dist`] : [];
  const skip = [...bundles, ...(trivy.skip ?? [])];
  const own = Object.keys(project.images);
  const others = imagesOfOthers(project);
  const names = [...own, ...others.keys()];
  for (const name of [...Object.keys(packages), ...withoutDistribution])
    if (name !== 'repository' && !names.includes(name))
      throw new DefinitionError(
        `no image ${name} is scanned; there are: ${names.join(', ')}, and repository`,
      );
  const { directory = '.', paths = [], configuration } = bandit ?? {};
  for (const path of [...paths, ...(configuration ? [configuration] : [])])
    if (!existsSync(join(project.root, pathIn(directory, path))))
      throw new DefinitionError(`Bandit: the repository has no ${pathIn(directory, path)}`);
  const image = (name: string) => ({
    ...(packages[name] && { packages: packages[name] }),
    ...(withoutDistribution.includes(name) && { distribution: false }),
  });
  const dockerfiles = Object.values(project.images).map(({ dockerfile }) => dockerfile);
  return [
    ...(bandit ? [banditScan(bandit)] : []),
    {
      kind: 'repository',
      name: 'repository',
      files: [...new Set(dockerfiles)],
      ...(packages.repository && { packages: packages.repository }),
      ...(skip.length > 0 && { skip }),
    },
    ...own.map((name) => ({ kind: 'image', name, own: true, login: true, ...image(name) })),
    ...[...others].map(([name, reference]) => ({
      ...{ kind: 'image', name, image: reference, ...image(name) },
    })),
  ];
}

/** The images that the stack runs and nobody builds, by the first service that runs them. */
function imagesOfOthers({ services, images }: Project<Images>): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, { image }] of Object.entries(services))
    if (image !== undefined && !(name in images) && ![...found.values()].includes(image))
      found.set(name, image);
  return found;
}

function banditScan({ directory, paths, configuration, severity }: Bandit): object {
  return {
    kind: 'bandit',
    name: 'code',
    folder: directory,
    paths,
    ...(configuration && { configuration }),
    ...(severity && { severity: severity.toUpperCase() }),
  };
}

import type { StageInputs } from './inputs.ts';

/** What is known about a release, kept beside it on the host as manifest.json. */
export interface Manifest {
  readonly id: string;
  readonly commit: string;
  readonly images: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly runUrl: string;
  readonly actor: string;
}

/** The run that makes the release, as the runner's environment tells it. */
export interface RunContext {
  readonly commit: string;
  readonly runUrl: string;
  readonly actor: string;
}

/** The manifest's text. */
export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** What the executor has to know of the release, in a form that a POSIX shell can read. */
export function releaseConf(project: string, inputs: StageInputs): string {
  const images = [...inputs.images].map(([service, reference]) => `${service}=${reference}`);
  return [
    `project=${project}`,
    `compose-file=${fileName(inputs.composeFile)}`,
    `application-services=${[...inputs.images.keys()].join(' ')}`,
    `optional-services=${inputs.optionalServices.join(' ')}`,
    `images=${images.join(' ')}`,
    '',
  ].join('\n');
}

/** The name that the Compose file has inside the release. */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

import type { StageInputs } from '../read/inputs.ts';
import type { HostNeeds } from './host-needs.ts';
import type { Mount } from './mounts.ts';

/** What is known about a release, kept beside it on the host as manifest.json. */
export interface Manifest {
  readonly id: string;
  readonly commit: string;
  readonly images: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly runUrl: string;
  readonly actor: string;
}

/** The manifest's text. */
export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** What the executor has to know of a release. */
export interface ReleaseFacts {
  readonly project: string;
  readonly inputs: StageInputs;
  /** Relative to the workspace. */
  readonly proxyPath: string;
  readonly mounts: readonly Mount[];
  readonly needs: HostNeeds;
  /** What the host's .env.staging has to set. */
  readonly variables: readonly string[];
}

/** What the executor has to know, in a form that a POSIX shell can read: release.conf. */
export function releaseConf(facts: ReleaseFacts): string {
  const { project, inputs, proxyPath, mounts, needs, variables } = facts;
  const images = [...inputs.images].map(([service, reference]) => `${service}=${reference}`);
  return [
    `project=${project}`,
    `compose-file=${fileName(inputs.composeFile)}`,
    `application-services=${[...inputs.images.keys()].join(' ')}`,
    `optional-services=${inputs.optionalServices.join(' ')}`,
    `images=${images.join(' ')}`,
    `proxy=${inputs.proxy}`,
    `proxy-path=${proxyPath}`,
    `host-access=${inputs.hostAccess.join(' ')}`,
    `mounts=${mounts.map(({ hash, path }) => `${hash}:${path}`).join(' ')}`,
    `variables=${variables.join(' ')}`,
    `memory=${needs.memory.join(' ')}`,
    `ports=${needs.ports.join(' ')}`,
    '',
  ].join('\n');
}

/** The name that the Compose file has inside the release. */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

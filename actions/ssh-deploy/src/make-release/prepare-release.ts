import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InvalidInput } from '../../../shared/src/errors.ts';
import { releaseId } from '../../../shared/src/release-id.ts';
import type { Requester } from '../../../shared/src/requester.ts';
import type { StageInputs } from '../read/inputs.ts';
import type { BindMount } from './bind-mounts.ts';
import { proxyPath, readCompose } from './compose-file.ts';
import { checkEnvironmentFiles } from './environment-files.ts';
import { hostNeeds } from './host-needs.ts';
import { hashContent, type Mount } from './mounts.ts';
import { neededVariables } from './needed-variables.ts';
import { fileName, manifestText, releaseConf } from './release.ts';
import { renderCompose } from './render-compose.ts';
import { checkUploads } from './uploads.ts';

/** A release as it will lie on the host, by file name. */
export interface ReleaseFiles {
  readonly id: string;
  readonly generated: Readonly<Record<string, string>>;
}

/** Where and by whom a release is made. */
export interface Making {
  readonly workspace: string;
  readonly baseDirectory: string;
  readonly commit: string;
  readonly requester: Requester;
  readonly now: Date;
}

/** Renders the release's own files from the workspace. Throws `InvalidInput` where files are missing or do not fit. */
export async function prepareRelease(inputs: StageInputs, making: Making): Promise<ReleaseFiles> {
  const { workspace, commit, requester, now } = making;
  for (const path of [inputs.composeFile, ...inputs.files]) {
    if (!existsSync(join(workspace, path))) {
      throw new InvalidInput(
        `there is no ${path} in the workspace ${workspace}: check out the repository first`,
      );
    }
  }
  const text = await readFile(join(workspace, inputs.composeFile), 'utf8');
  const folder = dirname(inputs.composeFile);
  const file = readCompose(text, folder);
  checkEnvironmentFiles(file.services, { ...inputs, workspace, folder });
  const proxy = proxyPath(file, inputs.proxy);
  const mounted = file.bindMounts.map(({ path }) => path);
  await checkUploads(workspace, { ...inputs, mounted, proxyPath: proxy });
  const mounts = await mountsOf(file.bindMounts, inputs, workspace);
  const id = inputs.release ?? releaseId(now, commit);
  const { actor, runUrl } = requester;
  const images = Object.fromEntries(inputs.images);
  const { project } = file;
  return {
    id,
    generated: {
      [fileName(inputs.composeFile)]: renderCompose(file, {
        ...inputs,
        ...making,
        release: id,
        mounts,
      }),
      'manifest.json': manifestText({
        id,
        commit,
        images,
        createdAt: now.toISOString(),
        runUrl,
        actor,
      }),
      'release.conf': releaseConf({
        project,
        inputs,
        proxyPath: proxy,
        mounts: [...mounts.values()],
        needs: hostNeeds(file, {
          application: inputs.images.keys(),
          optional: inputs.optionalServices,
        }),
        variables: await neededVariables(workspace, inputs),
      }),
      ...(inputs.environmentRules.length > 0 && {
        'environment-rules': `${inputs.environmentRules.join('\n')}\n`,
      }),
    },
  };
}

/** What containers read besides the proxy's files, by path. */
async function mountsOf(
  bindMounts: readonly BindMount[],
  { files, proxy }: StageInputs,
  workspace: string,
): Promise<Map<string, Mount>> {
  const mounts = new Map<string, Mount>();
  for (const mount of bindMounts) {
    const isProxy = mount.service === proxy;
    await checkMount(mount, { files, workspace, isProxy });
    if (!isProxy && !mounts.has(mount.path))
      mounts.set(mount.path, await hashContent(workspace, mount.path));
  }
  return mounts;
}

async function checkMount(
  { what, path }: BindMount,
  where: {
    readonly files: readonly string[];
    readonly workspace: string;
    readonly isProxy: boolean;
  },
): Promise<void> {
  const roots = where.files.map((file) => file.replace(/\/$/, ''));
  if (!roots.some((root) => path === root || path.startsWith(`${root}/`))) {
    throw new InvalidInput(
      `${what}, which is not among the input files (${roots.join(', ')}): add it there`,
    );
  }
  const status = await stat(join(where.workspace, path)).catch(() => undefined);
  if (status === undefined) throw new InvalidInput(`${what}, which is not in the workspace`);
  if (where.isProxy && !status.isDirectory()) {
    throw new InvalidInput(
      `${what}, which is a file: the proxy must mount the directory that it is in, so that the host can write there which ` +
        'release requests go to',
    );
  }
}

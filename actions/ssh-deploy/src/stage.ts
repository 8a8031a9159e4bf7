import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../../shared/src/command.ts';
import { InvalidInput } from '../../shared/src/errors.ts';
import { releaseId } from '../../shared/src/release-id.ts';
import type { SshSession } from '../../shared/src/ssh.ts';
import { renderCompose } from './compose-file.ts';
import { type ExecutorResult, readExecutor, runExecutor } from './executor.ts';
import type { StageInputs } from './inputs.ts';
import { planCall, registryConfiguration, uploadWords } from './plan.ts';
import { fileName, manifestText, type RunContext, releaseConf } from './release.ts';

/** A release as it will lie on the host, by file name. */
export interface ReleaseFiles {
  readonly id: string;
  readonly generated: Readonly<Record<string, string>>;
}

/** Renders the release's own files from the workspace. Throws `InvalidInput` where files are missing or do not fit. */
export async function prepareRelease(
  inputs: StageInputs,
  run: RunContext,
  workspace: string,
): Promise<ReleaseFiles> {
  for (const path of [inputs.composeFile, ...inputs.files]) {
    if (!existsSync(join(workspace, path))) {
      throw new InvalidInput(
        `there is no ${path} in the workspace ${workspace}: check out the repository first`,
      );
    }
  }
  const compose = renderCompose(
    await readFile(join(workspace, inputs.composeFile), 'utf8'),
    inputs.images,
    inputs.optionalServices,
  );
  const now = new Date();
  const id = inputs.release ?? releaseId(now, run.commit);
  const images = Object.fromEntries(inputs.images);
  return {
    id,
    generated: {
      [fileName(inputs.composeFile)]: compose.text,
      'manifest.json': manifestText({ id, ...run, images, createdAt: now.toISOString() }),
      'release.conf': releaseConf(compose.project, inputs),
      'executor.sh': await readExecutor(),
    },
  };
}

export interface StageOptions {
  readonly baseDirectory: string;
  readonly inputs: StageInputs;
  readonly release: ReleaseFiles;
  readonly workspace: string;
  readonly temporaryDirectory: string;
  readonly onProgress: (line: string) => void;
}

/** Uploads the release and has the host check itself, take the release in and pull its images. */
export async function stage(session: SshSession, options: StageOptions): Promise<ExecutorResult> {
  const { baseDirectory, inputs, release, onProgress } = options;
  const archive = await packRelease(options);
  onProgress(`uploading release ${release.id} (${archive.byteLength} bytes)`);
  await session.run(uploadWords(baseDirectory, release.id), {
    title: `uploading the release to ${baseDirectory}`,
    input: archive,
    timeout: 600_000,
  });
  return runExecutor(session, {
    call: planCall(baseDirectory, { ...inputs, release: release.id }),
    file: `${baseDirectory}/releases/${release.id}.partial/executor.sh`,
    input: registryConfiguration(inputs.credentials),
    onProgress,
  });
}

async function packRelease(options: StageOptions): Promise<Buffer> {
  const directory = await mkdtemp(join(options.temporaryDirectory, 'release-'));
  const archive = join(directory, 'release.tar.gz');
  const { generated } = options.release;
  try {
    for (const [name, text] of Object.entries(generated)) {
      await writeFile(join(directory, name), text);
    }
    await runCommand('tar', [
      '--create',
      '--gzip',
      `--file=${archive}`,
      `--directory=${directory}`,
      ...Object.keys(generated),
      `--directory=${options.workspace}`,
      ...options.inputs.files,
    ]);
    return await readFile(archive);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

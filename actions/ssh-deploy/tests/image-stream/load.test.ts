import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runCommand } from '../../../shared/src/command.ts';
import { CommandFailed, PhaseFailed } from '../../../shared/src/errors.ts';
import type { SshSession } from '../../../shared/src/ssh/session.ts';
import { loadOnHost } from '../../src/image-stream/load.ts';
import { rewriteArchive, UnreadableArchive } from '../../src/image-stream/rewrite.ts';
import { refusal, transferFailed } from '../../src/image-stream/transfer-failure.ts';
import { writeArchive } from './archives.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'load-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** A host whose `docker load` is a shell script. */
function hostWith(script: string): SshSession {
  return {
    run: (words, options) => {
      expect(words).toEqual(['docker', 'load']);
      return runCommand('sh', ['-c', script], { ...options, cwd: directory });
    },
    reopen: () => Promise.reject(new Error('nothing here loses its connection')),
    [Symbol.asyncDispose]: async () => {},
  };
}

it('sends an archive compressed, and counts what it sends', async () => {
  const archive = Buffer.concat([Buffer.alloc(3_000_000), randomBytes(300_000)]);
  let bytes = 0;
  await loadOnHost(hostWith('cat > received'), Readable.from([archive]), (count) => {
    bytes += count;
  });
  const received = await readFile(join(directory, 'received'));
  expect(gunzipSync(received).equals(archive)).toBe(true);
  expect(received).toHaveLength(bytes);
  expect(bytes).toBeLessThan(350_000);
});

it('reports why the host stopped reading', async () => {
  const endless = Readable.from(repeat(randomBytes(1_000_000)));
  const loading = loadOnHost(hostWith('echo no space left >&2; exit 7'), endless, () => {});
  await expect(loading).rejects.toMatchObject({ exitCode: 7, stderr: 'no space left\n' });
  await expect(loading).rejects.toThrow(CommandFailed);
  expect(endless.destroyed).toBe(true);
});

it('lets nothing look complete that could not be read to its end', async () => {
  await using written = await writeArchive([['layer', randomBytes(3_000_000).toString('hex')]]);
  await truncate(written.file, 2_000_000);
  const archive = rewriteArchive(written.file, { leftOut: new Set(), replaced: new Map() });
  const host = hostWith('gunzip > received && touch complete');
  await expect(loadOnHost(host, archive, () => {})).rejects.toThrow(UnreadableArchive);
  expect(existsSync(join(directory, 'complete'))).toBe(false);
});

it('does not take an image for loaded that the host could not unpack, whatever the exit code', async () => {
  const host = hostWith('cat > received; echo "Error unpacking image api: no space left"');
  const loading = loadOnHost(host, Readable.from(['archive']), () => {});
  await expect(loading).rejects.toThrow(PhaseFailed);
  await expect(loading).rejects.toThrow('Error unpacking image api: no space left');
});

it('tells a host that refuses an archive from a connection that is lost', () => {
  const failure = { command: 'docker load', signal: undefined, timedOut: false };
  const stderr = 'loading\nopen layer.tar: no such file\n';
  expect(refusal(new CommandFailed({ ...failure, exitCode: 1, stderr }))).toBe(
    'open layer.tar: no such file',
  );
  expect(refusal(transferFailed('the image of api is not there'))).toContain('not there');
  expect(refusal(new PhaseFailed('SSH connection to deploy@host:22', 'lost'))).toBeUndefined();
  expect(
    refusal(new CommandFailed({ ...failure, exitCode: undefined, timedOut: true, stderr: '' })),
  ).toBeUndefined();
});

function* repeat(chunk: Buffer): Generator<Buffer> {
  // More than any pipe holds, and an end all the same.
  for (let count = 0; count < 1000; count += 1) yield chunk;
}

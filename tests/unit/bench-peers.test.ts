import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { peersFrom } from '../../scripts/package/bench/peers.ts';
import { temporaryFolder } from './stand-ins-process.ts';

it('says which variable names a peer, and which names no file', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'peer');
  await writeFile(file, '');
  expect(() => peersFrom({})).toThrow(
    'No peer to measure beside: set KAMAL to the path of a kamal',
  );
  expect(() => peersFrom({ DOCKER_ROLLOUT: '/nowhere' })).toThrow(
    'DOCKER_ROLLOUT is /nowhere: there is no such file',
  );
  expect(() => peersFrom({ KAMAL: file })).toThrow('KAMAL_PROXY_IMAGE is missing');
  expect(peersFrom({ DOCKER_ROLLOUT: file })).toHaveLength(1);
  // With its own time for the end of a container, and with a short one.
  expect(peersFrom({ KAMAL: file, KAMAL_PROXY_IMAGE: file })).toHaveLength(2);
});

const wrapper = fileURLToPath(
  new URL('../../scripts/package/bench/peers/usage-process.ts', import.meta.url),
);

it('tells what a command and its processes took, and ends as it does', async () => {
  await using folder = await temporaryFolder();
  const usage = join(folder.path, 'usage');
  const holds =
    'const held = Buffer.alloc(2e8, 1); const end = Date.now() + 800; while (Date.now() < end);';
  const line = `"${process.execPath}" --eval '${holds}'; exit 7`;
  const child = spawn(process.execPath, [wrapper, usage, 'sh', '-c', line], { stdio: 'ignore' });
  expect(await once(child, 'exit')).toEqual([7, null]);
  const { peak, ticks } = JSON.parse(await readFile(usage, 'utf8'));
  expect(peak / 1024).toBeGreaterThan(150);
  expect(ticks).toBeGreaterThan(20);
});

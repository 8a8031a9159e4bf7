import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSession } from '../../../actions/shared/src/ssh/session.ts';
import { startBed } from '../../../tests/host/bed.ts';
import { docker, type Engine } from '../../local/machine/engine.ts';
import { step } from '../../terminal/progress.ts';
import { type Bench, target } from './bench.ts';
import { measureImageBytes } from './image-bytes.ts';

const base = 'bench-bytes/base';
const baseBytes = 20_000_000;
const applicationBytes = 4_000_000;

/** What an image costs over the connection where no registry is between, beside its new layers alone, compressed. */
export const benchBytes: Bench = async () => {
  await using bed = await step('A staging server', () => startBed());
  const temporaryDirectory = await mkdtemp(join(tmpdir(), 'bench-bytes-'));
  try {
    const { host, port, user, privateKey, knownHosts } = bed.server.ssh;
    await using session = await openSession(
      { host, port, user, privateKey, knownHosts },
      { temporaryDirectory },
    );
    const { engine } = bed;
    // ssh-deploy asks the engine that its environment names, as on a runner.
    Object.assign(process.env, engine.env);
    await step('An image of which the host has nothing', () =>
      buildBase(engine, temporaryDirectory),
    );
    const measured = await step('Images over the connection', () =>
      measureImageBytes({ ...{ engine, session, temporaryDirectory, base, applicationBytes } }),
    );
    const sent = (change: string) =>
      measured.find((row) => row.change === change)?.bytesSent ?? Number.NaN;
    const [, changed] = measured;
    return {
      title: 'Images over the SSH connection, without a registry',
      method: `A layer of ${applicationBytes / 1e6} MB, half of it random, on a base of ${baseBytes / 1e6} MB, all random, sent by the code of ssh-deploy.`,
      rows: measured.map((row) => ({
        name: row.change,
        values: {
          'sent (kB)': row.bytesSent / 1000,
          'new layers, compressed (kB)': row.compressedBytes / 1000,
          'layers sent': row.layersSent,
          'left out': row.layersLeftOut,
          'time (s)': row.seconds,
        },
      })),
      targets: [
        target('nothing changed: kB sent', sent('nothing changed') / 1000, 100),
        target(
          'one layer changed: sent (× that layer, compressed)',
          sent('one layer changed') / (changed?.compressedBytes ?? Number.NaN),
          1.1,
        ),
      ],
    };
  } finally {
    await docker(bed.engine, ['image', 'rm', '--force', base]);
    await rm(temporaryDirectory, { recursive: true, force: true });
  }
};

/** A base that no host has seen: nothing of it can be left out. */
async function buildBase(engine: Engine, directory: string): Promise<void> {
  await writeFile(join(directory, 'base'), randomBytes(baseBytes));
  await writeFile(join(directory, 'Dockerfile'), 'FROM scratch\nCOPY base /base\n');
  await docker(engine, ['build', '--quiet', '--tag', base, directory]);
}

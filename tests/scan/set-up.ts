import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cached } from '../../scripts/local/machine/cache.ts';
import { demandGo, ensureTrivy } from '../../scripts/local/machine/tools.ts';
import { run } from '../../scripts/terminal/process.ts';

const banditVersion = '1.9.4';

/** Where Bandit is installed. */
export const banditFolder: string = cached('tools', `bandit-${banditVersion}`, 'bin');

/** The program that writes vulnerability databases. */
export const databaseProgram: string = cached('tools', 'scan-database');

/** Makes the real scanners, and what writes their database, available. */
export async function setup(): Promise<void> {
  await ensureTrivy();
  if (!existsSync(`${banditFolder}/bandit`)) {
    await run('python3', ['-m', 'venv', `${banditFolder}/..`]);
    await run(`${banditFolder}/pip`, ['install', '--quiet', `bandit==${banditVersion}`]);
  }
  await demandGo('the database of the tests');
  await run('go', ['build', '-o', databaseProgram, '.'], {
    cwd: fileURLToPath(new URL('database', import.meta.url)),
    env: { CGO_ENABLED: '0', GOTOOLCHAIN: 'auto', GOFLAGS: '-mod=readonly' },
    timeout: 10 * 60_000,
  });
}

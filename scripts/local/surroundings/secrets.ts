import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../terminal/process.ts';
import type { Instance } from './instance.ts';

/** Made once for an instance, 0600, and never printed. */
export interface Secrets {
  readonly sshKey: string;
  readonly githubToken: string;
  readonly slackToken: string;
  /** Those that the settings ask for, by name. */
  readonly passwords: Readonly<Record<string, string>>;
}

/** The secrets of an instance, made at the first call. */
export async function ensureSecrets(instance: Instance): Promise<Secrets> {
  const keys = join(instance.directory, 'authorized-keys');
  const keyFile = join(instance.directory, 'ssh-key');
  const file = join(instance.directory, 'secrets.json');
  await mkdir(keys, { recursive: true });
  if (!existsSync(keyFile)) {
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'pipeline', '-f', keyFile]);
    await writeFile(join(keys, 'deploy'), await readFile(`${keyFile}.pub`));
  }
  const known = existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : {};
  const wanted = instance.project.local.passwords ?? [];
  const made = {
    githubToken: `ghs_${randomBytes(18).toString('hex')}`,
    slackToken: `xoxb-${randomBytes(18).toString('hex')}`,
    ...known,
    passwords: {
      ...Object.fromEntries(wanted.map((name) => [name, randomBytes(18).toString('base64url')])),
      ...known.passwords,
    },
  };
  // One that an earlier version of the settings made may lack some.
  if (wanted.some((name) => !(name in (known.passwords ?? {}))) || !existsSync(file)) {
    await chmod(instance.directory, 0o700);
    await writeFile(join(instance.directory, 'registry-password'), made.githubToken, {
      mode: 0o600,
    });
    // Last: an instance without this file counts as none, and is made anew.
    await writeFile(file, JSON.stringify(made), { mode: 0o600 });
  }
  return { ...made, sshKey: await readFile(keyFile, 'utf8') };
}

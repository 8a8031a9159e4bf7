import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { remoteCommandLine } from '../../../actions/shared/src/ssh/remote-command.ts';
import { environmentText } from '../../../src/environment/text.ts';
import type { GeneratedSecret } from '../../../src/project/local-run.ts';
import { makeValues, planValues } from '../../staging/environment-values.ts';
import { run } from '../../terminal/process.ts';
import { docker, type Engine } from '../machine/engine.ts';
import { generateSecret } from './generated-secret.ts';
import type { Instance } from './instance.ts';

/** The user that the pipeline signs in as on the staging server. */
export const deployUser = 'deploy';

/** The OpenSSH options that reach the staging server of an instance, its host key pinned. */
export function sshArguments(instance: Instance): string[] {
  const { directory, ports } = instance;
  const options = {
    BatchMode: 'yes',
    IdentitiesOnly: 'yes',
    StrictHostKeyChecking: 'yes',
    UserKnownHostsFile: join(directory, 'known_hosts'),
    GlobalKnownHostsFile: '/dev/null',
    ConnectTimeout: '10',
  };
  const flags = Object.entries(options).flatMap(([key, value]) => ['-o', `${key}=${value}`]);
  const key = join(directory, 'ssh-key');
  return [
    '-F',
    '/dev/null',
    '-i',
    key,
    '-p',
    String(ports.ssh),
    ...flags,
    `${deployUser}@127.0.0.1`,
  ];
}

/** Runs a command line on the staging server over SSH, as an operator would, and returns its output. */
export async function onStagingHost(
  instance: Instance,
  command: string,
  input?: string,
): Promise<string> {
  const args = [...sshArguments(instance), command];
  return await run('ssh', args, input === undefined ? {} : { input });
}

/** Reads the server's host keys from the server itself, not from the network; returns them pinned. */
export async function pinHostKeys(instance: Instance, engine: Engine): Promise<string> {
  const project = ['compose', '--project-name', instance.name];
  const read = [
    ...project,
    'exec',
    '-T',
    'staging-host',
    'sh',
    '-c',
    'cat /etc/ssh/host-keys/*.pub',
  ];
  const keys = (await docker(engine, read)).trim().split('\n');
  const lines = keys.map(
    (key) => `[127.0.0.1]:${instance.ports.ssh} ${key.split(' ').slice(0, 2).join(' ')}`,
  );
  const knownHosts = `${lines.join('\n')}\n`;
  await writeFile(join(instance.directory, 'known_hosts'), knownHosts);
  return knownHosts;
}

/** What the operator of a real server does once: folders, and an .env.staging with secrets of its own. */
export async function prepareStagingHost(instance: Instance): Promise<void> {
  const { root, environmentExample, baseDirectory } = instance.project;
  const example = await readFile(join(root, environmentExample), 'utf8');
  const script = [
    'set -eu; umask 077; cd "$0"',
    'install -d shared/backups releases state',
    '[ -e shared/.env.staging ] || cat > shared/.env.staging.new',
    '[ ! -e shared/.env.staging.new ] || mv shared/.env.staging.new shared/.env.staging',
  ].join('\n');
  const command = remoteCommandLine(['sh', '-c', script, baseDirectory]);
  await onStagingHost(instance, command, await environmentOf(example, instance));
}

/** The text of a new environment file: what the settings say of the local run, and secrets that nobody has seen. */
async function environmentOf(
  example: string,
  { project, stagingUrl }: Pick<Instance, 'project' | 'stagingUrl'>,
): Promise<string> {
  const given = Object.fromEntries(
    Object.entries(project.local.environment ?? {}).map(([name, value]) => [
      name,
      textOf(value, stagingUrl),
    ]),
  );
  if (project.environment === undefined) return fillIn(example, given);
  const plan = planValues(project.environment, given);
  const made = await makeValues(plan, { given, ask: undefined });
  return fillIn(environmentText(project.environment, made), given);
}

/** An environment file made from its example, with a secret in the place of each CHANGE_ME that nothing is said of. */
function fillIn(example: string, given: Readonly<Record<string, string>>): string {
  const filled = Object.entries(given).reduce(
    (text, [name, value]) =>
      new RegExp(`^${name}=`, 'm').test(text)
        ? text.replace(new RegExp(`^${name}=.*$`, 'm'), () => `${name}=${value}`)
        : `${text.replace(/\n?$/, '\n')}${name}=${value}\n`,
    example,
  );
  return filled.replace(
    /^(\w+=)CHANGE_ME\w*$/gm,
    (_, name: string) => name + generateSecret({ generate: 'hex' }),
  );
}

function textOf(value: string | GeneratedSecret, url: string): string {
  return typeof value === 'string' ? value.replaceAll('{url}', url) : generateSecret(value);
}

import { createHash, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../process.ts';
import { repositoryRoot } from '../repository.ts';
import { docker, type Engine } from './engine.ts';
import type { Instance } from './instance.ts';

/** The user that the pipeline signs in as on the staging server. */
export const deployUser = 'deploy';
/** Where that server keeps releases and their state. */
export const baseDirectory = '/srv/azals-staging';

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
  const example = await readFile(join(repositoryRoot, '.env.staging.example'), 'utf8');
  const script = [
    'set -eu; umask 077; cd "$0"',
    'install -d shared/backups releases state',
    '[ -e shared/.env.staging ] || cat > shared/.env.staging.new',
    '[ ! -e shared/.env.staging.new ] || mv shared/.env.staging.new shared/.env.staging',
  ].join('\n');
  await onStagingHost(instance, `sh -c '${script}' ${baseDirectory}`, fillIn(example, instance));
}

/** Has the server exempt from its limit of requests whoever sends this key, as docs/operations.md does it by hand. */
export async function installRateLimitKey(instance: Instance, key: string): Promise<void> {
  const folder = `${baseDirectory}/mounts/proxy/infra/nginx`;
  const sum = createHash('md5').update(key).digest('base64url');
  const command = `mkdir -p ${folder} && cat > ${folder}/rate-limit-key.conf`;
  await onStagingHost(instance, command, `secure_link ${sum};\n`);
}

/** Creates the test tenants in the running release; running it again changes nothing. */
export async function provisionTestTenant(instance: Instance, password: string): Promise<void> {
  const compose = 'docker compose -f docker-compose.staging.yml exec -T';
  const command = `cd ${baseDirectory}/current && IFS= read -r TEST_TENANT_PASSWORD && export TEST_TENANT_PASSWORD && ${compose} -e TEST_TENANT_PASSWORD api python scripts/provision_test_tenant.py`;
  await onStagingHost(instance, command, `${password}\n`);
}

function fillIn(example: string, instance: Instance): string {
  const secret = (bytes: number) => randomBytes(bytes).toString('hex');
  return example
    .replace(/^(CORS_ORIGINS=).*$/m, (_, name: string) => name + instance.stagingUrl)
    .replace(/^(STRIPE_SECRET_KEY=).*$/m, (_, name: string) => `${name}sk_test_${secret(12)}`)
    .replace(/^(\w+=)CHANGE_ME\w*$/gm, (_, name: string) => name + secret(32));
}

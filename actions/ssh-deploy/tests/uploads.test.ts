import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkUploads } from '../src/make-release/uploads.ts';

let workspace: string;
const uploads = {
  files: ['infra/', 'deploy/extra.yml'],
  hostAccess: [],
  mounted: ['infra/nginx', 'deploy/extra.yml'],
  proxyPath: 'infra/nginx',
};
const check = () => checkUploads(workspace, uploads);

async function write(path: string, text = ''): Promise<void> {
  await mkdir(dirname(join(workspace, path)), { recursive: true });
  await writeFile(join(workspace, path), text);
}

async function link(path: string, target: string): Promise<void> {
  await mkdir(dirname(join(workspace, path)), { recursive: true });
  await symlink(target, join(workspace, path));
}

beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'uploads-'));
  await write('infra/nginx/nginx.conf', 'events {}');
  await write('infra/prometheus/prometheus.yml');
  await write('deploy/extra.yml');
  await write('.env.staging', 'SECRET=1');
});
afterEach(() => rm(workspace, { recursive: true, force: true }));

it('takes files, folders, odd names, and links that stay inside', async () => {
  await write('infra/nginx/.htpasswd');
  await write('infra/nginx/routes/api/.gitkeep');
  await write('infra/nginx/with blanks é.conf');
  await link('infra/nginx/snippets/default.conf', '../nginx.conf');
  await link('infra/nginx/latest', 'snippets');
  await link('infra/current.yml', 'prometheus/prometheus.yml');
  await expect(check()).resolves.toBeUndefined();
});

it.each([
  { path: 'infra/prometheus/prometheus-2.yml', target: '/etc/shadow' },
  { path: 'infra/nginx/env', target: '../../.env.staging' },
  // What the proxy mounts ends there, though the rest of infra comes along.
  { path: 'infra/nginx/other.yml', target: '../prometheus/prometheus.yml' },
  { path: 'infra/nginx/nowhere', target: 'gone.conf' },
  { path: 'infra/nginx/up', target: '..' },
])('names the link $path to $target, which does not come along', async ({ path, target }) => {
  await link(path, target);
  await expect(check()).rejects.toThrow(`${path} is a link to "${target}", which does not come`);
});

it('takes a link to a path of the host where an input says so', async () => {
  await link('infra/certificates', '/etc/ssl/certs');
  await expect(check()).rejects.toThrow('files=infra/certificates in a line of the input');
  const hostAccess = ['files=infra/certificates'];
  await expect(checkUploads(workspace, { ...uploads, hostAccess })).resolves.toBeUndefined();
});

it('sees through a link that leaves by way of another, and one that comes back', async () => {
  await link('infra/a', 'prometheus');
  await link('infra/b', 'a/../../.env.staging');
  await expect(check()).rejects.toThrow('infra/b is a link to');
  await rm(join(workspace, 'infra/b'));
  const name = workspace.slice(workspace.lastIndexOf('/') + 1);
  await link('infra/c', `../../${name}/infra/nginx/nginx.conf`);
  await expect(check()).rejects.toThrow('infra/c is a link to');
});

it('refuses names of the host’s own, and what is no file', async () => {
  await write('infra/nginx/by-container-1/x');
  await expect(check()).rejects.toThrow(
    'infra/nginx/by-container-1 has a name that the host needs',
  );
  await rm(join(workspace, 'infra/nginx/by-container-1'), { recursive: true });
  const socket = join(workspace, 'infra/nginx/s');
  const server = createServer().listen(socket);
  await new Promise((listening) => server.once('listening', listening));
  await expect(check()).rejects.toThrow('infra/nginx/s is neither a file, a folder nor a link');
  await new Promise((closed) => server.close(closed));
  await write('infra/nginx/a\nb.conf');
  await expect(check()).rejects.toThrow('"infra/nginx/a\\nb.conf" has control characters');
});

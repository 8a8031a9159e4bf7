import { chmod, readdir, rm, stat, symlink } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ExecutorBase, startExecutorBase } from './executor-functions.ts';

const [first, second] = ['20260101T000000Z-1111111', '20260102T000000Z-2222222'] as const;
const image = `registry/nginx@sha256:${'1'.repeat(64)}`;

let host: ExecutorBase;

beforeEach(async () => {
  host = await startExecutorBase();
});
afterEach(async () => await host[Symbol.asyncDispose]());

const target = (path = '') => join(host.base, 'mounts/proxy/infra/nginx', path);
const source = (release: string, path: string) =>
  join(host.base, 'releases', release, 'infra/nginx', path);

/** Writes a release with these files in its proxy's folder; what is on the host already goes on. */
async function release(id: string, files: Readonly<Record<string, string>>): Promise<void> {
  const at = `releases/${id}`;
  const own = Object.entries(files).map(([path, text]) => [`${at}/infra/nginx/${path}`, text]);
  await host.write({
    [`${at}/release.conf`]: 'project=shop\nproxy=nginx\nproxy-path=infra/nginx\n',
    [`${at}/services`]: `api 11 registry/api ${id}\nnginx 22 ${image} ${id}\n`,
    ...Object.fromEntries(own),
  });
}

/** Has the proxy run with a release; returns whether it would have to be reloaded. */
async function install(id: string): Promise<boolean> {
  const lines = `install_proxy_files ${id}\n[ -z "$proxy_changed" ] || echo changed`;
  const { exitCode, stdout, stderr } = await host.run(lines);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout === 'changed';
}

async function files(): Promise<Record<string, string>> {
  const entries = await readdir(target(), { recursive: true, withFileTypes: true });
  const found = entries.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    const mode = ((await stat(path)).mode & 0o777).toString(8);
    return [relative(target(), path), `${entry.isDirectory() ? 'folder ' : ''}${mode}`] as const;
  });
  return Object.fromEntries(await Promise.all(found));
}

it('brings dot files, folders and modes, and none of the routes, which are the host’s', async () => {
  await release(first, {
    'nginx.conf': 'one',
    '.htpasswd': 'anna:x',
    'snippets/deep/.tls.conf': 'tls',
    'with blank.conf': 'blank',
    'routes/api/.gitkeep': '',
  });
  await chmod(source(first, 'nginx.conf'), 0o755);
  await symlink('snippets/deep', source(first, 'link'));
  expect(await install(first)).toBe(true);
  expect(await files()).toEqual({
    'nginx.conf': '755',
    '.htpasswd': '644',
    snippets: 'folder 755',
    'snippets/deep': 'folder 755',
    'snippets/deep/.tls.conf': '644',
    'with blank.conf': '644',
    link: '755',
  });
  expect(await install(first)).toBe(false);
});

it('sees a change of a mode, of a byte, and of what a name stands for', async () => {
  await release(first, { 'nginx.conf': 'one', file: 'f', 'folder/x': 'x', 'linked/y': 'y' });
  await install(first);
  await release(second, { 'nginx.conf': 'two', 'file/z': 'z', folder: 'now a file' });
  await symlink('file', source(second, 'linked'));
  expect(await install(second)).toBe(true);
  const now = { 'nginx.conf': '644', file: 'folder 755', 'file/z': '644', folder: '644' };
  expect(await files()).toEqual({ ...now, linked: '755' });
  // A folder in the place of a link, through which the same is seen.
  await rm(source(second, 'linked'), { recursive: true });
  await release(second, { 'linked/z': 'z' });
  expect(await install(second)).toBe(true);
  expect(await files()).toEqual({ ...now, linked: 'folder 755', 'linked/z': '644' });
  await chmod(source(second, 'nginx.conf'), 0o755);
  expect(await install(second)).toBe(true);
  expect((await files())['nginx.conf']).toBe('755');
});

it('takes away what a release has no more, also on the way back, and leaves what an operator put there', async () => {
  await release(first, { 'nginx.conf': 'one', 'removed.conf': 'r', 'snippets/tls.conf': 't' });
  await install(first);
  await host.write({
    'mounts/proxy/infra/nginx/rate-limit-key.conf': 'secure_link sum;',
    'mounts/proxy/infra/nginx/snippets/own.conf': 'own',
  });
  await release(second, { 'nginx.conf': 'one', 'new.conf': 'n' });
  expect(await install(second)).toBe(true);
  const own = { 'rate-limit-key.conf': '644', snippets: 'folder 755', 'snippets/own.conf': '644' };
  expect(await files()).toEqual({ ...own, 'nginx.conf': '644', 'new.conf': '644' });
  expect(await install(second)).toBe(false);
  expect(await install(first)).toBe(true);
  expect(await files()).toEqual({
    ...own,
    'nginx.conf': '644',
    'removed.conf': '644',
    'snippets/tls.conf': '644',
  });
});

it('knows what releases brought where nobody kept a list, or where who worked has died', async () => {
  await release(first, { 'nginx.conf': 'one', 'removed.conf': 'r' });
  await install(first);
  await rm(join(host.base, 'state/proxy-files'));
  await release(second, { 'nginx.conf': 'two', 'new.conf': 'n', 'other.conf': 'o' });
  // Dies between two files.
  await host.run(
    `cp() { case "$*" in *other.conf*) kill -9 $$ ;; *) command cp "$@" ;; esac; }\ninstall_proxy_files ${second}`,
  );
  await host.write({ 'mounts/proxy/infra/nginx/.staging-pipeline.new': 'half' });
  expect(await install(first)).toBe(true);
  expect(Object.keys(await files()).sort()).toEqual(['nginx.conf', 'removed.conf']);
});

const asked = `
[ "$1" = run ] || exit 1
for word; do case $word in *:/etc/nginx/staging:ro) folder=\${word%%:*} ;; esac; done
echo "$@" >"$RECORD"
cat "$folder/nginx.conf" "$folder"/*key.conf >>"$RECORD" 2>/dev/null
echo 'nginx: [emerg] unexpected end of file' >&2`;

it('asks nginx about the folder as it will be, and takes every other answer than yes for no', async () => {
  await release(first, { 'nginx.conf': 'broken' });
  await host.write({ 'mounts/proxy/infra/nginx/rate-limit-key.conf': 'of the operator' });
  const record = join(host.base, 'asked');
  const check = async (code: number) => {
    await host.replace('docker', `${asked}\nexit ${code}`);
    return await host.run(`check_proxy_files ${first}`, { RECORD: record });
  };
  expect(await check(0)).toMatchObject({ exitCode: 0 });
  const question = await host.read('asked');
  expect(question).toMatch(
    /--add-host api:127\.0\.0\.1 .*-t -c \/etc\/nginx\/staging\/nginx\.conf\n/,
  );
  expect(question).toContain(image);
  expect(question).toContain('broken');
  expect(question).toContain('of the operator');
  expect(await check(1)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/emerg.*\nerror: nginx does not accept the configuration/),
  });
  for (const code of [125, 127])
    expect(await check(code)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(`cannot be checked (exit code ${code}, see above)`),
    });
  expect(await readdir(join(host.base, 'state'))).not.toContainEqual(
    expect.stringMatching(/^\.proxy/),
  );
});

it('does not ask about what nginx runs with already, unless its own definition is another', async () => {
  await release(first, { 'nginx.conf': 'one' });
  await release(second, { 'nginx.conf': 'one' });
  await install(first);
  await symlink(`releases/${first}`, join(host.base, 'current'));
  // Without an engine, to ask is to fail.
  expect(await host.run(`check_proxy_files ${second}`)).toMatchObject({ exitCode: 0 });
  await host.write({ [`releases/${second}/services`]: `nginx 33 ${image} ${second}\n` });
  expect(await host.run(`check_proxy_files ${second}`)).toMatchObject({ exitCode: 1 });
});

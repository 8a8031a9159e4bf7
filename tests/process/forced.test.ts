import { spawn } from 'node:child_process';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ExecutorBase, startExecutorBase } from './executor-functions.ts';

const id = '20260101T000000Z-1111111';

let host: ExecutorBase;

beforeEach(async () => {
  host = await startExecutorBase();
});
afterEach(async () => await host[Symbol.asyncDispose]());

/** The lines of the journal that were written for something forced. */
async function forced(): Promise<string[]> {
  const lines = (await host.read('state/journal.jsonl')).trim().split('\n');
  const read = lines.map((line) => JSON.parse(line) as { step: string; detail: string });
  return read.filter(({ step }) => step === 'force').map(({ detail }) => detail);
}

/** A release as an upload has it. */
async function upload(): Promise<string> {
  await host.write({ 'upload/release.conf': 'project=shop\ncompose-file=c.yml\n' });
  const archive = await execa('tar', ['-C', join(host.base, 'upload'), '-cf', '-', '.'], {
    encoding: 'buffer',
  });
  await host.write({ 'shared/.env.staging': 'A=1\n' });
  return `0\n${gzipSync(archive.stdout).toString('latin1')}`;
}

describe('"unlock --force"', () => {
  const words = ['unlock', '--actor', 'anna', '--owner', 'cli:anna@pc'];

  it('ends what is at work, says and writes down what that was, and leaves the rest to the host', async () => {
    const payload = Buffer.from(await upload(), 'latin1');
    await host.replace('docker', 'sleep 300');
    const staging = host.call(['stage', '--release', id, '--operation', '0a1b'], payload);
    const status = async () => (await host.call(['status'])).stdout;
    await expect.poll(status).toContain(`working=stage ${id} by host:`);
    await host.write({ 'state/hold': 'by ines since 2026-01-01T00:00:00Z: demo\n' });

    const dry = await host.call([...words, '--force', 'yes', '--dry-run', 'yes']);
    expect(dry.stdout).toMatch(/^would=end what is at work: stage /m);
    expect(await host.run('unlock_patience=1\nunlock')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/somebody is at work.* --force ends it$/),
    });

    const ended = await host.run("unlock_patience=1 force=yes owner='cli:anna@pc'\nunlock");
    expect(ended.stderr).toBe('');
    expect(ended.stdout).toMatch(
      new RegExp(`^unlocked=ended stage ${id} by host:.*; hold by ines since `),
    );
    const staged = await staging;
    expect(staged.exitCode).toBe(70);
    expect(staged.stderr).toContain('the work was ended by a signal');
    const after = await status();
    expect(after).not.toContain('working=');
    expect(after).not.toContain('held=');
    expect(after).toContain(`last-outcome=`);
    expect(after).toContain(`failed: release ${id} could not be staged`);
    expect(await forced()).toEqual([expect.stringContaining(`unlock: ended stage ${id} by host:`)]);
    expect(await host.call(['journal'])).toMatchObject({ exitCode: 0 });
  });

  it('ends nobody’s process that is no deploy’s', async () => {
    await host.write({ 'state/lock': '' });
    const held = spawn('flock', [join(host.base, 'state/lock'), 'sleep', '60'], {
      stdio: 'ignore',
    });
    await expect
      .poll(async () => (await host.call(['status'])).stdout, { timeout: 5000 })
      .toContain('working=');
    const refused = await host.run('unlock_patience=1 force=yes\nunlock');
    expect(refused.stderr).toContain('no deploy is at work that could be ended');
    expect(held.exitCode).toBeNull();
    held.kill();
  });
});

it('writes down that a release was staged past a hold', async () => {
  const payload = Buffer.from(await upload(), 'latin1');
  await host.call(['lock', '--reason', 'demo', '--owner', 'cli:ines@pc', '--actor', 'ines']);
  const words = ['stage', '--release', id, '--lock-timeout', '0'];
  expect(await host.call(words, payload)).toMatchObject({ exitCode: 75 });
  expect(await forced()).toEqual([]);
  await host.call([...words, '--force', 'yes'], payload);
  expect(await forced()).toEqual([
    expect.stringMatching(`^stage of ${id} although deploys are on hold: by ines since .*: demo$`),
  ]);
});

describe('a release that brings an older environment back', () => {
  /** Reads NAME=value lines as Compose would, for a release whose file is the one named last. */
  const compose = `
file=$(sed -n 's/.*env_file: \\["\\([^"]*\\)"\\].*/\\1/p')
echo '  "environment": {'
sed 's/^\\([^=]*\\)=\\(.*\\)/    "\\1": "\\2",/; $ s/,$//' "$file"
echo '  }'`;

  beforeEach(async () => {
    await mkdir(join(host.base, 'releases'));
    await host.write({
      [`releases/${id}/release.conf`]: 'project=shop\n',
      [`releases/${id}/.env.staging`]: 'SAME=1\nPASSWORD=leaked-one\nGONE=x\n',
      'shared/.env.staging': 'SAME=1\nPASSWORD=rotated-one\nNEW=y\n',
    });
    await symlink(`releases/${id}`, join(host.base, 'current'));
    await host.replace('docker', compose);
  });

  it('names what differs, never a value, also in the journal', async () => {
    const told = await host.run(`operation=0a1b owner=run\ntell_older_names ${id}`);
    expect(told.stdout).toBe('older-environment=GONE NEW PASSWORD');
    expect(told.stderr).toMatch(/^warning: release .* has now: GONE NEW PASSWORD$/);
    const journal = await host.read('state/journal.jsonl');
    expect(journal).toContain('"detail":"with other values than now: GONE NEW PASSWORD"');
    expect(told.stderr + told.stdout + journal).not.toMatch(/leaked-one|rotated-one/);
  });

  it('says nothing where nothing differs, and that it does not know where it cannot read', async () => {
    await host.write({ 'shared/.env.staging': 'GONE=x\nPASSWORD=leaked-one\nSAME=1\n' });
    const same = await host.run(`older_names ${id}`);
    expect(same).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    await host.replace('docker', 'echo "line 1: unexpected character: leaked-one" >&2; exit 1');
    const unknown = await host.run(`older_names ${id}`);
    expect(unknown.exitCode).toBe(0);
    expect(unknown.stdout).toContain('could not be compared');
    expect(unknown.stdout + unknown.stderr).not.toContain('leaked-one');
  });
});

import { mkdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { packageRoot } from '../../scripts/repository/repository.ts';
import { smallProject } from '../unit/small-project.ts';
import { temporaryFolder } from '../unit/stand-ins-process.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder[Symbol.asyncDispose]());

const modules = JSON.stringify(join(packageRoot, 'scripts/local/surroundings/instance.ts'));
const script = `
  const { findInstance, openInstance, forgetClone } = await import(${modules});
  const [root, verb] = process.argv.slice(1);
  const project = { ...JSON.parse(process.env.PROJECT), root };
  const instance = await (verb === 'find' ? findInstance : openInstance)(project);
  if (verb === 'forget') await forgetClone(instance);
  console.log(JSON.stringify(instance ?? null));
`;

/** The instance of a clone, in a process of its own, whose cache is in the test's folder. */
async function instanceOf(root: string, ...words: string[]) {
  const { stdout, stderr } = await execa(
    process.execPath,
    ['--input-type=module', '--eval', script, root, ...words],
    {
      env: { XDG_CACHE_HOME: join(folder.path, 'cache'), PROJECT: JSON.stringify(smallProject()) },
      reject: false,
    },
  );
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

async function clone(name: string): Promise<string> {
  const path = join(await realpath(folder.path), name);
  await mkdir(path);
  return path;
}

it('gives each clone a number of its own, and the same one each time', async () => {
  const [one, two] = [await clone('one'), await clone('two')];
  const first = await instanceOf(one);
  const second = await instanceOf(two);
  expect(first).toMatchObject({ name: 'staging-pipeline-0-local', repository: 'local/one' });
  expect(second).toMatchObject({ name: 'staging-pipeline-1-local', repository: 'local/two' });
  expect(await instanceOf(one)).toEqual(first);
  expect(await instanceOf(two)).toEqual(second);
  const ports = [first, second].flatMap((each) => Object.values(each.ports));
  expect(new Set(ports).size).toBe(ports.length);
  expect(await readFile(join(dirname(second.directory), 'clone'), 'utf8')).toBe(`${two}\n`);
});

it('finds the instance of a clone that has one, and takes no number by looking', async () => {
  const [one, two] = [await clone('one'), await clone('two')];
  expect(await instanceOf(one, 'find')).toBeNull();
  const second = await instanceOf(two);
  expect(second).toMatchObject({ name: 'staging-pipeline-0-local' });
  expect(await instanceOf(two, 'find')).toEqual(second);
  expect(await instanceOf(one, 'find')).toBeNull();
});

it('takes the number of a clone that is gone, and none of its secrets', async () => {
  const [one, two, three] = [await clone('one'), await clone('two'), await clone('three')];
  const first = await instanceOf(one);
  await instanceOf(two);
  await mkdir(first.directory, { recursive: true });
  await writeFile(join(first.directory, 'secrets.json'), '{}');
  await rm(one, { recursive: true });
  const third = await instanceOf(three);
  expect(third.name).toBe(first.name);
  await expect(readFile(join(third.directory, 'secrets.json'))).rejects.toThrow('ENOENT');
});

it('takes a number again that a clone has given back', async () => {
  const [one, two] = [await clone('one'), await clone('two')];
  const first = await instanceOf(one, 'forget');
  expect((await instanceOf(two)).name).toBe(first.name);
  expect((await instanceOf(one)).name).toBe('staging-pipeline-1-local');
});

it('keeps the number of a clone that has something left', async () => {
  const [one, two] = [await clone('one'), await clone('two')];
  const first = await instanceOf(one);
  await mkdir(first.directory, { recursive: true });
  await instanceOf(one, 'forget');
  expect((await instanceOf(two)).name).toBe('staging-pipeline-1-local');
});

it('names the clones where all numbers are taken', async () => {
  for (let slot = 0; slot < 10; slot += 1) {
    const slots = join(folder.path, 'cache/staging-pipeline/instances', String(slot));
    await mkdir(slots, { recursive: true });
    await writeFile(join(slots, 'clone'), `${await clone(`clone-${slot}`)}\n`);
  }
  const more = await clone('more');
  await expect(instanceOf(more)).rejects.toThrow(
    /10 clones have a staging server on this machine: .*\n.*clone-0\n(?:.*\n){8}.*clone-9/,
  );
});

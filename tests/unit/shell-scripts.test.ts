import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { shellScripts } from '../../scripts/package/check/shell-scripts.ts';
import { packageRoot } from '../../scripts/repository/repository.ts';
import { temporaryFolder } from './stand-ins-process.ts';

it('finds shell scripts by their first line, known to git or about to be, and no others', async () => {
  await using folder = await temporaryFolder();
  const files = {
    'known.sh': '#!/bin/sh\n',
    'no-ending': '#!/usr/bin/env bash\nset -e\n',
    'new.sh': '#!/bin/sh\n',
    'ignored.sh': '#!/bin/sh\n',
    'removed.sh': '#!/bin/sh\n',
    'python.py': '#!/usr/bin/env python3\n',
    'text.md': 'Begin a script with\n#!/bin/sh\n',
    '.gitignore': 'ignored.sh\n',
  };
  const git = (...args: string[]) => execa('git', ['-C', folder.path, ...args]);
  await git('init', '--quiet');
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder.path, name), text);
  await git('add', 'known.sh', 'no-ending', 'removed.sh', 'python.py');
  await rm(join(folder.path, 'removed.sh'));
  await mkdir(join(folder.path, 'empty'));
  await symlink('empty', join(folder.path, 'link-to-folder'));
  expect([...(await shellScripts(folder.path))].sort()).toEqual([
    'known.sh',
    'new.sh',
    'no-ending',
  ]);
});

it('finds the scripts that run on other machines', async () => {
  expect(await shellScripts(packageRoot)).toEqual(
    expect.arrayContaining([
      'actions/ssh-deploy/dist/executor.sh',
      'api/docker-entrypoint.sh',
      'scripts/local/images/entrypoints/staging-host.sh',
    ]),
  );
});

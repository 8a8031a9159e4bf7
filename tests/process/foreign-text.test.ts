import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { commandsIn } from '../../actions/shared/tests/runner-commands.ts';
import { packageRoot } from '../../scripts/repository/repository.ts';
import { type FakeHost, fakeExecutor, startFakeHost } from './fake-host.ts';
import { type ActionRun, type BundledActions, bundleActions } from './run-action.ts';

vi.setConfig({ testTimeout: 60_000 });

const release = '20260101T000000Z-0a1b2c3';
const commit = '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567';

const hostile = [
  '::set-output name=release::evil',
  ' \t::error file=a,line=1::forged',
  '127.0.0.1 "GET /##[add-mask]e HTTP/1.1" 200 "##[stop-commands]zz"',
  'all is well\r::add-matcher::/tmp/evil.json',
  '\u200b\u202e::stop-commands::x',
  '\u001b[2J\u001b[31mred\u009b31m \u001b]8;;http://evil.example\u0007click\u001b]8;;\u0007',
  '[click](http://evil.example) ![x](http://evil.example/x.png) **bold** @here <img src=x>',
].join('\n');
const onOneLine = hostile.replaceAll(/[\r\n]/g, ' ');

let actions: BundledActions;
let host: FakeHost;

beforeAll(async () => {
  actions = await bundleActions('ssh-deploy', 'run-migrations', 'smoke-test', 'slack-notify');
  for (const name of ['ssh-deploy', 'run-migrations', 'smoke-test'])
    await actions.replace(name, 'executor.sh', await fakeExecutor());
  host = await startFakeHost();
}, 60_000);
afterAll(async () => {
  await actions[Symbol.asyncDispose]();
  await host[Symbol.asyncDispose]();
});

/** What an action means by the commands that it gives the runner. */
const own = /^::(?:add-mask|error|warning|notice)(?: title=[^:,]*)?::/;

function expectHarmless(run: ActionRun): void {
  const mischief = commandsIn(run.log).filter((line) => !own.test(line));
  expect(mischief).toEqual([]);
  expect(run.log).not.toContain('##[');
  for (const text of [run.log, run.summary]) {
    expect(text).not.toMatch(/(?![\n\t])[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u);
  }
  expect(run.summary).not.toMatch(/\[click\]\(|\*\*bold|@here|<img/);
}

/** Ended as a job does it, since the next step would join the connection. */
async function run(action: string, inputs: Record<string, string>, environment = {}) {
  const ran = await actions.run(action, inputs, environment);
  if (action !== 'slack-notify') expectHarmless(await actions.runPost(action, ran.state, inputs));
  expectHarmless(ran);
  return ran;
}

describe('whatever the host prints is text', () => {
  it('in ssh-deploy, where it goes well', async () => {
    await host.answer('status', {
      err: `${hostile}\n`,
      out: `current=${release}\ncommit=${commit}\nlast-outcome=${onOneLine}\nheld-by=${onOneLine}\nheld-reason=${onOneLine}\nworking=${onOneLine}\n`,
    });
    const { exitCode, log, summary } = await run('ssh-deploy', {
      command: 'status',
      ...host.inputs,
    });
    expect(exitCode).toBe(0);
    expect(log).toContain('| ::set-output name=release::evil');
    expect(summary).toContain('&#91;click&#93;');
  });

  it('in ssh-deploy, where it fails', async () => {
    await host.answer('confirm', { err: `${hostile}\nerror: ${hostile}\n`, exit: 1 });
    const { exitCode, log } = await run('ssh-deploy', {
      command: 'confirm',
      release,
      ...host.inputs,
    });
    expect(exitCode).toBe(1);
    expect(log).toContain('::error::confirm: ');
  });

  it('in run-migrations: messages, SQL, what the driver says, a failure', async () => {
    const nothing = { parents: [], allowed: {}, autocommit: false };
    const plan = {
      current: ['a1'],
      target: ['c3'],
      heads: ['c3'],
      revisions: [
        {
          ...nothing,
          revision: 'c3',
          message: hostile,
          breaking: hostile,
          sql: hostile,
          withoutSql: hostile,
        },
      ],
      history: [],
      databaseBytes: 1,
      serverVersion: 150_000,
      database: { name: 'azals', server: '1' },
    };
    await host.answer('migrate-plan', {
      err: `${hostile}\n`,
      out: `release=${release}\nplan=${JSON.stringify(plan)}\n`,
    });
    await host.answer('migrate', {
      err: `${hostile}\nerror: c3 failed: ${onOneLine}\n`,
      out: `from=a1\nto=a1\nbackup=${onOneLine}\noutcome=${onOneLine}\n`,
      exit: 1,
    });
    const { exitCode, summary } = await run('run-migrations', {
      ...host.inputs,
      release,
      lint: 'off',
    });
    expect(exitCode).toBe(1);
    expect(summary).toContain('&#91;click&#93;');
  });

  it('in smoke-test: an answer, and the log of the container', async () => {
    await using server = await answering(500, hostile);
    await host.answer('containers', { out: `release=${release}\ncommit=${commit}\n` });
    await host.answer('logs', { out: hostile });
    const checks = [{ name: 'API', path: '/', status: 200, contains: 'x', service: 'api' }];
    const inputs = { url: server.url, commit, timeout: '1', checks: JSON.stringify(checks) };
    const { exitCode, summary } = await run('smoke-test', { ...host.inputs, ...inputs });
    expect(exitCode).toBe(1);
    expect(summary).toContain('&#91;click&#93;');
  });

  it('in slack-notify: what Slack and GitHub answer', async () => {
    await using server = await answering(403, hostile);
    const { log } = await run(
      'slack-notify',
      {
        needs: JSON.stringify({ test: { result: 'failure', outputs: {} } }),
        'webhook-url': `${server.url}/services/T000/B000/abcdefghijklmnop`,
        'github-token': 'github-secret',
      },
      { GITHUB_API_URL: server.url, GITHUB_ACTOR: onOneLine, GITHUB_WORKFLOW: onOneLine },
    );
    expect(log).toMatch(/::(?:warning|error)::.*not delivered/);
  });
});

async function answering(status: number, body: string) {
  const server = createServer((_, response) => response.writeHead(status).end(body));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A folder, what writes to the runner or a terminal there, and the one module that may. */
const waysOut = [
  {
    folder: 'actions',
    way: /'@actions\/core|\bconsole\.|process\.std(?:out|err)\b/,
    module: 'actions/shared/src/runner.ts',
  },
  {
    folder: 'scripts/staging',
    way: /\bconsole\.|process\.std(?:out|err)\.write/,
    module: 'scripts/staging/terminal.ts',
  },
];

it.each(waysOut)('there is no other way out of $folder than $module', async (out) => {
  const entries = await readdir(join(packageRoot, out.folder), {
    recursive: true,
    withFileTypes: true,
  });
  const files = entries
    .map(({ parentPath, name }) => join(parentPath, name).slice(packageRoot.length))
    .map((path) => path.replace(/^\//, ''))
    .filter((path) => path.endsWith('.ts') && !/\/(?:dist|tests|node_modules)\//.test(path));
  const writing: string[] = [];
  for (const path of files) {
    // Names of methods of a child process are no way out.
    const text = (await readFile(join(packageRoot, path), 'utf8')).replaceAll(
      /process\.std(?:out|err)\?\.destroy/g,
      '',
    );
    if (out.way.test(text)) writing.push(path);
  }
  expect(writing).toEqual([out.module]);
});

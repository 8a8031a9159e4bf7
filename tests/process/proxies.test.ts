import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { findBrowser } from '../../actions/smoke-test/src/browser/find.ts';
import { connect } from '../../scripts/action-pins/github.ts';
import { type StandIn, startStandIn, temporaryFolder } from '../unit/stand-ins-process.ts';
import {
  type Certificate,
  certificateFor,
  startProxy,
  type TestProxy,
  type Ways,
} from './proxy.ts';
import { type BundledActions, bundleActions } from './run-action.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const hookPath = '/services/T000/B000/abcdefghijklmnop';
const needs = JSON.stringify(
  Object.fromEntries(
    ['test', 'deploy', 'smoke'].map((job) => [job, { result: 'success', outputs: {} }]),
  ),
);

const browser = (await findBrowser(process.env)) !== undefined;

let actions: BundledActions;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let slack: StandIn;
let github: StandIn;
let certificate: Certificate;
let ways: Ways;

beforeAll(async () => {
  actions = await bundleActions('slack-notify', 'smoke-test');
  folder = await temporaryFolder();
  slack = await startStandIn('slack', folder.path);
  github = await startStandIn('github', folder.path);
  certificate = await certificateFor('slack.test', 'staging.test');
  ways = {
    'slack.test:443': await certificate.before(slack.url),
    'github.test': github.url,
    'staging.test': slack.url,
    'staging.test:443': await certificate.before(slack.url),
    'other.test:443': await certificate.before(slack.url),
    'silent.test:443': 'silence',
    'silent.test': 'silence',
    'forbidden.test:443': 403,
    'locked.test:443': 407,
    'locked.test': 407,
  };
});

afterAll(async () => {
  for (const each of [certificate, slack, github, folder, actions])
    await each?.[Symbol.asyncDispose]();
});

type Values = Readonly<Record<string, string>>;

function notify(inputs: Values, environment: Values) {
  return actions.run(
    'slack-notify',
    { needs, required: 'true', 'time-budget': '3', ...inputs },
    { NODE_EXTRA_CA_CERTS: certificate.file, ...environment },
  );
}

const hook = (host: string) => ({ 'webhook-url': `https://${host}${hookPath}` });

describe('slack-notify', () => {
  it.each(['HTTPS_PROXY', 'https_proxy'])('sends to a webhook through %s', async (name) => {
    await using proxy = await startProxy(ways);
    const run = await notify(hook('slack.test'), { [name]: proxy.url });
    expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { delivered: 'true' } });
    expect(proxy).toMatchObject({ asked: ['CONNECT slack.test:443'], credentials: [] });
  });

  it('asks Slack and GitHub as a bot through theirs, and signs in at the proxy', async () => {
    await using proxy = await startProxy(ways);
    const address = proxy.url.replace('//', '//us%40er:p%3Aass%25@');
    const run = await notify(
      {
        'bot-token': 'xoxb-0000-stand-in-secret',
        channel: '#staging-alerts',
        'slack-api-url': 'https://slack.test/api/',
        'github-token': 'ghs_stand-in',
      },
      {
        HTTPS_PROXY: address,
        HTTP_PROXY: address,
        GITHUB_API_URL: 'http://github.test',
      },
    );
    expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { delivered: 'true' } });
    // The answer of the stand-in, which knows no such commit.
    expect(run.log).toContain('GitHub did not tell: No commit found');
    expect(new Set(proxy.asked.map((each) => each.replace(/\.test.*/, '')))).toEqual(
      new Set(['CONNECT slack', 'GET http://github']),
    );
    expect(new Set(proxy.credentials)).toEqual(new Set(['us@er:p:ass%']));
  });

  it.each(['slack.test', '.test', 'test', 'elsewhere, SLACK.TEST:443', '*'])(
    'goes round the proxy for NO_PROXY=%s',
    async (list) => {
      await using proxy = await startProxy(ways);
      for (const name of ['NO_PROXY', 'no_proxy']) {
        const inputs = { ...hook('slack.test'), 'time-budget': '1' };
        const run = await notify(inputs, { HTTPS_PROXY: proxy.url, [name]: list });
        expect(run.log).toMatch(/Slack cannot be reached: (?:ENOTFOUND|EAI_AGAIN)|in time/);
      }
      expect(proxy.asked).toEqual([]);
    },
  );

  it.each(['lack.test', 'slack.test:8443', 'slack'])('does not for NO_PROXY=%s', async (list) => {
    await using proxy = await startProxy(ways);
    const run = await notify(hook('slack.test'), { HTTPS_PROXY: proxy.url, NO_PROXY: list });
    expect(run, run.log).toMatchObject({ exitCode: 0 });
    expect(proxy.asked).toEqual(['CONNECT slack.test:443']);
  });

  it('asks this machine directly, whatever the proxy', async () => {
    await using proxy = await startProxy(ways);
    const { port } = new URL(slack.url);
    for (const host of ['127.0.0.1', 'localhost']) {
      const inputs = { 'webhook-url': `http://${host}:${port}${hookPath}` };
      const run = await notify(inputs, { HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url });
      expect(run, run.log).toMatchObject({ exitCode: 0 });
    }
    expect(proxy.asked).toEqual([]);
  });

  it('does not take the proxy of the other protocol', async () => {
    await using proxy = await startProxy(ways);
    const inputs = { ...hook('slack.test'), 'time-budget': '1' };
    const run = await notify(inputs, { HTTP_PROXY: proxy.url, HTTPS_PROXY: '' });
    expect(run.exitCode).toBe(1);
    expect(proxy.asked).toEqual([]);
  });

  it('takes a host and a port for a proxy', async () => {
    await using proxy = await startProxy(ways);
    const HTTPS_PROXY = proxy.url.replace('http://', '').replace('127.0.0.1', 'localhost');
    const run = await notify(hook('slack.test'), { HTTPS_PROXY });
    expect(run, run.log).toMatchObject({ exitCode: 0 });
    expect(proxy.asked).toEqual(['CONNECT slack.test:443']);
  });

  it.each([
    ['forbidden.test', 'does not lead to forbidden.test:443: 403 No'],
    ['unknown.test', 'does not lead to unknown.test:443: 502 No (after'],
    [
      'locked.test',
      'does not lead to locked.test:443: 407 No; it does not take the name and password',
    ],
  ])('says that the proxy refuses %s, in time and without its password', async (host, words) => {
    await using proxy = await startProxy(ways);
    const began = performance.now();
    const HTTPS_PROXY = proxy.url.replace('//', '//user:pa55word@');
    const run = await notify({ ...hook(host), 'time-budget': '3' }, { HTTPS_PROXY });
    expect(performance.now() - began).toBeLessThan(5000);
    expect(run.exitCode).toBe(1);
    expect(run.log).toContain(
      `the proxy ${proxy.url} (HTTPS_PROXY) ${words}`.replace(' (after', ''),
    );
    expect(run.log + run.summary).not.toContain('pa55word');
  });

  it('does not wait for a proxy that says nothing', async () => {
    await using proxy = await startProxy(ways);
    const began = performance.now();
    const environment = { HTTPS_PROXY: proxy.url };
    const run = await notify({ ...hook('silent.test'), 'time-budget': '2' }, environment);
    expect(performance.now() - began).toBeLessThan(5000);
    expect(run.log).toContain('Slack did not answer in time');
  });

  it.each([
    'socks5://user:pa55word@proxy.test:1080',
    'http://user:pa55word@',
    'http://user:pa55word@proxy.test:port',
  ])('refuses %s without its password', async (HTTPS_PROXY) => {
    const run = await notify(hook('slack.test'), { HTTPS_PROXY });
    expect(run.exitCode).toBe(1);
    expect(run.log).toContain('the variable HTTPS_PROXY names no proxy');
    expect(run.log + run.summary).not.toContain('pa55word');
  });

  it('says which proxy cannot be reached', async () => {
    const HTTPS_PROXY = 'http://user:pa55word@127.0.0.1:1';
    const run = await notify({ ...hook('slack.test'), 'time-budget': '2' }, { HTTPS_PROXY });
    const words = 'the proxy http://127.0.0.1:1 (HTTPS_PROXY) cannot be reached: ECONNREFUSED';
    expect(run.log).toContain(words);
    expect(run.log + run.summary).not.toContain('pa55word');
  });
});

describe('smoke-test', () => {
  function smokeTest(url: string, proxy: TestProxy, checks: object[]) {
    return actions.run(
      'smoke-test',
      { url, commit: 'a'.repeat(40), timeout: '3', checks: JSON.stringify(checks) },
      { NODE_EXTRA_CA_CERTS: certificate.file, HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url },
    );
  }
  const received = { name: 'Received', path: '/_received?x=1', status: 200 };

  it('asks with and without TLS through the proxy, and looks at the certificate behind it', async () => {
    await using proxy = await startProxy(ways);
    const plain = await smokeTest('http://staging.test', proxy, [received]);
    expect(plain, plain.log).toMatchObject({ exitCode: 0, outputs: { passed: '1' } });
    expect(proxy.asked).toContain('GET http://staging.test/_received?x=1');
    const checks = [received, { name: 'Certificate', kind: 'tls', 'days-left': 7 }];
    const secret = await smokeTest('https://staging.test', proxy, checks);
    expect(secret, secret.log).toMatchObject({ exitCode: 0, outputs: { passed: '2' } });
    expect(
      proxy.asked.filter((each) => each === 'CONNECT staging.test:443').length,
    ).toBeGreaterThan(1);
  });

  it.runIf(browser)('has the browser do the same', async () => {
    await using proxy = await startProxy(ways);
    const run = await smokeTest('http://staging.test', proxy, [
      { name: 'Page', kind: 'browser', path: '/', 'allowed-errors': ['favicon'] },
    ]);
    expect(run, run.log).toMatchObject({ exitCode: 0 });
    expect(proxy.asked).toContain('GET http://staging.test/favicon.ico');
  });

  it('finds a certificate for another name behind the proxy', async () => {
    await using proxy = await startProxy(ways);
    const run = await smokeTest('https://other.test', proxy, [
      { name: 'Certificate', kind: 'tls' },
      received,
    ]);
    expect(run).toMatchObject({ exitCode: 1, outputs: { failed: '2' } });
    expect(run.log).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  it.each([
    ['https://silent.test', /none within \d+ ms/],
    ['http://silent.test', /none within \d+ ms/],
    [
      'https://unknown.test',
      /the proxy \S+ \(HTTPS_PROXY\) does not lead to unknown.test:443: 502/,
    ],
    [
      'http://locked.test',
      /the proxy \S+ \(HTTP_PROXY\) does not lead to locked.test: 407 .*wants a name/,
    ],
  ])('says that it was the proxy for %s', async (url, words) => {
    await using proxy = await startProxy(ways);
    const run = await smokeTest(url, proxy, [received]);
    expect(run.exitCode).toBe(1);
    expect(run.log).toMatch(words);
  });

  it('does not take the word of a proxy that reaches nobody for that of the release', async () => {
    await using proxy = await startProxy({ ...ways, 'broken.test': 503, 'app.test': 404 });
    for (const name of ['unknown.test', 'broken.test']) {
      const run = await smokeTest(`http://${name}`, proxy, [received]);
      expect(run.outputs, run.log).toMatchObject({ verdict: 'unreachable' });
      expect(run.log).toMatch(
        /the proxy \S+ \(HTTP_PROXY\) answers 50[23], which may be its own word/,
      );
    }
    const run = await smokeTest('http://app.test', proxy, [received]);
    expect(run.outputs, run.log).toMatchObject({ verdict: 'failed' });
  });

  it('asks this machine directly', async () => {
    await using proxy = await startProxy(ways);
    const run = await smokeTest(slack.url, proxy, [received]);
    expect(run, run.log).toMatchObject({ exitCode: 0 });
    expect(proxy.asked).toEqual([]);
  });
});

describe('the command line', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('asks GitHub through the proxy for what pins point to', async () => {
    await using proxy = await startProxy({ 'github.test': github.url });
    vi.stubEnv('HTTP_PROXY', proxy.url);
    const environment = { GITHUB_API_URL: 'http://github.test', GITHUB_TOKEN: 'ghs_stand-in' };
    const ask = connect({ environment, signal: AbortSignal.timeout(10_000) });
    expect(await ask('actions/checkout').dayOfRelease('v1')).toBeUndefined();
    const path = '/repos/actions/checkout/releases/tags/v1';
    expect(proxy.asked).toEqual([`GET http://github.test${path}`]);
  });
});

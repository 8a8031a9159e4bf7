import { type Logger, LogLevel, WebClient } from '@slack/web-api';
import { IncomingWebhook } from '@slack/webhook';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StandIn, startStandIn, temporaryFolder } from './stand-ins-process.ts';

const token = 'xoxb-0000-stand-in';
const address = '/services/T000/B000/abcdefgh';
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const button = (rest: object) => ({
  type: 'actions',
  elements: [{ type: 'button', text: { type: 'plain_text', text: 'Open' }, ...rest }],
});

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let slack: StandIn;

beforeAll(async () => {
  folder = await temporaryFolder();
  slack = await startStandIn('slack', folder.path);
});

afterAll(async () => {
  await slack[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const silent: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

function client() {
  return new WebClient(token, {
    slackApiUrl: `${slack.url}/api/`,
    retryConfig: { retries: 0 },
    logger: silent,
  });
}

async function send(path: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(slack.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, text: await response.text() };
}

async function received() {
  const response = await fetch(`${slack.url}/_received`);
  return (await response.json()) as Record<string, unknown>[];
}

describe('an incoming webhook', () => {
  it('takes what the official client sends, and keeps it without the secret of the address', async () => {
    const client = new IncomingWebhook(slack.url + address);
    const blocks = [section('*Deployed* <https://example.org/run|run 7>'), { type: 'divider' }];
    expect(await client.send({ text: 'Deployed', blocks })).toMatchObject({ text: 'ok' });
    expect((await received()).at(-1)).toMatchObject({
      path: '/services/T000/B000/***',
      accepted: true,
      payload: { text: 'Deployed', blocks },
    });
  });

  it('takes the JSON in the field payload of a form', async () => {
    const form = new URLSearchParams({ payload: '{"text":"hello"}' });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await send(address, `${form}`, headers)).toEqual({ status: 200, text: 'ok' });
  });

  it.each<[string, unknown, string]>([
    ['text that is not JSON', '{"text":', 'invalid_payload'],
    ['an array', [], 'invalid_payload'],
    ['text of another type', { text: 7 }, 'invalid_payload'],
    ['nothing to show', { text: '', blocks: [] }, 'no_text'],
    ['text of 40001 characters', { text: 'a'.repeat(40_001) }, 'msg_too_long'],
    [
      'blocks of 13500 characters',
      { text: 'x', blocks: Array(5).fill(section('a'.repeat(2_700))) },
      'msg_blocks_too_long',
    ],
    ['51 blocks', { blocks: Array(51).fill({ type: 'divider' }) }, 'invalid_blocks'],
    ['an unknown block', { blocks: [{ type: 'banner' }] }, 'invalid_blocks'],
    ['an unknown property', { blocks: [{ type: 'divider', color: 'red' }] }, 'invalid_blocks'],
    ['a section of 3001 characters', { blocks: [section('a'.repeat(3001))] }, 'invalid_blocks'],
    ['an empty section', { blocks: [{ type: 'section' }] }, 'invalid_blocks'],
    ['empty text', { blocks: [section('')] }, 'invalid_blocks'],
    [
      'a header in mrkdwn',
      { blocks: [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }] },
      'invalid_blocks',
    ],
    [
      'a header of 151 characters',
      { blocks: [{ type: 'header', text: { type: 'plain_text', text: 'a'.repeat(151) } }] },
      'invalid_blocks',
    ],
    [
      '11 fields',
      { blocks: [{ type: 'section', fields: Array(11).fill({ type: 'mrkdwn', text: 'a' }) }] },
      'invalid_blocks',
    ],
    [
      'a field of 2001 characters',
      { blocks: [{ type: 'section', fields: [{ type: 'mrkdwn', text: 'a'.repeat(2001) }] }] },
      'invalid_blocks',
    ],
    [
      '11 elements of a context',
      { blocks: [{ type: 'context', elements: Array(11).fill({ type: 'mrkdwn', text: 'a' }) }] },
      'invalid_blocks',
    ],
    [
      'a button with a label of 76 characters',
      { blocks: [button({ text: { type: 'plain_text', text: 'a'.repeat(76) } })] },
      'invalid_blocks',
    ],
    [
      'a link of 3001 characters',
      { blocks: [button({ url: `https://example.org/${'a'.repeat(2981)}` })] },
      'invalid_blocks',
    ],
    ['a link that is none', { blocks: [button({ url: 'javascript:alert(1)' })] }, 'invalid_blocks'],
    [
      'one action id twice',
      { blocks: [button({ action_id: 'run' }), button({ action_id: 'run' })] },
      'invalid_blocks',
    ],
    [
      'an unknown block in an attachment',
      { attachments: [{ color: '#cc0000', blocks: [{ type: 'banner' }] }] },
      'invalid_attachments',
    ],
  ])('refuses %s', async (_, body, error) => {
    expect(await send(address, body)).toEqual({ status: 400, text: error });
    expect((await received()).at(-1)).toMatchObject({ accepted: false, refusal: { error } });
  });

  it('takes each thing at its limit', async () => {
    const blocks = [
      { type: 'header', text: { type: 'plain_text', text: 'a'.repeat(150) } },
      section('a'.repeat(3000)),
      {
        type: 'section',
        fields: [2000, ...Array(9).fill(1)].map((length) => ({
          type: 'mrkdwn',
          text: 'a'.repeat(length),
        })),
      },
      { type: 'context', elements: Array(10).fill({ type: 'plain_text', text: 'a' }) },
      button({ url: `https://example.org/${'a'.repeat(2980)}`, action_id: 'run' }),
      ...Array(45).fill({ type: 'divider' }),
    ];
    expect(await send(address, { blocks })).toEqual({ status: 200, text: 'ok' });
  });

  it('says where the fault is', async () => {
    await send(address, { blocks: [section('fine'), section('a'.repeat(3001))] });
    const [problem] = ((await received()).at(-1) as { refusal: { problems: string[] } }).refusal
      .problems;
    expect(problem).toMatch(/3000.*\[json-pointer:\/blocks\/1\/text\/text\]/);
  });

  it('does not exist at another address', async () => {
    expect(await send('/services/T000/B000', { text: 'x' })).toEqual({
      status: 404,
      text: 'no_service',
    });
  });
});

describe('the Web API', () => {
  const bearer = { authorization: `Bearer ${token}` };

  it('lets the official client sign in and post', async () => {
    expect(await client().auth.test()).toMatchObject({ ok: true });
    const posted = await client().chat.postMessage({
      channel: '#staging-alerts',
      text: 'running',
      blocks: [section('running')],
    });
    expect(posted).toMatchObject({
      ok: true,
      channel: expect.stringMatching(/^C/),
      ts: expect.stringMatching(/^\d{10}\.\d{6}$/),
    });
  });

  it('changes only a message that is there', async () => {
    const { channel = '', ts = '' } = await client().chat.postMessage({
      channel: '#a',
      text: 'one',
    });
    expect(await client().chat.update({ channel, ts, text: 'two' })).toMatchObject({ channel, ts });
    await expect(client().chat.update({ channel, ts: '1.000001', text: 'x' })).rejects.toThrow(
      'message_not_found',
    );
    await expect(client().chat.update({ channel: '#a', ts, text: 'x' })).rejects.toThrow(
      'channel_not_found',
    );
  });

  it('refuses blocks with HTTP 200 and ok: false', async () => {
    const blocks = [{ type: 'banner' }];
    const { status, text } = await send('/api/chat.postMessage', { channel: '#a', blocks }, bearer);
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({
      ok: false,
      error: 'invalid_blocks',
      response_metadata: { messages: [expect.stringContaining('/blocks/0/type')] },
    });
  });

  it.each<[string, string, Record<string, string>, unknown, string]>([
    ['no token', 'chat.postMessage', {}, { channel: '#a', text: 'x' }, 'not_authed'],
    ['a wrong token', 'auth.test', { authorization: 'Bearer hello' }, {}, 'invalid_auth'],
    ['an unknown method', 'chat.shout', bearer, {}, 'unknown_method'],
    ['no channel', 'chat.postMessage', bearer, { text: 'x' }, 'invalid_arguments'],
    [
      'a type it cannot read',
      'chat.postMessage',
      { ...bearer, 'content-type': 'text/csv' },
      'a,b',
      'invalid_post_type',
    ],
  ])('refuses %s', async (_, method, headers, body, error) => {
    const { status, text } = await send(`/api/${method}`, body, headers);
    expect({ status, ...JSON.parse(text) }).toMatchObject({ status: 200, ok: false, error });
  });

  it('keeps no token', async () => {
    await client().chat.postMessage({ channel: '#a', text: 'x' });
    await send('/api/chat.postMessage', { token, channel: '#a', text: 'x' });
    const [inHeader, inBody] = (await received()).slice(-2);
    expect([inHeader?.accepted, inBody?.accepted]).toEqual([true, false]);
    expect(JSON.stringify([inHeader, inBody])).not.toContain(token);
  });
});

describe('a fault', () => {
  const setFaults = async (faults: unknown) =>
    await fetch(`${slack.url}/_faults`, { method: 'PUT', body: JSON.stringify(faults) });
  const bearer = { authorization: `Bearer ${token}` };
  const post = () => send('/api/chat.postMessage', { channel: '#a', text: 'x' }, bearer);

  it('comes in the order that was asked for, and then no more', async () => {
    await setFaults([
      { kind: 'none' },
      { kind: 'status', status: 503 },
      { kind: 'refuse', error: 'fatal_error' },
      { kind: 'garbage' },
      { kind: 'slow', seconds: 0 },
    ]);
    const answers: Awaited<ReturnType<typeof send>>[] = [];
    for (let count = 0; count < 6; count += 1) answers.push(await post());
    expect(answers.map(({ status }) => status)).toEqual([200, 503, 200, 200, 200, 200]);
    expect(JSON.parse(answers[2]?.text ?? '')).toEqual({ ok: false, error: 'fatal_error' });
    expect(() => JSON.parse(answers[3]?.text ?? '')).toThrow();
    expect((await received()).slice(-6).map(({ accepted, fault }) => [accepted, fault])).toEqual([
      [true, undefined],
      [false, 'status'],
      [false, 'refuse'],
      [false, 'garbage'],
      [true, undefined],
      [true, undefined],
    ]);
  });

  it('limits the rate as Slack does', async () => {
    await setFaults([{ kind: 'rate-limit', retry_after: 30 }]);
    await expect(
      new WebClient(token, {
        slackApiUrl: `${slack.url}/api/`,
        rejectRateLimitedCalls: true,
        logger: silent,
      }).chat.postMessage({ channel: '#a', text: 'x' }),
    ).rejects.toMatchObject({ retryAfter: 30 });
  });

  it('breaks the connection, or never answers', async () => {
    await setFaults([{ kind: 'reset' }, { kind: 'hang' }]);
    await expect(post()).rejects.toThrow('fetch failed');
    const signal = AbortSignal.timeout(200);
    await expect(fetch(slack.url + address, { method: 'POST', signal })).rejects.toThrow('aborted');
    expect((await post()).status).toBe(200);
  });

  it('has to be one that is known', async () => {
    expect((await setFaults([{ kind: 'explode' }])).status).toBe(422);
    expect((await setFaults([{ kind: 'status', status: 200 }])).status).toBe(422);
    expect((await fetch(`${slack.url}/_faults`)).status).toBe(405);
  });
});

describe('a thread', () => {
  it('hangs on a message that is there', async () => {
    const { channel = '', ts = '' } = await client().chat.postMessage({ channel: '#a', text: 'x' });
    const reply = { channel, thread_ts: ts, reply_broadcast: true, text: 'y' } as const;
    expect(await client().chat.postMessage(reply)).toMatchObject({ ok: true });
    await expect(
      client().chat.postMessage({ ...reply, thread_ts: '1700000000.000100' }),
    ).rejects.toThrow('invalid_thread_ts');
    const { text } = await send(
      '/api/chat.postMessage',
      { channel, text: 'x', reply_broadcast: true },
      { authorization: `Bearer ${token}` },
    );
    expect(JSON.parse(text)).toMatchObject({ error: 'invalid_arguments' });
  });

  it('takes no flag that is none', async () => {
    const body = { text: 'x', unfurl_links: 'no' };
    expect(await send(address, body)).toEqual({ status: 400, text: 'invalid_payload' });
  });
});

describe('what people look at', () => {
  it('shows the messages as last changed, with their markup and nothing executable', async () => {
    const text = 'first *version* of it';
    const { channel = '', ts = '' } = await client().chat.postMessage({ channel: '#a', text });
    const changed = '*Deployed* a &lt;b&gt; "c" <https://example.org/?a=1&amp;b=2|run 7> <script>';
    await client().chat.update({ channel, ts, text: changed });
    const html = await (await fetch(slack.url)).text();
    expect(html).toContain(
      '<b>Deployed</b> a &#60;b&#62; &#34;c&#34; <a href="https://example.org/?a=1&#38;b=2">run 7</a>',
    );
    expect(html).not.toContain('first <b>version</b>');
    expect(html).not.toContain('<script');
  });

  it('is still there after a restart', async () => {
    await using state = await temporaryFolder();
    const first = await startStandIn('slack', state.path);
    const text = 'before the restart';
    await new IncomingWebhook(first.url + address).send({ text });
    expect(await first.stop()).toBe(0);
    await using second = await startStandIn('slack', state.path);
    expect(await (await fetch(second.url)).text()).toContain(text);
  });
});

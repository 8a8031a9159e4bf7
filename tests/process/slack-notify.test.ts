import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { type BundledActions, bundleActions } from './run-action.ts';

const plainText = z.strictObject({
  type: z.literal('plain_text'),
  text: z.string().min(1).max(3000),
  emoji: z.boolean(),
});
const mrkdwn = z.strictObject({ type: z.literal('mrkdwn'), text: z.string().min(1).max(2000) });

/** What Slack accepts of the blocks that the message uses. */
const payloadSchema = z.looseObject({
  text: z.string().min(1),
  blocks: z
    .array(
      z.union([
        z.strictObject({ type: z.literal('header'), text: plainText }),
        z.strictObject({ type: z.literal('section'), text: z.union([plainText, mrkdwn]) }),
        z.strictObject({ type: z.literal('section'), fields: z.array(mrkdwn).min(1).max(10) }),
        z.strictObject({ type: z.literal('context'), elements: z.array(mrkdwn).min(1).max(10) }),
      ]),
    )
    .max(50),
});

interface Received {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

vi.setConfig({ testTimeout: 60_000 });

let actions: BundledActions;
let server: Server;
let url: string;
let directory: string;
let received: Received[];
let answers: Record<string, { status?: number; body: string } | 'none'>;

beforeAll(async () => {
  actions = await bundleActions('slack-notify');
}, 60_000);
afterAll(() => actions[Symbol.asyncDispose]());

beforeEach(async () => {
  received = [];
  answers = { '/hook/secret': { body: 'ok' } };
  directory = await mkdtemp(join(tmpdir(), 'event-'));
  server = createServer(async (request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    received.push({ path, headers: request.headers, body: await text(request) });
    const answer = answers[path] ?? { status: 404, body: 'not found' };
    if (answer === 'none') return request.socket.destroy();
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' });
    return response.end(answer.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(directory, { recursive: true, force: true });
});

async function notify(results: Record<string, string>, inputs: Record<string, string> = {}) {
  const event = join(directory, 'event.json');
  const head = { message: 'Fix <!channel>\n\nmore', author: { name: 'Camille' } };
  await writeFile(event, JSON.stringify({ head_commit: head }));
  const needs = Object.fromEntries(
    Object.entries(results).map(([job, result]) => [job, { result, outputs: {} }]),
  );
  return actions.run(
    'slack-notify',
    {
      needs: JSON.stringify(needs),
      'environment-url': 'http://localhost:8081',
      'github-token': 'github-secret',
      ...inputs,
    },
    { GITHUB_EVENT_PATH: event, GITHUB_API_URL: url },
  );
}

const good = { deploy: 'success', smoke: 'success' };

describe('slack-notify by webhook', () => {
  it('delivers one message that Slack accepts', async () => {
    const run = await notify(good, { 'webhook-url': `${url}/hook/secret` });
    expect(run).toMatchObject({ exitCode: 0, outputs: { delivered: 'true', outcome: 'live' } });
    expect(received.map(({ path }) => path)).toEqual(['/hook/secret']);
    const payload = payloadSchema.parse(JSON.parse(received[0]?.body ?? ''));
    expect(payload.text).toContain('Staging est à jour');
    expect(JSON.stringify(payload)).toContain('"text":"Fix <!channel>","emoji":false');
    expect(JSON.stringify(payload)).toContain('Camille');
    expect(run.log.replaceAll(/::add-mask::.*/g, '')).not.toContain('/hook/secret');
  });

  it('names the step that failed, as GitHub tells it', async () => {
    const log = 'https://github.com/azals/azals/actions/runs/7/job/9';
    const steps = [{ name: 'Bandit', number: 4, conclusion: 'failure', status: 'completed' }];
    answers['/repos/azals/azals/actions/runs/7/jobs'] = {
      body: JSON.stringify({
        total_count: 1,
        jobs: [{ name: 'Scan', html_url: log, conclusion: 'failure', steps }],
      }),
    };
    const inputs = { 'webhook-url': `${url}/hook/secret`, locale: 'en' };
    const run = await notify({ ...good, scan: 'failure' }, inputs);
    expect(run.outputs).toMatchObject({ delivered: 'true', outcome: 'failed' });
    expect(received[0]?.headers.authorization).toBe('token github-secret');
    expect(received[1]?.body).toContain(`<${log}#step:4:1|Scan › Bandit>`);
  });

  it('is sent without the step when GitHub does not answer, and warns', async () => {
    answers['/repos/azals/azals/actions/runs/7/jobs'] = 'none';
    const run = await notify({ ...good, scan: 'failure' }, { 'webhook-url': `${url}/hook/secret` });
    expect(run).toMatchObject({ exitCode: 0, outputs: { delivered: 'true' } });
    expect(run.log).toContain('::warning::the message does not name the step that failed');
    expect(received.at(-1)?.body).toContain('• scan');
  });

  it.each<[string, { status?: number; body: string } | 'none']>([
    ['an error', { status: 500, body: 'oops' }],
    ['a removed webhook', { status: 404, body: 'no_service' }],
    ['a refusal with status 200', { body: '{"ok":false,"error":"invalid_blocks"}' }],
    ['a connection that breaks', 'none'],
  ])('turns %s into a warning, or an error where the message is required', async (_, answer) => {
    answers['/hook/secret'] = answer;
    const run = await notify(good, { 'webhook-url': `${url}/hook/secret` });
    expect(run).toMatchObject({ exitCode: 0, outputs: { delivered: 'false' } });
    expect(run.log).toContain('::warning::the message was not delivered');
    const required = await notify(good, {
      'webhook-url': `${url}/hook/secret`,
      required: 'true',
    });
    expect(required).toMatchObject({ exitCode: 1, outputs: { delivered: 'false' } });
    expect(required.log).toContain('::error::Slack:');
    expect(required.log.replaceAll(/::add-mask::.*/g, '')).not.toContain('/hook/secret');
  });

  it('fails without a destination: a missing secret is never a green run', async () => {
    const run = await notify(good);
    expect(run.exitCode).toBe(1);
    expect(run.log).toContain('give one of the inputs webhook-url and bot-token');
  });
});

describe('slack-notify as a bot', () => {
  const bot = () => ({
    'bot-token': 'xoxb-secret',
    channel: '#staging-alerts',
    'slack-api-url': `${url}/api/`,
  });

  it('posts to the channel', async () => {
    answers['/api/chat.postMessage'] = { body: '{"ok":true,"ts":"1.2","channel":"C1"}' };
    const run = await notify(good, bot());
    expect(run).toMatchObject({ exitCode: 0, outputs: { delivered: 'true' } });
    expect(received[0]?.headers.authorization).toBe('Bearer xoxb-secret');
    expect(decodeURIComponent(received[0]?.body ?? '')).toContain('channel=#staging-alerts');
  });

  it('says what to do when Slack refuses', async () => {
    answers['/api/chat.postMessage'] = { body: '{"ok":false,"error":"channel_not_found"}' };
    const run = await notify(good, bot());
    expect(run).toMatchObject({ exitCode: 0, outputs: { delivered: 'false' } });
    expect(run.log).toContain('channel_not_found; check the input channel, and invite the bot');
    expect(run.log.replaceAll(/::add-mask::.*/g, '')).not.toContain('xoxb-secret');
  });
});

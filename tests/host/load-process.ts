// A process of its own, so that what it measures does not wait for what the test does. See ./load.ts.
import { Agent, type IncomingMessage, request } from 'node:http';
import type { Failure, LoadReport } from './load.ts';

const [url = '', rate = ''] = process.argv.slice(2);
const agents = [new Agent({ keepAlive: true, maxSockets: 64 }), new Agent({ keepAlive: false })];
const kinds = agents.flatMap((agent) =>
  ['GET', 'POST'].flatMap((method) =>
    ['/api/load', '/load'].map((path) => ({ agent, method, path })),
  ),
);
const timeout = 30_000;

const failures: Failure[] = [];
const answered: Record<string, number> = {};
let sent = 0;
let slowest = 0;
let pending = 0;
let stopped = false;

function send(): void {
  const number = sent;
  const { agent, method, path } = kinds[number % kinds.length] ?? fail('there is no kind');
  const body = method === 'POST' ? `body ${number}` : '';
  const startedAt = Date.now();
  let done = false;
  const end = (failure?: Pick<Failure, 'kind' | 'detail'>) => {
    if (done) return;
    done = true;
    pending -= 1;
    slowest = Math.max(slowest, Date.now() - startedAt);
    if (failure) {
      const keepAlive = agent === agents[0];
      failures.push({
        ...failure,
        method,
        path,
        keepAlive,
        at: startedAt,
        took: Date.now() - startedAt,
      });
    }
    if (stopped && pending === 0) report();
  };
  sent += 1;
  pending += 1;
  const headers = body ? { 'Content-Type': 'text/plain', 'Content-Length': body.length } : {};
  const asked = request(url + path, { agent, method, headers, timeout }, (answer) => {
    read(
      answer,
      (text) => end(judge(answer, text, { path, body })),
      (error) => end({ kind: 'cut off', detail: error.message }),
    );
  });
  asked.on('timeout', () => {
    end({ kind: 'time-out', detail: `${timeout} ms` });
    asked.destroy();
  });
  asked.on('error', (error) => end({ kind: 'no answer', detail: error.message }));
  asked.end(body);
}

function read(
  answer: IncomingMessage,
  onText: (text: string) => void,
  onError: (error: Error) => void,
): void {
  const chunks: Buffer[] = [];
  answer.on('data', (chunk: Buffer) => chunks.push(chunk));
  answer.on('error', onError);
  answer.on('end', () => onText(Buffer.concat(chunks).toString()));
}

function judge(
  answer: IncomingMessage,
  text: string,
  asked: { readonly path: string; readonly body: string },
): Pick<Failure, 'kind' | 'detail'> | undefined {
  if (answer.statusCode !== 200)
    return { kind: 'status', detail: `${answer.statusCode} ${text.slice(0, 200)}` };
  const service = asked.path.startsWith('/api/') ? 'api' : 'frontend';
  const said = parse(text);
  if (said?.service !== service || said.echo !== asked.body || typeof said.version !== 'string')
    return { kind: 'wrong body', detail: text.slice(0, 200) };
  const who = `${service} ${said.version}`;
  answered[who] = (answered[who] ?? 0) + 1;
  return undefined;
}

function parse(text: string): { service?: unknown; version?: unknown; echo?: unknown } | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function report(): void {
  const result: LoadReport = { sent, answered, failures, slowest };
  process.send?.(result, () => process.disconnect());
  for (const agent of agents) agent.destroy();
}

function fail(message: string): never {
  throw new Error(message);
}

const started = performance.now();
const timer = setInterval(() => {
  const due = ((performance.now() - started) / 1000) * Number(rate);
  while (sent < due) send();
}, 5);

process.on('message', () => {
  clearInterval(timer);
  stopped = true;
  if (pending === 0) report();
});
// Whoever wanted the answer is gone.
process.on('disconnect', () => process.exit());

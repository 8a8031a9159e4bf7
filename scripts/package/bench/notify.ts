import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildActions } from '../build-actions.ts';
import { type Bench, median, type Row, target } from './bench.ts';
import { measureMemory, measureTimes, type Program } from './processes.ts';
import { startReceiver } from './receiver.ts';

// slackapi/slack-github-action v4.0.0 on Node 24 against a local receiver, relative to bare Node on the same machine.
const peer = { timesBare: 6.9, memory: 85, bareMemory: 42, megabytes: 3.8 };
const runId = 7;

/** What one notification costs: time and memory as a process, and the size of all files of its bundle. */
export const benchNotify: Bench = async ({ signal, rounds = 21 }) => {
  const folder = await mkdtemp(join(tmpdir(), 'bench-notify-'));
  try {
    const [built] = await buildActions(folder, ['slack-notify']);
    if (built === undefined) throw new Error('slack-notify was not built');
    await using receiver = await startReceiver(join(folder, 'state'), runId);
    const programs = await programsOf(folder, receiver.url);
    const times = await measureTimes(Object.values(programs), rounds, signal);
    const [bare = []] = times;
    const rows: Row[] = [];
    for (const [index, [name, program]] of Object.entries(programs).entries()) {
      const own = times[index] ?? [];
      rows.push({
        name,
        values: {
          'time (ms)': median(own),
          'time (× bare Node)': median(
            own.map((time, round) => time / (bare[round] ?? Number.NaN)),
          ),
          'peak memory (MiB)': await measureMemory(program, signal),
          'bundle (MB)': index === 0 ? null : built.bytes / 1e6,
        },
      });
    }
    rows.push({
      name: 'peer, measured elsewhere',
      values: {
        'time (ms)': null,
        'time (× bare Node)': peer.timesBare,
        'peak memory (MiB)': peer.memory,
        'bundle (MB)': peer.megabytes,
      },
    });
    const ratio = (name: string) =>
      rows.find((row) => row.name === name)?.values['time (× bare Node)'] ?? Number.NaN;
    return {
      title: 'One notification',
      method: `Median of ${rounds} rounds, each of all rows in turn; the ratio is that of each round.`,
      rows,
      targets: [
        target(
          'time by webhook (× bare Node), half of the peer',
          ratio('by webhook'),
          peer.timesBare / 2,
        ),
        target(
          'time as a bot (× bare Node), half of the peer',
          ratio('as a bot'),
          peer.timesBare / 2,
        ),
        target(
          'time as a bot that asks GitHub too (× bare Node), half of the peer',
          ratio('as a bot, asking GitHub'),
          peer.timesBare / 2,
        ),
        target(
          'all files of the bundle (MB), half of the peer',
          built.bytes / 1e6,
          peer.megabytes / 2,
        ),
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

async function programsOf(folder: string, url: string): Promise<Record<string, Program>> {
  const event = join(folder, 'event.json');
  const author = { name: 'Camille', username: 'camille' };
  await writeFile(event, JSON.stringify({ head_commit: { message: 'Add the city', author } }));
  const needs = { test: 'success', deploy: 'success', smoke: 'success' };
  const runner = {
    GITHUB_REPOSITORY: 'north/north',
    GITHUB_RUN_ID: String(runId),
    GITHUB_SHA: '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567',
    GITHUB_REF: 'refs/heads/develop',
    GITHUB_ACTOR: 'camille',
    GITHUB_EVENT_PATH: event,
    GITHUB_API_URL: url,
    INPUT_NEEDS: JSON.stringify(
      Object.fromEntries(Object.entries(needs).map(([job, result]) => [job, { result }])),
    ),
    'INPUT_RELEASE-STATE': 'confirmed',
    'INPUT_ENVIRONMENT-URL': 'https://staging.example.org',
  };
  const webhook = { 'INPUT_WEBHOOK-URL': `${url}/services/T000/B000/abcdefgh` };
  const bot = {
    'INPUT_BOT-TOKEN': 'xoxb-0000-stand-in',
    INPUT_CHANNEL: '#staging-alerts',
    'INPUT_SLACK-API-URL': `${url}/api/`,
  };
  const github = { 'INPUT_GITHUB-TOKEN': 'ghs_stand-in' };
  const notification = (env: Readonly<Record<string, string>>): Program => ({
    args: [join(folder, 'slack-notify/dist/index.mjs')],
    env: { ...runner, ...env },
    check: (log) => {
      if (!log.includes('delivered to Slack')) throw new Error(`it was not delivered:\n${log}`);
    },
  });
  return {
    'bare Node': { args: ['--eval', '0'], env: {}, check: () => undefined },
    'by webhook': notification(webhook),
    'as a bot': notification(bot),
    'as a bot, asking GitHub': notification({ ...bot, ...github }),
  };
}

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { ensureAct } from '../../scripts/local/machine/tools.ts';
import { type ActEvent, parseActLine } from '../../scripts/local/run/act-log.ts';
import { withGitHubOutputs } from '../../scripts/local/run/job-outputs.ts';
import { masksIn, openMasks } from '../../scripts/local/run/masks.ts';

vi.setConfig({ testTimeout: 120_000 });

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'act-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** Runs a workflow with act on this machine itself, which needs no engine. */
async function runWorkflow(text: string, secrets: readonly string[] = []): Promise<ActEvent[]> {
  const workflow = join(directory, 'workflow.yml');
  await writeFile(workflow, withGitHubOutputs(text, { masks: masksIn(directory) }));
  const repository = join(directory, 'repository');
  await mkdir(repository);
  await execa('git', ['init', '--quiet', repository]);
  const masks = await openMasks(directory, secrets);
  const act = execa(
    await ensureAct(),
    [
      ...['push', '--json', '--workflows', workflow, '--platform', 'ubuntu-24.04=-self-hosted'],
      ...['--env-file', '/dev/null'],
    ],
    {
      cwd: repository,
      env: { ACT_DISABLE_VERSION_CHECK: '1' },
      stdin: 'ignore',
      all: true,
      buffer: false,
      reject: false,
    },
  );
  const events: ActEvent[] = [];
  for await (const line of createInterface({ input: act.all })) {
    const event = parseActLine(line);
    if (event === undefined) continue;
    await masks.follow(event);
    events.push(event);
  }
  return events;
}

const printed = (events: readonly ActEvent[]) =>
  events.flatMap((event) => (event.kind === 'output' ? event.text : [])).join('');
const annotations = (events: readonly ActEvent[]) =>
  events.flatMap((event) => (event.kind === 'annotation' ? `${event.level}: ${event.text}` : []));

const workflow = (
  outputs: string,
  script: string,
  got = 'toJSON(needs.one.outputs)',
) => `name: outputs
on: push
jobs:
  one:
    runs-on: ubuntu-24.04
    outputs: ${outputs}
    steps:
      - id: s
        run: |
${script.replaceAll(/^/gm, '          ')}
  two:
    needs: one
    if: always()
    runs-on: ubuntu-24.04
    steps:
      - env: { GOT: "\${{ ${got} }}" }
        run: echo "$GOT" | tr -d '\\n '
`;

it('hands on what a job says, and drops what has a masked value in it, in any notation, with a warning', async () => {
  const secret = 'the secret/of "GitHub"';
  const outputs = `
      plain: "\${{ steps.s.outputs.plain }}"
      mixed: "a-\${{ steps.s.outputs.plain }}-\${{ github.event_name == 'push' && '}}' || '' }}"
      lines: "\${{ steps.s.outputs.lines }}"
      none: "\${{ steps.s.outputs.none }}"
      number: 7
      outcome: "\${{ steps.s.outcome == 'success' }}"
      dynamic: "\${{ steps.s.outputs.dynamic }}"
      known: "x\${{ steps.s.outputs.known }}x"
      encoded: "\${{ steps.s.outputs.encoded }}"
      line: "\${{ steps.s.outputs.line }}"`;
  const script = `echo "::add-mask::swordfish"
{
  echo "plain=it's \\"fine\\" \\\${HOME}"
  echo "lines<<E"; echo one; echo two; echo E
  echo "dynamic=a-swordfish-b"
  echo 'known=${secret}'
  echo "encoded=$(printf %s 'user:${secret}' | base64 -w0)"
  echo "line=second line of it"
} >> "$GITHUB_OUTPUT"`;
  const events = await runWorkflow(workflow(outputs, script), [
    secret,
    'first line\nsecond line of it\n',
  ]);
  const handedOn = JSON.parse(printed(events).replaceAll('\n', ''));
  expect(handedOn).toEqual({
    plain: `it's"fine"\${HOME}`,
    mixed: `a-it's"fine"\${HOME}-}}`,
    lines: 'one\\ntwo'.replace('\\n', '\n'),
    none: '',
    number: '7',
    outcome: 'true',
    dynamic: '',
    known: '',
    encoded: '',
    line: '',
  });
  expect(annotations(events)).toEqual(
    ['dynamic', 'known', 'encoded', 'line'].map(
      (name) => `warning: Skip output '${name}' since it may contain secret.`,
    ),
  );
  expect(events).toContainEqual({ kind: 'job-finished', job: 'one', result: 'success' });
});

it('fails a job whose outputs are more than 1 MB together, and takes what is below', async () => {
  const outputs = `
      a: "\${{ steps.s.outputs.a }}"
      b: "\${{ steps.s.outputs.b }}"`;
  const script = (bytes: number) => `for name in a b; do
  printf '%s=%s\\n' $name "$(head -c ${bytes} /dev/zero | tr '\\0' x)" >> "$GITHUB_OUTPUT"
done`;
  const taken = await runWorkflow(workflow(outputs, script(250_000), 'needs.one.result'));
  expect(taken).toContainEqual({ kind: 'job-finished', job: 'one', result: 'success' });
  await rm(join(directory, 'repository'), { recursive: true });
  const refused = await runWorkflow(workflow(outputs, script(270_000), 'needs.one.result'));
  expect(refused).toContainEqual({ kind: 'job-finished', job: 'one', result: 'failure' });
  expect(annotations(refused).join()).toMatch(/error: The outputs of the job are 1080000 bytes/);
});

it('gives no step more time than its job has', () => {
  const text = `jobs:
  one:
    timeout-minutes: 5
    steps: [{ run: a }, { run: b, timeout-minutes: 2 }]
  two:
    steps: [{ run: c }]
`;
  expect(parse(withGitHubOutputs(text))).toEqual({
    jobs: {
      one: {
        'timeout-minutes': 5,
        steps: [
          { run: 'a', 'timeout-minutes': 5 },
          { run: 'b', 'timeout-minutes': 2 },
        ],
      },
      two: { steps: [{ run: 'c' }] },
    },
  });
});

import { factsOf } from '../catalog.ts';
import type { Plain, PlainPromise } from '../plain.ts';
import { evaluateText } from '../simulate.ts';
import { isCheck } from './check-commands.ts';
import { type Checked, type Fault, jobsOf, type PlacedStep, stepsOf } from './fault.ts';
import { expressionsIn, opensAfterFailure, usesOf } from './references.ts';
import { type Beginning, beginningsOf } from './scenarios.ts';
import { type Command, calledBy, commandsOf } from './shell-commands.ts';

type Gates = Extract<PlainPromise, { readonly gates: unknown }>;

/** Checks that cannot fail the run any more: what a maintainer adds to get past one failure, and forgets. */
export function gateFaults(checked: Checked): Fault[] {
  const { promises = [] } = checked;
  const promised = new Set(promises.flatMap((each) => ('after' in each ? each.after : each.job)));
  return [
    ...promises
      .filter((each): each is Gates => 'gates' in each)
      .flatMap((each) => missing(each, checked)),
    ...jobsOf(checked).flatMap(({ id, path, job }) => {
      const passes = job['continue-on-error'];
      if (passes === undefined || passes === false) return [];
      const matters = promised.has(id) || (passes === true && job.steps.some(checks));
      if (!matters) return [];
      const message = `the job ${id} is a gate, and continue-on-error lets the run go on without it`;
      return [{ path: [...path, 'continue-on-error'], message }];
    }),
    ...stepsOf(checked).flatMap((placed) =>
      stepFaults(placed, { isGate: named(placed, promises), promised, workflow: checked.workflow }),
    ),
  ];
}

function named({ id, step }: PlacedStep, promises: readonly PlainPromise[]): boolean {
  return promises.some(
    (each) => 'gates' in each && each.job === id && each.gates.includes(step.name),
  );
}

function missing({ job: id, gates }: Gates, { workflow }: Checked): Fault[] {
  const job = workflow.jobs[id];
  if (!job)
    return [
      {
        path: ['jobs'],
        message: `the gates are in the job ${id}, which is not among the workflow's jobs`,
      },
    ];
  return gates
    .filter((gate) => !job.steps.some(({ name }) => name === gate))
    .map((gate) => ({
      path: ['jobs', id],
      message: `the job ${id} has lost its gate ${JSON.stringify(gate)}; its steps: ${job.steps.map(({ name }) => name).join(', ')}`,
    }));
}

interface Around {
  /** Whether a promise calls the step a gate. */
  readonly isGate: boolean;
  /** The jobs that others are promised to wait for. */
  readonly promised: ReadonlySet<string>;
  readonly workflow: Plain;
}

function stepFaults(placed: PlacedStep, { isGate, promised, workflow }: Around): Fault[] {
  const { step, path, id } = placed;
  const checking = isGate || checks(step);
  return [
    ...(checking || (promised.has(id) && step.run !== undefined && !isAside(placed))
      ? goingOn(placed, workflow)
      : []),
    ...(isGate && step.if !== undefined
      ? [
          {
            path: [...path, 'if'],
            message: `${JSON.stringify(step.name)} is a gate, and its condition lets the job go on without it`,
          },
        ]
      : []),
    ...never(placed, checking),
    ...exitCode(placed, isGate),
    ...(step.run === undefined ? [] : scriptFaults(placed, isGate || promised.has(id))),
    ...effects(placed),
  ];
}

/** A step that runs after the others, whatever came of them: it tells, it does not check. */
function isAside({ step }: PlacedStep): boolean {
  return opensAfterFailure(step.if);
}

function goingOn({ step, path, job }: PlacedStep, workflow: Plain): Fault[] {
  const passes = step['continue-on-error'];
  if (passes === undefined || passes === false || passes === 'false') return [];
  const holds = (beginning: Beginning) =>
    beginning.event !== 'pull_request' && evaluateText(String(passes), beginning) === true;
  if (typeof passes === 'string' && !beginningsOf(workflow).some(holds)) return [];
  // Who looks at how the step ended decides by that.
  if (step.id !== undefined && looksAt(job.steps, step.id)) return [];
  const message = `${JSON.stringify(step.name)} is a gate, and continue-on-error lets the job succeed without it`;
  return [{ path: [...path, 'continue-on-error'], message }];
}

function looksAt(steps: PlacedStep['job']['steps'], id: string): boolean {
  return steps.some((step) =>
    expressionsIn({ if: step.if ?? '', env: step.env }, []).some(({ source }) =>
      usesOf(source).references.some(
        ([context, of, field = '']) => context === 'steps' && of === id && field === 'outcome',
      ),
    ),
  );
}

/** A check under a condition that never holds, or only where the run is red already. */
function never({ step, path }: PlacedStep, checking: boolean): Fault[] {
  if (!checking || step.if === undefined) return [];
  const at = [...path, 'if'];
  if (/^(?:\$\{\{\s*)?false(?:\s*\}\})?$/.test(step.if))
    return [{ path: at, message: `${JSON.stringify(step.name)} is a gate that never runs` }];
  const statuses = expressionsIn(step.if, ['if']).flatMap(({ source }) => [
    ...usesOf(source).statuses,
  ]);
  const onlyAfter =
    statuses.length > 0 &&
    statuses.every((each) => each === 'failure' || each === 'cancelled') &&
    !/!\s*(?:cancelled|failure)\(/.test(step.if);
  return onlyAfter
    ? [
        {
          path: at,
          message: `${JSON.stringify(step.name)} is a gate, and runs only where the job has failed already`,
        },
      ]
    : [];
}

/** A scanner that finds and says nothing; with a file for what it found, it is a report. */
function exitCode({ step, path }: PlacedStep, isGate: boolean): Fault[] {
  const facts = factsOf(step.uses);
  if (!facts?.inputs['exit-code']) return [];
  const {
    'exit-code': code = facts.inputs['exit-code'].default ?? '0',
    output,
    format,
  } = step.with ?? {};
  if (
    String(code) !== '0' ||
    (!isGate && (output !== undefined || format === 'sarif' || format === 'github'))
  )
    return [];
  const key = step.with?.['exit-code'] === undefined ? [] : ['exit-code'];
  const message = `${JSON.stringify(step.name)} fails nothing, whatever it finds: its exit-code is 0`;
  return [{ path: [...path, 'with', ...key], message }];
}

function checks(step: PlacedStep['step']): boolean {
  if (step.run === undefined)
    return (
      factsOf(step.uses)?.inputs['exit-code'] !== undefined &&
      String(step.with?.['exit-code'] ?? '0') !== '0'
    );
  return commandsOf(step.run).some(isCheck);
}

const lenient =
  /(?:^|\s)(--exit-zero|--no-fail|--no-error-on-unmatched-pattern|--passWithNoTests|--pass-with-no-tests|--soft-fail|--exit-code[= ]0|--audit-level[= ]none|--suppress-tests|--collect-only|--co)(?=\s|$)/;

function scriptFaults({ step, path }: PlacedStep, isGate: boolean): Fault[] {
  const run = [...path, 'run'];
  const commands = commandsOf(step.run ?? '');
  const faults = commands.flatMap((command, index): Fault[] => {
    const next = commands[index + 1];
    const at = { path: run, scriptLine: command.line };
    if (!isCheck(command) && !(isGate && isTool(command))) return [];
    const what = firstWords(command);
    if (command.joined === '||' && next && keepsOnly(next, commands.slice(index + 2)))
      return [
        {
          ...at,
          message: `nobody looks at what ${firstWords(next)} keeps: the step succeeds although ${what} failed`,
        },
      ];
    if (command.joined === '||' && next && swallows(next, commands[index + 2]))
      return [
        {
          ...at,
          message: `\`|| ${firstWords(next)}\` lets the step succeed although ${what} failed`,
        },
      ];
    if (/^\s*!\s/.test(command.code))
      return [{ ...at, message: `! turns it round: the step succeeds where ${what} fails` }];
    const mended = mends(command, step.run ?? '');
    if (mended) return [{ ...at, message: mended }];
    const option = lenient.exec(command.text)?.[1];
    if (option && isCheck(command))
      return [
        { ...at, message: `${option} lets the step succeed although ${what} found something` },
      ];
    if (/[^&>|]&(?:\s*$|\s+[^\s&])/.test(command.code) && !/^\s*&/.test(next?.code ?? ''))
      return [
        { ...at, message: `${what} runs in the background (&), so that nobody sees it fail` },
      ];
    if (/^\s*(?:if|elif|while)\s/.test(command.code) && !ends(commands.slice(index + 1)))
      return [
        {
          ...at,
          message: `${what} is only asked for in a condition: nothing in the script fails where it does`,
        },
      ];
    return [];
  });
  return [...faults, ...switchedOff(commands, run), ...unreached(commands, run)];
}

function isTool({ name }: Command): boolean {
  return (
    /^[\w./-]*\w$/.test(name) &&
    ![
      'test',
      'rm',
      'mkdir',
      'kill',
      'echo',
      'printf',
      'cat',
      'docker',
      'git',
      'grep',
      'true',
      'wait',
      'sleep',
      'cd',
      'command',
      'which',
      'type',
      'set',
      'export',
      'local',
    ].includes(name)
  );
}

function firstWords({ text }: Command | { text: string }): string {
  const words = calledBy(text).split(/\s+/).slice(0, 3).join(' ');
  return words.length > 40 ? `${words.slice(0, 40)}…` : words;
}

/** `|| status=$?`, and no exit with it. */
function keepsOnly(next: Command, after: readonly Command[]): boolean {
  const [, name] = /^(\w+)=/.exec(calledBy(`x ${next.text}`).replace(/^x\s+/, '')) ?? [];
  if (name === undefined) return false;
  return !after.some(({ text }) => new RegExp(`\\$\\{?${name}\\b|\\b${name}\\b`).test(text));
}

/** A formatter that mends what it should refuse, where nobody looks at what it has changed. */
function mends(command: Command, script: string): string | undefined {
  if (/\bgit\s+(?:diff|status|commit|add)\b/.test(script)) return undefined;
  const called = calledBy(command.text);
  const [, writing] =
    /^((?:ruff format|black|isort)\b(?!.*--(?:check|diff))|(?:ruff check|eslint|biome \w+)\b.*\s--(?:fix|write|apply)\b|prettier\b.*\s(?:--write|-w)\b|gofmt\b.*\s-w\b|cargo fmt\b(?!.*--check))/.exec(
      called,
    ) ?? [];
  return writing === undefined
    ? undefined
    : `${writing.split(/\s+/).slice(0, 2).join(' ')} mends what it should refuse, and what it has changed is lost: take its option to check`;
}

function swallows(next: Command, after: Command | undefined): boolean {
  const called = calledBy(next.text);
  if (/^(?:true|:|exit 0|return 0|\/bin\/true)\s*(?:\}|\))?\s*(?:#.*)?$/.test(called)) return true;
  if (!['echo', 'printf'].includes(next.name)) return false;
  // `|| { echo …; exit 1; }` and `|| echo … && exit 1` fail.
  return !(next.joined !== '\n' && after && /^(?:exit|return|false)\b/.test(calledBy(after.text)));
}

/** Whether one of the commands ends the script as a failure, or remembers it. */
function ends(commands: readonly Command[]): boolean {
  return commands.some(({ text }) =>
    /\b(?:exit|return)\s+["$\w]*[1-9$]|\bfalse\b|\w+=|\+\+/.test(text),
  );
}

/** `set +e` before a check, and nobody who looks at what came of it. */
function switchedOff(commands: readonly Command[], path: Fault['path']): Fault[] {
  const off = commands.findIndex(({ text }) => /^\s*set\s+(?:\+e|\+o\s+errexit)\b/.test(text));
  if (off < 0) return [];
  const after = commands.slice(off + 1);
  const checked = after.findIndex(isCheck);
  const looked = after.some(({ text }) => /\$\?|PIPESTATUS|^\s*set\s+-e/.test(text));
  // The last command is how the script ends.
  if (checked < 0 || looked || checked === after.length - 1) return [];
  return [
    {
      path,
      scriptLine: commands[off]?.line ?? 0,
      message: 'set +e lets the step succeed although a command of it failed',
    },
  ];
}

function unreached(commands: readonly Command[], path: Fault['path']): Fault[] {
  const exit = commands.findIndex(({ text }) => /^exit\s+0\s*$/.test(text.trim()));
  const before = commands.slice(0, exit);
  const opened = before.filter(({ text }) =>
    /^\s*(?:if|case|for|while|until)\b|\{\s*$|\|\||&&/.test(text),
  ).length;
  const closed = before.filter(({ text }) => /^\s*(?:fi|esac|done|\})/.test(text)).length;
  const previous = commands[exit - 1];
  if (
    exit < 0 ||
    opened > closed ||
    (previous && previous.joined !== '\n' && previous.joined !== ';')
  )
    return [];
  return commands.slice(exit + 1).some(isCheck)
    ? [
        {
          path,
          scriptLine: commands[exit]?.line ?? 0,
          message: 'exit 0 ends the script before its checks',
        },
      ]
    : [];
}

const publishing =
  /\b(?:docker push|imagetools create|docker buildx build\b.*--push|git push|kubectl (?:apply|set|rollout)|helm (?:upgrade|install)|scp |rsync |gh release (?:create|upload)|npm publish|twine upload|uv publish|terraform apply|aws s3 (?:cp|sync)|gcloud .*deploy|flyctl deploy)/;

/** What is published although a step before it failed. */
function effects({ step, path, before }: PlacedStep): Fault[] {
  if (before.length === 0 || !opensAfterFailure(step.if)) return [];
  const asked = expressionsIn(step.if, ['if']).flatMap(({ source }) => usesOf(source).references);
  const looks = asked.some(
    ([context, , field = '']) =>
      context === 'steps' && ['outcome', 'conclusion', 'outputs'].includes(field),
  );
  const byAction = publishes(step);
  const [command = ''] = byAction
    ? [step.uses?.split('@')[0]]
    : (publishing.exec(step.run ?? '') ?? []);
  if (looks || command === '') return [];
  const message = `${JSON.stringify(step.name)} (${command.trim()}) runs although a step before it failed`;
  return [{ path: [...path, 'if'], message }];
}

function publishes({ uses = '', with: given = {} }: PlacedStep['step']): boolean {
  if (uses.startsWith('docker/build-push-action@')) return String(given.push) === 'true';
  return (
    /deploy|publish|release/.test(uses.split('@')[0] ?? '') &&
    !['status', 'rollback', 'unlock'].includes(String(given.command ?? ''))
  );
}

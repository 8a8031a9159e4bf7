import { factsOf } from '../catalog.ts';
import type { PlainStep } from '../plain.ts';
import { type Checked, type Fault, jobsOf } from './fault.ts';
import { commandsOf, handedTo, isProgram } from './shell-commands.ts';
import { ShellText } from './shell-text.ts';
import { shellOf } from './shells.ts';
import { likeOne } from './spelling.ts';

const ofGitHub = [
  ...['ACTION', 'ACTIONS', 'ACTION_PATH', 'ACTION_REF', 'ACTION_REPOSITORY', 'ACTOR', 'ACTOR_ID'],
  ...['API_URL', 'BASE_REF', 'ENV', 'EVENT_NAME', 'EVENT_PATH', 'GRAPHQL_URL', 'HEAD_REF', 'JOB'],
  ...['OUTPUT', 'PATH', 'REF', 'REF_NAME', 'REF_PROTECTED', 'REF_TYPE', 'REPOSITORY'],
  ...['REPOSITORY_ID', 'REPOSITORY_OWNER', 'REPOSITORY_OWNER_ID', 'RETENTION_DAYS', 'RUN_ATTEMPT'],
  ...['RUN_ID', 'RUN_NUMBER', 'SERVER_URL', 'SHA', 'STATE', 'STEP_SUMMARY', 'TRIGGERING_ACTOR'],
  ...['WORKFLOW', 'WORKFLOW_REF', 'WORKFLOW_SHA', 'WORKSPACE'],
];

/** What runners and shells set: https://docs.github.com/actions/reference/variables-reference */
const provided = new RegExp(
  `^(?:${[
    `GITHUB_(?:${ofGitHub.join('|')})`,
    'RUNNER_(?:ARCH|DEBUG|ENVIRONMENT|NAME|OS|TEMP|TOOL_CACHE|TRACKING_ID|WORKSPACE)',
    ...['ACTIONS_\\w+', 'AGENT_\\w+', 'INPUT_\\w+', 'CI'],
    ...['HOME', 'PATH', 'PWD', 'OLDPWD', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'LC_\\w+', 'TERM'],
    ...['TMPDIR', 'TZ', 'EDITOR', 'HOSTNAME', 'HOSTTYPE', 'OSTYPE', 'IFS', 'RANDOM', 'SECONDS'],
    ...['LINENO', 'EPOCHSECONDS', 'EPOCHREALTIME', 'UID', 'EUID', 'PPID', 'SHLVL', 'BASH\\w*'],
    ...['PIPESTATUS', 'REPLY', 'OPTARG', 'OPTIND', 'FUNCNAME', 'COLUMNS', 'LINES', 'HISTFILE'],
    ...['XDG_\\w+', 'DEBIAN_FRONTEND', 'ImageOS', 'ImageVersion', 'PSModulePath'],
    ...['JAVA_HOME\\w*', 'GRADLE_HOME', 'GOROOT\\w*', 'GOPATH', 'CARGO_HOME', 'ANDROID_\\w+'],
    ...['CHROME_BIN', 'NODE_VERSION', 'NVM_\\w+', 'VIRTUAL_ENV', 'PYTHON\\w*', 'pythonLocation'],
    ...['Python\\w*_ROOT_DIR', 'LD_LIBRARY_PATH', 'PKG_CONFIG_PATH'],
  ].join('|')})$`,
);

/** Scripts that read a name in capitals which nothing sets: mostly a typing mistake, and empty in the run. */
export function scriptFaults(checked: Checked): Fault[] {
  const { workflow } = checked;
  return jobsOf(checked).flatMap(({ path, job }) =>
    job.steps.flatMap((step, index) => {
      if (step.run === undefined || !isPosix(shellOf(step, job, checked))) return [];
      const before = job.steps.slice(0, index);
      if (setsUnknown(step.run) || before.some(exportsUnknown)) return [];
      const set = new Set([
        ...[workflow.env, job.env, step.env].flatMap((env) => Object.keys(env ?? {})),
        ...before.flatMap(exported),
        ...assigned(step.run),
      ]);
      const unset = [...read(step.run)].filter(([name]) => !set.has(name) && !provided.test(name));
      const misspelt = [...read(step.run, small)].flatMap(([name, scriptLine]): Fault[] => {
        const like = set.has(name) || name.length < 4 ? undefined : likeOne(name, set);
        const message = `the script reads $${name}, which nothing sets; is it ${like}?`;
        return like ? [{ path: [...path, 'steps', index, 'run'], message, scriptLine }] : [];
      });
      const capitals = unset.map(([name, scriptLine]) => ({
        path: [...path, 'steps', index, 'run'],
        message: `the script reads $${name}, which neither env nor the script sets`,
        scriptLine,
      }));
      return [...capitals, ...misspelt];
    }),
  );
}

function isPosix(shell: string): boolean {
  return /^(?:bash|sh)\b/.test(shell);
}

/** Whether a script takes in what another file or text sets. */
function setsUnknown(script: string): boolean {
  return commandsOf(script).some(({ name }) => ['source', '.', 'eval'].includes(name));
}

const capital = /\$(?:\{#?([A-Z][A-Z0-9_]*)(?!\w|:?[-+=?])|([A-Z][A-Z0-9_]*)(?!\w))/g;
const small = /\$(?:\{#?([a-z][a-z0-9_]*)(?!\w|:?[-+=?])|([a-z][a-z0-9_]*)(?!\w))/g;

/** The names, in capitals where nothing else is asked for, that a script reads where they have no default, with the line of the first time. */
function read(script: string, pattern = capital): ReadonlyMap<string, number> {
  const text = new ShellText(script).expanded;
  const names = text.matchAll(pattern);
  const first = new Map<string, number>();
  for (const { index, 1: inBraces, 2: bare } of names) {
    const name = inBraces ?? bare ?? '';
    if (!first.has(name)) first.set(name, text.slice(0, index).split('\n').length - 1);
  }
  return first;
}

function assigned(script: string): string[] {
  const names = new ShellText(script).uncommented.matchAll(
    /(?:^|[\s;&|(])(?:(?:export|local|readonly|declare)(?: -\w+)? )?([A-Za-z_]\w*)(?:\[[^\]]*\])?\+?=|\b(?:for|select) ([A-Za-z_]\w*)\b|\bread((?: +-?\w+)+)|\b(?:mapfile|readarray)(?: -\w+)* ([A-Za-z_]\w*)/g,
  );
  return [...names].flatMap(([, name, looped, listed, mapped]) =>
    [name, looped, mapped, ...(listed?.trim().split(/ +/) ?? [])].filter(
      (each) => each !== undefined,
    ),
  );
}

/** The names that a step hands on to the steps after it. */
function exported({ run = '' }: PlainStep): string[] {
  return run.includes('GITHUB_ENV')
    ? [...run.matchAll(/\b([A-Z][A-Z0-9_]*)(?:=|<<)/g)].map(([, name = '']) => name)
    : [];
}

/** Actions that hand nothing on, or only what `provided` has. */
const silent =
  /^(?:actions\/(?:checkout|cache|upload-artifact|download-artifact|setup-node|setup-python)|docker\/(?:login-action|setup-buildx-action|build-push-action)|aquasecurity\/trivy-action)/;

/** Whether a program or an action says what a step hands on. */
function exportsUnknown({ run = '', uses }: PlainStep): boolean {
  if (uses !== undefined)
    return !silent.test(uses) && !(uses.startsWith('./') && factsOf(uses) !== undefined);
  return commandsOf(run).some(
    (command) => handedTo(command) === 'GITHUB_ENV' && isProgram(command),
  );
}

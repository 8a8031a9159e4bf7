import type { PlainStep } from '../yaml.ts';
import { type Checked, type Fault, jobsOf } from './fault.ts';

/** What runners and shells set: https://docs.github.com/actions/reference/variables-reference */
const provided =
  /^(?:GITHUB_\w+|RUNNER_\w+|ACTIONS_\w+|AGENT_\w+|INPUT_\w+|CI|HOME|PATH|PWD|OLDPWD|USER|LOGNAME|SHELL|LANG|LC_\w+|TERM|TMPDIR|HOSTNAME|HOSTTYPE|OSTYPE|IFS|RANDOM|SECONDS|LINENO|EPOCHSECONDS|EPOCHREALTIME|UID|EUID|PPID|BASH\w*|PIPESTATUS|REPLY|OPTARG|OPTIND|FUNCNAME|COLUMNS|LINES|DEBIAN_FRONTEND|JAVA_HOME\w*|GOROOT\w*|ANDROID_\w+|pythonLocation)$/;

/** Scripts that read a name in capitals which nothing sets: mostly a typing mistake, and empty in the run. */
export function scriptFaults(checked: Checked): Fault[] {
  const inWorkflow = Object.keys(checked.workflow.env ?? {});
  return jobsOf(checked).flatMap(({ path, job }) =>
    job.steps.flatMap((step, index) => {
      if (step.run === undefined || !isPosix(step)) return [];
      const set = new Set([
        ...[inWorkflow, job.env, step.env].flatMap((env) => Object.keys(env ?? {})),
        ...inWorkflow,
        ...job.steps.slice(0, index).flatMap(exported),
        ...assigned(step.run),
      ]);
      const unset = [...new Set(read(step.run))].filter(
        (name) => !set.has(name) && !provided.test(name),
      );
      return unset.map((name) => ({
        path: [...path, 'steps', index, 'run'],
        message: `the script reads $${name}, which neither env nor the script sets`,
      }));
    }),
  );
}

function isPosix({ shell = 'bash' }: PlainStep): boolean {
  return ['bash', 'sh'].includes(shell);
}

const unexpanded = [
  // A document whose end is quoted.
  /<<-?\s*(["'])(\w+)\1.*\n(?:.*\n)*?\s*\2$/gm,
  /\\\$/g,
  // What stands in '…', outside of "…".
  /'[^'\n]*'(?=[^"\n]*(?:"[^"\n]*"[^"\n]*)*$)/gm,
];

/** The names in capitals that a script reads where they have no default. */
function read(script: string): string[] {
  const expanded = unexpanded.reduce((text, pattern) => text.replace(pattern, ''), script);
  return [...expanded.matchAll(/\$(?:\{#?([A-Z][A-Z0-9_]*)(?![\w]|:?[-+=?])|([A-Z][A-Z0-9_]*))/g)]
    .map(([, inBraces, bare]) => inBraces ?? bare ?? '')
    .filter(Boolean);
}

function assigned(script: string): string[] {
  const names = script.matchAll(
    /(?:^|[\s;&|(])(?:(?:export|local|readonly|declare)(?: -\w+)? )?([A-Za-z_]\w*)(?:\[[^\]]*\])?\+?=|\bfor ([A-Za-z_]\w*)\b|\bread((?: +-?\w+)+)|\b(?:mapfile|readarray)(?: -\w+)* ([A-Za-z_]\w*)/g,
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

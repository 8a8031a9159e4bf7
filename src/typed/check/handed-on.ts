import type { RepositoryFiles } from '../repository-files.ts';
import { foreignNames } from './expressions-of-env.ts';
import { type Checked, type Fault, stepsOf } from './fault.ts';
import { folderOf, inRepository, isShell } from './script-places.ts';
import {
  type Command,
  carriersOf,
  commandsOf,
  handedTo,
  isWriter,
  uses,
} from './shell-commands.ts';

/** Outputs and variables that reach the next step broken: overwritten, of several lines, or with text of others in them. */
export function handedOnFaults(checked: Checked): Fault[] {
  return stepsOf(checked).flatMap((placed) => {
    const { step, job, path } = placed;
    if (step.run === undefined || !isShell(step, job, checked)) return [];
    const commands = commandsOf(step.run);
    const old = commands.find(({ text }) => retired.test(text));
    if (old)
      return [{ path: [...path, 'run'], scriptLine: old.line, message: retiredMessage(old) }];
    const foreign = carriersOf(foreignNames(placed, checked), commands);
    const grouped = commands.some(
      (command) => command.name === '}' && handedTo(command) !== undefined,
    );
    const guessed = guessable(commands, foreign);
    if (guessed) return [{ path: [...path, 'run'], ...guessed }];
    return commands.flatMap((command): Fault[] => {
      const to = handedTo(command);
      if (to === undefined && grouped && isWriter(command)) {
        const message = unended(command, commands);
        return message ? [{ path: [...path, 'run'], scriptLine: command.line, message }] : [];
      }
      if (to === undefined || to === 'GITHUB_STEP_SUMMARY') return [];
      const message =
        overwritten(command, to) ??
        several(command, commands, {
          files: checked.files,
          folder: folderOf(step, job, checked),
        }) ??
        unended(command, commands) ??
        fromOthers(command, to, foreign);
      return message === undefined
        ? []
        : [{ path: [...path, 'run'], scriptLine: command.line, message }];
    });
  });
}

const retired = /::(set-output|set-env|add-path|save-state)\b/;
const inPlace: Readonly<Record<string, string>> = {
  'set-output': 'GITHUB_OUTPUT',
  'set-env': 'GITHUB_ENV',
  'add-path': 'GITHUB_PATH',
  'save-state': 'GITHUB_STATE',
};

function retiredMessage({ text }: Command): string {
  const [, name = ''] = retired.exec(text) ?? [];
  return `GitHub knows ::${name} no more: write to "$${inPlace[name]}"`;
}

function overwritten({ expanded }: Command, to: string): string | undefined {
  const single = new RegExp(`(?<![>&\\d])>\\s*"?\\$\\{?${to}\\b`);
  const tee = new RegExp(`\\btee\\s+"?\\$\\{?${to}\\b`);
  return single.test(expanded) || tee.test(expanded)
    ? `> takes away what was written to $${to} before: write >> "$${to}"`
    : undefined;
}

const manyLines: readonly RegExp[] = [
  /\bgit log\b(?!.*(?:\s-1\b|\s-n ?1\b|--max-count[= ]1\b))/,
  /\bgit (?:diff|show)\b.*--(?:name-only|name-status|stat)\b/,
  /\bgit (?:ls-files|diff-tree|status|branch(?! --show-current)|tag\b(?!.*\|))/,
  /^\s*(?:ls|find|grep|ps|df|env|pip (?:list|freeze)|npm (?:ls|audit|outdated)|docker (?:ps|images))\b(?!.*\s-c\b)(?!.*\s-q\b.*\|)/,
  /\bjq\b(?!.*\s(?:-\w*[crj]\w*|--compact-output|--raw-output|--join-output)\b)(?=.*\s'?[.{[])/,
];
const oneLine =
  /\|\s*(?:head -n? ?1|head -1|tail -n? ?1|tail -1|tr\b|wc\b|paste\b|xargs\b|jq\b|base64 -w ?0|sha\d+sum|md5sum|sort .*\| *head|awk .*END|sed .*:a)|--compact-output|--null-input --compact/;

/** A value of several lines, of which GitHub takes the first for the value and the others for outputs of their own. */
function several(command: Command, commands: readonly Command[], place: Place): string | undefined {
  if (!isWriter(command) || /<</.test(command.text)) return undefined;
  const [, name = '', value = ''] = /["'\s](\w[\w-]*)=(.*)$/s.exec(command.text) ?? [];
  if (name === '') return undefined;
  const inner = substitution(value) ?? assigned(value, commands);
  if (
    inner === undefined ||
    oneLine.test(inner) ||
    !(manyLines.some((pattern) => pattern.test(inner)) || isLongFile(inner, place))
  )
    return undefined;
  return `${name} has several lines (${inner.trim().split(/\s+/).slice(0, 2).join(' ')}), and one line is an output: write ${name}<<EOF, the lines, and EOF`;
}

interface Place {
  readonly files: RepositoryFiles | undefined;
  readonly folder: string | undefined;
}

/** `cat FILE` of a file that has several lines. */
function isLongFile(command: string, { files, folder }: Place): boolean {
  const [, name] = /^\s*(?:cat\s+|<\s*)["']?([\w./-]+)["']?\s*$/.exec(command) ?? [];
  const path = name === undefined || folder === undefined ? undefined : inRepository(name, folder);
  const text = path === undefined || !files?.has(path) ? '' : (files.read(path) ?? '');
  return text.trim().includes('\n');
}

function substitution(value: string): string | undefined {
  return /^"?\$\((.*)\)/s.exec(value)?.[1];
}

/** What a variable got by $(…) before. */
function assigned(value: string, commands: readonly Command[]): string | undefined {
  const [, name] = /^"?\$\{?(\w+)\}?/.exec(value) ?? [];
  if (name === undefined) return undefined;
  const assignment = commands.find(({ text }) => new RegExp(`^\\s*${name}="?\\$\\(`).test(text));
  return assignment && substitution(assignment.text.trim().slice(name.length + 1));
}

/** `name<<END` without a line END behind it. */
function unended({ text }: Command, commands: readonly Command[]): string | undefined {
  const [, name = '', end = ''] = /["'](\w[\w-]*)<<"?([A-Za-z_]\w*)["'\\]/.exec(text) ?? [];
  if (name === '' || end === '') return undefined;
  const closing = new RegExp(`(?:^|["'\\s]|\\\\n)${end}(?:["'\\s]|\\\\n|$)`, 'm');
  const others = commands
    .filter((command) => command.text !== text && command.name !== 'cat')
    .map((command) => command.text);
  const rest = text.slice(text.indexOf(`<<${end}`) + end.length + 2);
  return others.some((each) => closing.test(each)) || closing.test(rest)
    ? undefined
    : `${name}<<${end} begins an output of several lines that never ends: no line ${end} is written`;
}

/** Text of others in one line of its own: a second line in it is another output. */
function fromOthers(command: Command, to: string, foreign: readonly string[]): string | undefined {
  if (!isWriter(command) || to === 'GITHUB_ENV') return undefined;
  if (/tr -d|--arg|@json|jq\b|base64/.test(command.text)) return undefined;
  const name = foreign.find((each) => uses(command, each));
  if (name === undefined || !/=/.test(command.text)) return undefined;
  return `the script writes to $${to} what others write in ${name}: a second line in it is an output of its own. Write NAME<<DELIMITER with a delimiter that nobody can guess`;
}

/** Text of others in an output of several lines whose end they can write too. */
function guessable(
  commands: readonly Command[],
  foreign: readonly string[],
): Pick<Fault, 'message' | 'scriptLine'> | undefined {
  if (
    !commands.some(
      (command) => handedTo(command) === 'GITHUB_OUTPUT' || handedTo(command) === 'GITHUB_ENV',
    )
  )
    return undefined;
  for (const [index, command] of commands.entries()) {
    const [, end] = /["']\w[\w-]*<<([A-Za-z_]\w*)["'\\]/.exec(command.text) ?? [];
    if (end === undefined || !isWriter(command)) continue;
    const closing = commands.findIndex(
      (each, at) =>
        at > index &&
        each.name !== 'cat' &&
        new RegExp(`["'\\s]${end}(?:["'\\s]|$)`).test(each.text),
    );
    if (closing < 0) continue;
    const inside = commands.slice(index, closing);
    const name = foreign.find((each) => inside.some((part) => isWriter(part) && uses(part, each)));
    if (name !== undefined)
      return {
        scriptLine: command.line,
        message: `what others write in ${name} can hold a line ${end} and end the output: take a delimiter that nobody can guess`,
      };
  }
  return undefined;
}

import { plainText } from './foreign-text.ts';

/** Finds its tool's first error in the lines that a step printed. */
type Reader = (lines: readonly string[]) => string | undefined;

/** The most telling first: what a test says is more than that a process has ended. */
const readers: readonly Reader[] = [
  pytest,
  playwright,
  vitest,
  k6,
  tsc,
  ruff,
  annotation,
  traceback,
  error,
];

/**
 * The first real error in what a failed step printed, on one line: for a test its name and what it expected, otherwise
 * what the tool complains of, at last the last line. Undefined where the step printed nothing.
 */
export function firstError(output: string): string | undefined {
  const lines = plainText(output)
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '' && !ending.test(line));
  for (const read of readers) {
    const found = read(lines);
    if (found !== undefined) return found.trim();
  }
  return lines.at(-1)?.trim();
}

/** How GitHub and act say that a process failed, which everybody knows already. */
const ending =
  /^(?:##\[error\]|error: |::error::)?(?:Process completed with exit code \d+\.?|exitcode '\d+': failure)$/;

function pytest(lines: readonly string[]): string | undefined {
  const [, file, test, reason] =
    firstMatch(
      lines,
      /^(?:FAILED|ERROR) (\S+\.py)(::[^\s[]+(?:\[.*?\](?= - |$))?)?(?: - (.+))?$/,
    ) ?? [];
  if (file === undefined) return undefined;
  return joined(`${nameOf(file)}${test ?? ''}`, reason && compared(reason));
}

/** `assert actual == expected`, as tests are written here, in words. */
function compared(reason: string): string {
  const [, actual, expected] = /^assert (\d+) == (\d+)$/.exec(reason) ?? [];
  if (actual !== undefined) return `expected ${expected}, got ${actual}`;
  return reason.replace(/^AssertionError: /, '');
}

function playwright(lines: readonly string[]): string | undefined {
  const at = lines.findIndex((line) => /^\s+1\) .+ › .+:\d+:\d+ › /.test(line));
  if (at < 0) return undefined;
  const [, file, title] = /› (?:\S*\/)?(\S+):\d+ › (.+?)[\s─]*$/.exec(lines[at] ?? '') ?? [];
  const [reason, ...differences] = [errorAfter(lines, at), ...comparedAfter(lines, at)];
  return joined(`${file} › ${title}`, [reason, ...differences].filter(Boolean).join(', '));
}

/** What was expected and what came instead, as Playwright's assertions write it below the error. */
function comparedAfter(lines: readonly string[], at: number): string[] {
  const below = lines.slice(at + 1, at + 12);
  return [/^\s*(Expected[\w ]*: .+)$/, /^\s*(Received[\w ]*: .+)$/].flatMap(
    (pattern) => firstMatch(below, pattern)?.[1] ?? [],
  );
}

function vitest(lines: readonly string[]): string | undefined {
  // Between the word and the file stands the name of the project, where there are several.
  const failed = /^\s*FAIL\s+(?:\S+\s+)?(\S+\.\w+)(?: > (.+))?$/;
  const at = lines.findIndex((line) => failed.test(line));
  if (at < 0) return undefined;
  const [, file = '', title] = failed.exec(lines[at] ?? '') ?? [];
  return joined([nameOf(file), title].filter(Boolean).join(' > '), errorAfter(lines, at));
}

function errorAfter(lines: readonly string[], at: number): string | undefined {
  const [, reason] = firstMatch(lines.slice(at + 1, at + 8), /^\s*(?:\w*Error: )(.+)$/) ?? [];
  return reason?.replace(/ \/\/ Object\.is equality$/, '');
}

function k6(lines: readonly string[]): string | undefined {
  const [, aborted] = firstMatch(lines, /level=error msg="test aborted: (.+)"$/) ?? [];
  if (aborted !== undefined) return aborted;
  if (!lines.some((line) => /level=error msg="thresholds on metrics/.test(line))) return undefined;
  return firstMatch(lines, /^ +✗ (.+)$/)?.[1];
}

function tsc(lines: readonly string[]): string | undefined {
  const [, place, line, reason] =
    firstMatch(lines, /^(\S+\.[cm]?tsx?)\((\d+),\d+\): error (TS\d+: .+)$/) ?? [];
  return place === undefined ? undefined : joined(`${place}:${line}`, reason);
}

function ruff(lines: readonly string[]): string | undefined {
  const at = lines.findIndex((line) => /^ +--> \S+:\d+:\d+$/.test(line));
  const [, place] = /--> (\S+:\d+):\d+$/.exec(lines[at] ?? '') ?? [];
  return place === undefined ? undefined : joined(place, lines[at - 1]?.replace(' [*]', ''));
}

/** An action's own error, as GitHub's log and the local run write it. */
function annotation(lines: readonly string[]): string | undefined {
  return firstMatch(lines, /^(?:##\[error\]|error: )(.+)$/)?.[1];
}

/** The line that ends a traceback of Python, whose others say where. */
function traceback(lines: readonly string[]): string | undefined {
  const at = lines.findIndex((line) => line.startsWith('Traceback (most recent call last):'));
  return at < 0 ? undefined : lines.slice(at + 1).find((line) => !line.startsWith(' '));
}

function error(lines: readonly string[]): string | undefined {
  return lines.find((line) => /^\s*(?:npm )?(?:error|fatal)\b|\berror: /i.test(line));
}

function firstMatch(lines: readonly string[], pattern: RegExp): RegExpExecArray | undefined {
  for (const line of lines) {
    const found = pattern.exec(line);
    if (found) return found;
  }
  return undefined;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function joined(place: string, reason: string | undefined): string {
  return reason ? `${place} – ${reason}` : place;
}

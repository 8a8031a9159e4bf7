import { link, lstat, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { CommandFailed, InvalidInput, PhaseFailed } from '../../actions/shared/src/errors.ts';
import { plainText } from '../../actions/shared/src/foreign-text.ts';
import { environmentText } from '../../src/environment/text.ts';
import type { EnvironmentFile } from '../../src/environment/variable.ts';
import { columns } from './columns.ts';
import { makeValues, planValues, type ValueSource } from './environment-values.ts';
import type { StagingHost } from './host.ts';
import type { Asking } from './question.ts';

/** Where the new file goes; it is there whole or not at all, mode 0600, and never in the place of another one. */
export interface Place {
  readonly name: string;
  /** Throws where there is a file already. */
  write(text: string): Promise<void>;
  exists(): Promise<boolean>;
}

export interface Init {
  readonly file: EnvironmentFile;
  readonly place: Place;
  readonly dryRun: boolean;
  readonly asking: Asking;
  print(line: string): void;
}

/** Writes an environment file with secrets that nobody has seen, and asks for what it cannot know. */
export async function initEnvironment({ file, place, dryRun, asking, print }: Init): Promise<void> {
  const given = process.env;
  const plan = planValues(file, given);
  // Before anything is asked.
  if (await place.exists()) throw alreadyThere(place);
  if (dryRun) {
    print(`would write ${place.name}, mode 0600, with`);
    for (const line of planLines(plan)) print(`  ${line}`);
    return;
  }
  const isTerminal = process.stdin.isTTY && process.stderr.isTTY;
  const ask = asking.yes || !isTerminal ? undefined : askAtTerminal(asking.signal);
  const values = await makeValues(plan, { given, ask });
  await place.write(environmentText(file, values));
  print(`Wrote ${place.name}, mode 0600. \`npm run staging -- doctor\` looks at it.`);
}

const sources: Readonly<Record<ValueSource['from'], string>> = {
  generated: 'a new random value',
  environment: 'the variable of this name, from here',
  asked: 'your answer',
  example: 'the value of the example',
};

function planLines(plan: readonly ValueSource[]): readonly string[] {
  return columns(plan.map(({ variable, from }) => [variable.name, sources[from]]));
}

function askAtTerminal(signal: AbortSignal) {
  return async (question: string, preset: string): Promise<string> => {
    const lines = createInterface({
      input: process.stdin,
      output: process.stderr,
      terminal: false,
    });
    try {
      const shown = preset === '' ? '' : ` [${preset}]`;
      return (await lines.question(`${plainText(question + shown)}: `, { signal })).trim();
    } finally {
      lines.close();
    }
  };
}

function alreadyThere({ name }: Pick<Place, 'name'>): InvalidInput {
  return new InvalidInput(
    `${name} is there already, and stays as it is: \`npm run staging -- doctor\` says whether it is right`,
  );
}

/** A file of this machine. */
export function localPlace(path: string): Place {
  return {
    name: path,
    async exists() {
      return (await lstat(path).catch(() => undefined)) !== undefined;
    },
    async write(text) {
      const folder = await mkdtemp(join(dirname(path), '.env.init-'));
      try {
        const made = join(folder, 'new');
        await writeFile(made, text, { mode: 0o600, flush: true });
        // Unlike a rename, it fails where there is something.
        await link(made, path);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw alreadyThere({ name: path });
        throw error;
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

const exists = 17;

// The text travels on standard input; ln fails where there is something, as a rename would not.
const writeScript = `set -eu
umask 077
[ -d "$1" ] || (umask 022 && mkdir -p "$1") || exit 1
new=$(mktemp "$1/.env.staging.XXXXXX")
trap 'rm -f "$new"' EXIT
trap 'exit 129' HUP INT TERM
cat >"$new"
sync "$new" 2>/dev/null || :
ln "$new" "$1/.env.staging" 2>/dev/null || { [ ! -e "$1/.env.staging" ] || exit ${exists}; ln "$new" "$1/.env.staging"; }`;

/** The environment file of a staging host, from which each release takes a copy. */
export function hostPlace({ name, link: { session }, baseDirectory }: StagingHost): Place {
  const folder = `${baseDirectory}/shared`;
  const place = `${name}:${folder}/.env.staging`;
  const attempt = async (script: string, input = ''): Promise<number> => {
    try {
      await session.run(['sh', '-c', script, 'sh', folder], {
        title: 'init',
        input: Buffer.from(input),
      });
      return 0;
    } catch (error) {
      if (error instanceof CommandFailed && error.exitCode !== undefined) {
        if (error.exitCode === exists) return exists;
        throw new PhaseFailed('init', `${place} cannot be written: ${error.stderr.trim()}`, {
          cause: error,
        });
      }
      throw error;
    }
  };
  return {
    name: place,
    exists: async () =>
      (await attempt(
        `[ ! -e "$1/.env.staging" ] && [ ! -L "$1/.env.staging" ] || exit ${exists}`,
      )) === exists,
    async write(text) {
      if ((await attempt(writeScript, text)) === exists) throw alreadyThere({ name: place });
    },
  };
}

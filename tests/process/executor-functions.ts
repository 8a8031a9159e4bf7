import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { execa } from 'execa';
import { readExecutor } from '../../actions/shared/src/executor.ts';

/** What a command in the executor's shell gave back. */
export interface ShellAnswer {
  readonly exitCode?: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** A base directory on this machine, and the executor's own functions with it; there is no Docker but a stand-in. */
export interface ExecutorBase extends AsyncDisposable {
  readonly base: string;
  /** Runs lines of shell among the functions of the executor. */
  run(lines: string, environment?: Readonly<Record<string, string>>): Promise<ShellAnswer>;
  /** Runs the executor as it is called on a host. */
  call(words: readonly string[], input?: string | Uint8Array): Promise<ShellAnswer>;
  /** Writes files below the base directory, by path. */
  write(files: Readonly<Record<string, string>>): Promise<void>;
  read(path: string): Promise<string>;
  /** Puts a script in the place of a command of the host, such as `docker`. */
  replace(command: string, script: string): Promise<void>;
}

/** Makes an empty base directory; where nobody replaces `docker`, it fails as one without an engine. */
export async function startExecutorBase(): Promise<ExecutorBase> {
  const directory = await mkdtemp(join(tmpdir(), 'executor-'));
  const base = join(directory, 'base');
  const commands = join(directory, 'commands');
  const at = (path: string) => join(base, path);
  const PATH = `${commands}${delimiter}${process.env.PATH}`;
  const options = { reject: false, env: { PATH } } as const;
  const text = await readExecutor();
  const withoutCall = text.replace(/\nmain "\$@"\nexit\n$/, '\n');
  if (withoutCall === text) throw new Error('The executor does not end with its own call');
  const replace: ExecutorBase['replace'] = async (command, script) => {
    const path = join(commands, command);
    await writeFile(path, `#!/bin/sh\n${script}\n`);
    await chmod(path, 0o755);
  };
  await mkdir(base);
  await mkdir(commands);
  await replace('docker', 'echo "Cannot connect to the Docker daemon" >&2; exit 1');
  return {
    base,
    replace,
    async run(lines, environment = {}) {
      const start = `verb=status\nread_options --base '${base}'\nprepare_state\n`;
      const input = `${withoutCall}${start}${lines}\n`;
      return await execa('sh', ['-s'], { ...options, input, env: { PATH, ...environment } });
    },
    async call([verb = '', ...words], input = '') {
      const script = join(directory, 'executor.sh');
      await writeFile(script, text);
      return await execa('sh', [script, verb, '--base', base, ...words], { ...options, input });
    },
    async write(files) {
      for (const [path, content] of Object.entries(files)) {
        await mkdir(dirname(at(path)), { recursive: true });
        await writeFile(at(path), content);
      }
    },
    read: (path) => readFile(at(path), 'utf8'),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}

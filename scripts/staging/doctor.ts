import {
  chmod,
  copyFile,
  mkdir,
  mkdtempDisposable,
  readFile,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { InvalidInput } from '../../actions/shared/src/errors.ts';
import { type ExecutorResult, parseResult } from '../../actions/shared/src/executor.ts';
import { readCompose } from '../../actions/ssh-deploy/src/make-release/compose-file.ts';
import { hostNeeds } from '../../actions/ssh-deploy/src/make-release/host-needs.ts';
import { neededVariables } from '../../actions/ssh-deploy/src/make-release/needed-variables.ts';
import { environmentRules } from '../../src/environment/rules.ts';
import type { Project } from '../../src/project/project.ts';
import { run } from '../terminal/process.ts';
import type { Output } from './commands.ts';
import type { StagingHost } from './host.ts';

/** Something that is not as it has to be. */
export interface EnvironmentFinding {
  /** An error stops a deploy. */
  readonly level: 'error' | 'warning';
  readonly code: string;
  /** The variable and the line of the file, where it is about one. */
  readonly variable?: string;
  readonly line?: number;
  /** What is wrong and what mends it, without any part of a value. */
  readonly message: string;
}

/** What a host and its environment file were found to be. */
export interface Examination {
  readonly host: string;
  /** What is right. */
  readonly checked: readonly string[];
  readonly findings: readonly EnvironmentFinding[];
}

/** Looks at a host and its environment file as a deploy would. */
export async function examineHost(
  host: StagingHost,
  project: Project,
  optional: readonly string[],
): Promise<Examination> {
  const payload = await question(project, optional);
  const now = String(Math.floor(Date.now() / 1000));
  const result = await host.give('doctor', { now }, Buffer.from(payload));
  return { host: host.name, ...examinationFrom(result) };
}

/** As `examineHost`, of this machine and a file of it. */
export async function examineFile(
  file: string,
  script: string,
  project: Project,
  optional: readonly string[],
): Promise<Examination> {
  const status = await stat(file).catch((cause) => {
    throw new InvalidInput(`--file: there is no ${file}`, { cause });
  });
  await using folder = await mkdtempDisposable(join(tmpdir(), 'doctor-'));
  const copy = join(folder.path, 'shared/.env.staging');
  await mkdir(dirname(copy));
  await copyFile(file, copy);
  await chmod(copy, status.mode & 0o777);
  const executor = join(folder.path, 'executor.sh');
  await writeFile(executor, script);
  const words = [executor, 'doctor', '--base', folder.path];
  const payload = await question(project, optional);
  const text = await run('sh', words, { input: payload });
  return { host: 'this machine', ...examinationFrom(parseResult(text.replaceAll(copy, file))) };
}

/** What the stack takes of a host, and what its environment file has to be. */
async function question(project: Project, optional: readonly string[]): Promise<string> {
  const { root, composeFile, images, environment, environmentExample } = project;
  const compose = readCompose(
    await readFile(join(root, composeFile), 'utf8'),
    dirname(composeFile),
  );
  const application = Object.keys(images);
  const { memory, ports } = hostNeeds(compose, { application, optional });
  const rules = environment
    ? environmentRules(environment)
    : (await neededVariables(root, { composeFile, environmentExample })).map(
        (name) => `variable ${name} required`,
      );
  return [
    `project=${compose.project}`,
    `application-services=${application.join(' ')}`,
    `optional-services=${optional.join(' ')}`,
    `memory=${memory.join(' ')}`,
    `ports=${ports.join(' ')}`,
    ...rules.map((rule) => `rule ${rule}`),
    '',
  ].join('\n');
}

function examinationFrom(result: ExecutorResult): Omit<Examination, 'host'> {
  return {
    checked: result.get('checked') ?? [],
    findings: (result.get('finding') ?? []).map(findingFrom),
  };
}

function findingFrom(text: string): EnvironmentFinding {
  const [, level, code = '', variable = '-', line = '-', message = ''] =
    /^(\S+) (\S+) (\S+) (\S+) (.*)$/.exec(text) ?? [];
  return {
    level: level === 'warning' ? 'warning' : 'error',
    code,
    ...(variable !== '-' && { variable }),
    ...(line !== '-' && { line: Number(line) }),
    message,
  };
}

/** Shows an examination; returns the exit code: 1 where a deploy would be stopped. */
export function showExamination(examination: Examination, { json, print }: Output): number {
  const { host, checked, findings } = examination;
  if (json) {
    print(JSON.stringify(examination, null, 2));
  } else {
    if (checked.length > 0) print(`✓ ${host}: ${checked.join(', ')}`);
    for (const each of findings) print(findingLine(each));
    const errors = findings.filter(({ level }) => level === 'error').length;
    const warnings = findings.length - errors;
    print(`${counted(errors, 'error')}, ${counted(warnings, 'warning')}.`);
  }
  return findings.some(({ level }) => level === 'error') ? 1 : 0;
}

function findingLine({ level, variable, line, message }: EnvironmentFinding): string {
  const place = line === undefined ? '' : `line ${line}: `;
  const subject = variable === undefined ? '' : `${variable} `;
  return `${level === 'error' ? '✗' : '!'} ${place}${subject}${message}`;
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

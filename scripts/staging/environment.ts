import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { InvalidInput } from '../../actions/shared/src/errors.ts';
import { openRepository } from '../repository/repository.ts';
import type { Output } from './commands.ts';
import { examineFile, examineHost, showExamination } from './doctor.ts';
import type { StagingHost } from './host.ts';
import { hostPlace, initEnvironment, localPlace } from './init.ts';

interface Flags {
  readonly host?: string;
  readonly file?: string;
  readonly json?: boolean;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly optionalServices?: readonly string[];
}

interface Tools {
  on(command: Command, work: (host: StagingHost, flags: Flags) => Promise<void>): Promise<void>;
  output(flags: Flags): Output;
  onExit(code: number): void;
  readonly script: string;
  readonly signal: AbortSignal;
}

/** Adds the commands about the server's environment file. */
export function addEnvironment(root: Command, tools: Tools): void {
  const { on, output, onExit, script, signal } = tools;
  root
    .command('init')
    .description(
      'writes .env.staging with new secrets, here or with --host on the server, mode 0600; asks for what it cannot know, ' +
        'and never overwrites one. A variable of the same name that is set here answers',
    )
    .option('--yes', 'do not ask: take what is set here, and the values of the example')
    .option('--dry-run', 'say what would be written, without values, and write nothing')
    .action(async (_, command: Command) => {
      const { host, yes = false, dryRun = false, ...flags } = command.optsWithGlobals<Flags>();
      const { project } = await openRepository(process.cwd());
      const { environment: file, environmentExample, root: folder } = project;
      if (file === undefined)
        throw new InvalidInput(
          `the settings do not say which variables there are (environment): copy ${environmentExample} by hand`,
        );
      const { print } = output(flags);
      const init = { file, dryRun, asking: { yes, signal }, print };
      if (host === undefined)
        await initEnvironment({ ...init, place: localPlace(join(folder, '.env.staging')) });
      else await on(command, (at) => initEnvironment({ ...init, place: hostPlace(at) }));
    });
  root
    .command('doctor')
    .description(
      'says what of the server and its .env.staging would stop a deploy, with variable, line and what mends it, and no ' +
        'value; changes nothing',
    )
    .option('--file <path>', 'look at this machine and a file of it, and at no server')
    .option(
      '--optional-services <names>',
      'services with a profile that deploys start, as STAGING_OPTIONAL_SERVICES says on GitHub',
      serviceNames,
    )
    .option('--json', 'write JSON')
    .action(async (_, command: Command) => {
      const { file, optionalServices = serviceNames(process.env.STAGING_OPTIONAL_SERVICES ?? '') } =
        command.optsWithGlobals<Flags>();
      const { project } = await openRepository(process.cwd());
      const show = output(command.optsWithGlobals<Flags>());
      if (file !== undefined)
        onExit(showExamination(await examineFile(file, script, project, optionalServices), show));
      else
        await on(command, async (host) =>
          onExit(showExamination(await examineHost(host, project, optionalServices), show)),
        );
    });
}

function serviceNames(text: string): readonly string[] {
  const names = text.split(/\s+/).filter(Boolean);
  if (names.every((name) => /^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(name))) return names;
  throw new InvalidArgumentError('They must be names of services, with blanks between.');
}

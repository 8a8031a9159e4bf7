import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { explain, InvalidInput } from '../../actions/shared/src/errors.ts';
import { plainText } from '../../actions/shared/src/foreign-text.ts';
import { releaseIdSchema } from '../../actions/shared/src/release-id.ts';
import type { Change } from '../../actions/slack-notify/src/by-hand/change.ts';
import { findInstance } from '../local/surroundings/instance.ts';
import { openRepository } from '../repository/repository.ts';
import { announce, announcementsFrom } from './announcement.ts';
import { showAudit } from './audit.ts';
import { changeLock, showJournal, showReleases, showStatus } from './commands.ts';
import { addEnvironment } from './environment.ts';
import { execute } from './exec.ts';
import { openStagingHost, type StagingHost } from './host.ts';
import { showLogs } from './logs.ts';
import { addMigrations } from './migrations.ts';
import { requireAnswer } from './question.ts';
import { rollBack } from './rollback.ts';
import { resolveTarget, type TargetOptions } from './target.ts';
import { print, tell } from './terminal.ts';

export interface Surroundings {
  /** The text of the executor. */
  readonly script: string;
  readonly signal: AbortSignal;
}

const wrongUse = 2;
const endedByUser = 130;

/**
 * Runs one command line; returns the exit code: 0 done, 1 failed, 2 wrong use, 130 ended by the user; of `exec` that of its
 * command.
 */
export async function runStaging(words: readonly string[], around: Surroundings): Promise<number> {
  // Whoever else looks after this process must not end it before the connection is closed and its key wiped.
  around.signal.addEventListener('abort', () => {
    for (const each of ['SIGINT', 'SIGTERM'] as const) process.on(each, () => {});
  });
  try {
    let exitCode = 0;
    const onExit = (code: number) => {
      exitCode = code;
    };
    await program(around, onExit).parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has said what is wrong.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : wrongUse;
    if (around.signal.aborted) {
      tell('\nEnded. What has begun on the host goes on there: npm run staging -- status');
      return endedByUser;
    }
    const invalid = error instanceof InvalidInput;
    tell(`\nError: ${invalid ? asOptions(error.message) : explain(error)}`);
    return invalid ? wrongUse : 1;
  }
}

function program(around: Surroundings, onExit: (code: number) => void): Command {
  const root = new Command('npm run staging --')
    .description('Shows and changes what the staging host runs, over SSH.')
    .exitOverride()
    .addHelpText('after', examples);
  for (const option of targetOptions()) root.addOption(option);
  addReading(root, around);
  addChanging(root, around);
  addExec(root, around, onExit);
  addMigrations(root, tools(around));
  addEnvironment(root, { ...tools(around), ...around, onExit });
  return root;
}

function targetOptions(): Option[] {
  return [
    new Option('--host <name>', 'the staging host').env('STAGING_HOST'),
    new Option('--port <number>', 'its SSH port (22 where not given)').env('STAGING_SSH_PORT'),
    new Option('--user <name>', 'user on the host, who may use Docker').env('STAGING_SSH_USER'),
    new Option('--identity <file>', 'private key of that user, without a passphrase').env(
      'STAGING_SSH_KEY_FILE',
    ),
    new Option('--known-hosts <file>', 'pinned host keys (~/.ssh/known_hosts where not given)').env(
      'STAGING_KNOWN_HOSTS_FILE',
    ),
    new Option('--jump-host <host>', 'host to go through').env('STAGING_JUMP_HOST'),
    new Option('--base-directory <path>', 'directory of releases and state on the host').env(
      'STAGING_BASE_DIRECTORY',
    ),
  ];
}

const examples = `
Without --host it is the staging host of \`npm start\` on this machine, if there is one.

What rollback, lock, unlock and "migrations restore" change is told to Slack with SLACK_BOT_TOKEN and SLACK_CHANNEL (or
SLACK_WEBHOOK_URL), in SLACK_LOCALE (fr or en), and filed as a GitHub deployment with GITHUB_TOKEN and GITHUB_REPOSITORY
(owner/repository). STAGING_URL is linked. SLACK_API_URL, GITHUB_API_URL and STAGING_ENVIRONMENT have the usual defaults.

Examples:
  npm run staging -- status
  npm run staging -- status --host staging.example.org --user deploy --identity ~/.ssh/deploy --json
  npm run staging -- rollback --dry-run
  npm run staging -- rollback
  npm run staging -- rollback 20260131T235959Z-0a1b2c3 --yes
  npm run staging -- rollback --pin "Demo until 16:00"
  npm run staging -- logs api --tail 500
  npm run staging -- logs -f --grep 'ERROR|WARN' api nginx
  npm run staging -- exec api -- alembic current
  npm run staging -- exec postgres -- pg_dump -U app app > app.sql
  npm run staging -- audit --lines 50
  npm run staging -- lock "Demo until 16:00"
  npm run staging -- journal --lines 50
  npm run staging -- migrations plan
  npm run staging -- init --host staging.example.org --user deploy --identity ~/.ssh/deploy
  npm run staging -- doctor --json

Exit codes: 0 done, 1 failed, 2 wrong use; of exec that of its command.`;

interface Flags extends TargetOptions {
  readonly json?: boolean;
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly yes?: boolean;
  readonly pin?: string;
  readonly tail?: string;
  readonly grep?: string;
  readonly follow?: boolean;
  /** Whether a terminal is handed on where there is one. */
  readonly tty?: boolean;
  readonly env?: readonly string[];
  readonly lines?: string;
}

const asJson = ['--json', 'write JSON'] as const;
const dryRun = ['--dry-run', 'say what would be done, and do nothing'] as const;

function addReading(root: Command, around: Surroundings): void {
  const { signal } = around;
  const { on, output } = tools(around);
  root
    .command('status')
    .description('what is live, what goes on, and who holds the lock')
    .option(...asJson)
    .action((_, command) => on(command, (host, flags) => showStatus(host, output(flags))));
  root
    .command('releases')
    .description('the releases on the host, the newest first')
    .option(...asJson)
    .action((_, command) => on(command, (host, flags) => showReleases(host, output(flags))));
  root
    .command('logs')
    .description('the last lines that services of the live release have logged, or all of them')
    .argument('[services...]', 'services of the Compose file', serviceNames)
    .option('--tail <lines>', 'how many lines of each container', wholeNumber, '200')
    .option(
      '-f, --follow',
      'what they log from now on too, containers that a deploy brings included; Ctrl-C ends it',
    )
    .option('--grep <pattern>', 'only lines that this extended regular expression matches', pattern)
    .action((services: string[] | undefined, _, command) =>
      on(command, (host, { tail = '', grep, follow = false, ...flags }) =>
        showLogs(host, { services: services ?? [], tail, grep, follow, signal }, output(flags)),
      ),
    );
  root
    .command('audit')
    .description(
      'who did what on the host and what came of it; fails where somebody changed the journal',
    )
    .option('--lines <number>', 'how many of the last', wholeNumber, '20')
    .option(...asJson)
    .action((_, command) =>
      on(command, (host, flags) => showAudit(host, Number(flags.lines), output(flags))),
    );
  root
    .command('journal')
    .description('what was done on the host, step by step; fails where somebody changed it')
    .option('--lines <number>', 'how many of the last lines', wholeNumber, '40')
    .option(...asJson)
    .action((_, command) =>
      on(command, (host, flags) => showJournal(host, flags.lines ?? '', output(flags))),
    );
}

function addChanging(root: Command, around: Surroundings): void {
  const { onAndTell, output } = tools(around);
  const { signal } = around;
  root
    .command('rollback')
    .description(
      'says where going back leads, asks, and goes back: to the release before, or a named one; takes down a first release',
    )
    .argument('[release]', 'id of a release on the host', releaseId)
    .option(...dryRun)
    .option('--yes', 'do not ask')
    .option(
      '--pin <reason>',
      'and lets no deploy start from there until it is unlocked',
      lockReason,
    )
    .option(
      '--force',
      'even where the database schema has moved past what that release can read, where it was never confirmed, or ' +
        'where another run has staged one',
    )
    .action(async (release, _, command: Command) => {
      const { yes = false, dryRun = false, force = false, pin } = command.optsWithGlobals<Flags>();
      const asking = { yes, signal };
      if (!dryRun) requireAnswer('rollback', asking);
      await onAndTell(command, (host, flags) =>
        rollBack(host, { release, force, pin, dryRun, asking }, output(flags)),
      );
    });
  root
    .command('lock')
    .description('lets no deploy start until it is unlocked')
    .argument('<reason>', 'why, for whoever has to wait', lockReason)
    .option(...dryRun)
    .action((reason, _, command) =>
      onAndTell(command, (host, { dryRun = false, ...flags }) =>
        changeLock(host, { verb: 'lock', options: { reason }, dryRun }, output(flags)),
      ),
    );
  root
    .command('unlock')
    .description('lets deploys start again')
    .option(...dryRun)
    .option('--force', 'ends what is at work, too: the host brings staging back')
    .action((_, command) =>
      onAndTell(command, (host, { force = false, dryRun = false, ...flags }) =>
        changeLock(
          host,
          { verb: 'unlock', options: force ? { force: 'yes' } : {}, dryRun },
          output(flags),
        ),
      ),
    );
}

function addExec(root: Command, around: Surroundings, onExit: (code: number) => void): void {
  const { on } = tools(around);
  const { signal } = around;
  root
    .command('exec')
    .description(
      'runs a command in the container of a service that gets the requests, with this terminal where there is one; ' +
        'what is piped in reaches it, and its exit code is passed on. The journal tells that, but no argument',
    )
    .argument('<service>', 'service of the Compose file', serviceName)
    .argument('<command...>', 'behind --: the program and its arguments, as they are')
    .option(
      '-e, --env <name>',
      'a variable of this environment that it gets too, by its name; may be repeated',
      variableNames,
    )
    .option('-T, --no-tty', 'hand no terminal on')
    .action((service: string, words: string[], _, command: Command) =>
      on(command, async (host, { env: variables = [], tty = true }) => {
        const terminal = tty && process.stdin.isTTY && process.stdout.isTTY;
        onExit(await execute(host, { service, words, variables, terminal, signal }));
      }),
    );
}

/** What the commands share: the host that the options name, where results go, and who is told of them. */
function tools({ script, signal }: Surroundings) {
  const on = async (
    command: Command,
    work: (host: StagingHost, flags: Flags) => Promise<void>,
  ): Promise<void> => {
    const flags = command.optsWithGlobals<Flags>();
    const target = await resolveTarget(flags, async () =>
      findInstance((await openRepository(process.cwd())).project),
    );
    await using host = await openStagingHost({ target, script, onProgress: tell, signal });
    await work(host, flags);
  };
  return {
    on,
    output: ({ json = false }: Flags) => ({ json, print }),
    /** As `on`, for work that returns what it changed: people are told of that. */
    async onAndTell(
      command: Command,
      work: (host: StagingHost, flags: Flags) => Promise<Change | undefined>,
    ): Promise<void> {
      // What is wrong with the variables shows before anything is changed.
      const announcements = announcementsFrom(process.env);
      await on(command, async (host, flags) => {
        const change = await work(host, flags);
        if (change !== undefined) await announce(host, change, announcements, tell);
      });
    },
  };
}

function releaseId(text: string): string {
  const result = releaseIdSchema.safeParse(text);
  if (result.success) return text;
  throw new InvalidArgumentError(
    'It must be a release id, such as 20260131T235959Z-0a1b2c3; `releases` lists them.',
  );
}

function serviceName(text: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(text)) return text;
  throw new InvalidArgumentError('It must be the name of a service, such as api.');
}

function serviceNames(text: string, before: string[] | undefined): string[] {
  return [...(before ?? []), serviceName(text)];
}

function variableNames(text: string, before: string[] | undefined): string[] {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(text)) return [...(before ?? []), text];
  throw new InvalidArgumentError(
    'It must be the name of a variable, whose value is taken from here: a value on a command line can be seen by others.',
  );
}

function pattern(text: string): string {
  if (text !== '' && plainText(text) === text && !text.includes('\n')) return text;
  throw new InvalidArgumentError('It must be text on one line, such as "ERROR|WARN".');
}

function lockReason(text: string): string {
  if (/^[A-Za-z0-9 _.,:;()'!?/#@+=-]{1,200}$/.test(text)) return text;
  throw new InvalidArgumentError(
    "It must have 1 to 200 letters without accents, digits, blanks and _.,:;()'!?/#@+=-",
  );
}

function wholeNumber(text: string): string {
  if (/^[1-9]\d{0,5}$/.test(text)) return text;
  throw new InvalidArgumentError('It must be a number from 1 to 999999.');
}

/** The messages of shared code name inputs of an action. */
function asOptions(message: string): string {
  return message
    .replaceAll(/\binput private-key\b/g, '--identity')
    .replaceAll(/\binput (?=[a-z]+(?:-[a-z]+)*\b)/g, '--');
}

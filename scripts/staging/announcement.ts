import * as z from 'zod';
import { explain, InvalidInput } from '../../actions/shared/src/errors.ts';
import type { ByHand, Change } from '../../actions/slack-notify/src/by-hand/change.ts';
import { recordByHand } from '../../actions/slack-notify/src/by-hand/record.ts';
import { tellByHand } from '../../actions/slack-notify/src/by-hand/tell.ts';
import { deadlineAfter } from '../../actions/slack-notify/src/deadline.ts';
import { journalsOf } from '../../actions/slack-notify/src/decide/journals.ts';
import { openGitHub } from '../../actions/slack-notify/src/github/client.ts';
import { redactor } from '../../actions/slack-notify/src/redact.ts';
import { type Locale, locales } from '../../actions/slack-notify/src/render/texts/languages.ts';
import type { Destination } from '../../actions/slack-notify/src/slack/destination.ts';
import { type Status, statusFrom } from '../../actions/ssh-deploy/src/report/status.ts';
import type { StagingHost } from './host.ts';

/** Whom the command line tells what it changed; undefined where nobody is named. */
export interface Announcements {
  readonly slack: { readonly destination: Destination; readonly locale: Locale } | undefined;
  readonly gitHub: GitHubRepository | undefined;
  readonly environment: string;
  readonly environmentUrl: string | undefined;
}

interface GitHubRepository {
  readonly token: string;
  readonly apiUrl: string;
  readonly owner: string;
  readonly repo: string;
}

// Milliseconds.
const patience = 15_000;

const address = z.url({
  protocol: /^https?$/,
  error: 'must be an address that begins with https://',
});
const schema = z.object({
  SLACK_BOT_TOKEN: z.string().optional(),
  SLACK_CHANNEL: z.string().optional(),
  SLACK_WEBHOOK_URL: address.optional(),
  SLACK_API_URL: address.default('https://slack.com/api/'),
  SLACK_LOCALE: z.enum(locales, 'must be fr or en').default('fr'),
  GITHUB_TOKEN: z.string().optional(),
  GITHUB_REPOSITORY: z
    .string()
    .regex(/^[\w.-]+\/[\w.-]+$/, 'must be owner/repository')
    .optional(),
  GITHUB_API_URL: address.default('https://api.github.com'),
  STAGING_ENVIRONMENT: z.string().default('staging'),
  STAGING_URL: address.optional(),
});

type Variables = z.output<typeof schema>;

/** Reads whom to tell from environment variables. Throws `InvalidInput` that names the variable to mend. */
export function announcementsFrom(environment: NodeJS.ProcessEnv): Announcements {
  const given = Object.entries(environment).filter(([, value]) => value !== '');
  const parsed = schema.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InvalidInput(`variable ${issue?.path.join('.')} ${issue?.message}`);
  }
  const variables = parsed.data;
  return {
    slack: slackFrom(variables),
    gitHub: gitHubFrom(variables),
    environment: variables.STAGING_ENVIRONMENT,
    environmentUrl: variables.STAGING_URL,
  };
}

function slackFrom(variables: Variables): Announcements['slack'] {
  const { SLACK_BOT_TOKEN: token, SLACK_CHANNEL: channel, SLACK_WEBHOOK_URL: url } = variables;
  const locale = variables.SLACK_LOCALE;
  if (token !== undefined && channel !== undefined) {
    const apiUrl = variables.SLACK_API_URL;
    return { destination: { kind: 'bot', token, channel, apiUrl }, locale };
  }
  if (token !== undefined) {
    throw new InvalidInput(
      'variable SLACK_CHANNEL is missing: the bot of SLACK_BOT_TOKEN posts to a channel, such as #staging-alerts',
    );
  }
  return url === undefined ? undefined : { destination: { kind: 'webhook', url }, locale };
}

/** A token alone may be there for other programs. */
function gitHubFrom(variables: Variables): GitHubRepository | undefined {
  const { GITHUB_TOKEN: token, GITHUB_REPOSITORY: repository } = variables;
  if (token === undefined || repository === undefined) return undefined;
  const [owner = '', repo = ''] = repository.split('/');
  return { token, apiUrl: variables.GITHUB_API_URL, owner, repo };
}

/**
 * Tells Slack what was changed on a host, and files it with GitHub. What is done is done: what cannot be told is a
 * warning.
 */
export async function announce(
  host: StagingHost,
  change: Change,
  announcements: Announcements,
  warn: (line: string) => void,
): Promise<void> {
  const { slack, gitHub, environment, environmentUrl } = announcements;
  const by = host.requester.owner.replace(/^cli:/, '');
  const given: ByHand = { change, by, host: host.name, environmentUrl };
  const deadline = deadlineAfter(patience);
  const redact = redactor(secretsOf(announcements));
  const attempt = async (what: string, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      warn(redact(`warning: it is done, but ${what}: ${explain(error)}`));
    }
  };
  await Promise.all([
    slack && attempt('Slack was not told', () => tellByHand(given, { ...slack, deadline })),
    gitHub &&
      attempt('GitHub has no deployment of it', async () => {
        const status = statusFrom(await host.ask('status'));
        await recordByHand(openGitHub(gitHub), {
          ...{ given, environment, signal: deadline.signal },
          commit: commitOf(status, change),
          journals: journalsOf([{ host: host.name, ...status }]),
        });
      }),
  ]);
}

/** The commit that is live; of a release that was taken down its own. */
function commitOf({ commit, releases }: Status, change: Change): string {
  const left =
    change.kind === 'taken-down' ? releases.find(({ id }) => id === change.left) : undefined;
  const found = left?.commit ?? commit;
  if (found === '')
    throw new Error('no release is live, so there is no commit that it would be about');
  return found;
}

function secretsOf({ slack, gitHub }: Announcements): string[] {
  const { destination } = slack ?? {};
  return [
    ...(destination === undefined
      ? []
      : [destination.kind === 'bot' ? destination.token : destination.url]),
    ...(gitHub === undefined ? [] : [gitHub.token]),
  ];
}

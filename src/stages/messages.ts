import { github, needs } from '../typed/contexts.ts';
import { differs, equals, toJson, when } from '../typed/expression.ts';
import type { Job } from '../typed/job.ts';
import { job } from '../typed/job.ts';
import { step } from '../typed/step.ts';
import { checkout } from './checkout.ts';
import { basics, type StageOptions } from './job-basics.ts';
import type { KindsOfRun } from './runs.ts';
import type { StagingEnvironment } from './settings.ts';

/** The one message that a run has in Slack. */
export interface Messages {
  readonly environment: StagingEnvironment;
  readonly run: KindsOfRun;
  readonly locale: 'fr' | 'en';
  /** The jobs that the message shows, by id, as people call them; in order. None where it is not given. */
  readonly stages?: Readonly<Record<string, string>>;
}

/** The inputs that every message has. */
export function commonInputs({ environment, locale, stages = {} }: Omit<Messages, 'run'>) {
  const { vars, secrets } = environment;
  return {
    'bot-token': secrets.SLACK_BOT_TOKEN,
    channel: vars.SLACK_CHANNEL,
    'slack-api-url': vars.SLACK_API_URL,
    environment: environment.name,
    'environment-url': vars.STAGING_URL,
    locale,
    stages: Object.entries(stages).map(([id, title]) => `${id}=${title}`),
    'github-token': github.token,
  } as const;
}

/** The inputs that every part of a deployment's message has. */
export function messageInputs(messages: Messages) {
  const { run } = messages;
  return {
    ...commonInputs(messages),
    operation: when(run.redeploying, 'redeploy', when(run.deploying, 'deploy', 'rollback')),
  } as const;
}

/** The job that tells Slack that a run begins; its output `message` is what later jobs change. */
export function announce(messages: Messages, options: StageOptions) {
  const begin = step({
    id: 'begin',
    name: 'Tell Slack that a run begins',
    uses: './actions/slack-notify',
    with: { phase: 'start', ...messageInputs(messages) },
  });
  return job('announce', {
    name: 'Announce',
    ...basics(options),
    'timeout-minutes': 5,
    permissions: { actions: 'read', contents: 'read', deployments: 'read' },
    environment: messages.environment,
  })
    .step(checkout)
    .step(begin)
    .withOutputs({ message: begin.outputs.message });
}

/** The job that announced the run. */
export type Announced = Job<string, 'message'>;

/** The message that was announced; empty where it was not. */
export function messageOf(announced: Announced) {
  return when(equals(announced.result, 'success'), announced.outputs.message, '');
}

/** Ticks off what is done, where there is a message to change; one that Slack does not take stops no deployment. */
export function tick(messages: Messages, announced: Announced) {
  return step({
    name: 'Tell Slack how far it is',
    if: differs(messageOf(announced), ''),
    'continue-on-error': true,
    uses: './actions/slack-notify',
    with: {
      phase: 'progress',
      ...messageInputs(messages),
      needs: toJson(needs),
      message: messageOf(announced),
    },
  });
}

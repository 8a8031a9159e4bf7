import { expect, it } from 'vitest';
import { readInputs as migrations } from '../../actions/run-migrations/src/inputs.ts';
import { readInputs as scan } from '../../actions/scan-report/src/inputs.ts';
import { readInputs as slack } from '../../actions/slack-notify/src/inputs.ts';
import { hostStatus } from '../../actions/slack-notify/tests/hosts.ts';
import { readInputs as smoke } from '../../actions/smoke-test/src/inputs.ts';
import { readInputs as deploy } from '../../actions/ssh-deploy/src/read/inputs.ts';
import { smokeChecks } from '../../workflows/settings.ts';
import { job, steps } from './compiled-workflow.ts';

const own = steps.flatMap(({ uses, ...step }) =>
  uses?.startsWith('./') ? [{ uses, ...step }] : [],
);

/** What the runner would put in the place of the expressions. */
const values: Readonly<Record<string, string>> = {
  'github.actor': 'camille',
  'github.token': 'ghs_0123456789',
  'github.sha': '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567',
  'toJSON(needs)': JSON.stringify({ deploy: { result: 'success', outputs: {} } }),
  'vars.REGISTRY': 'ghcr.io',
  'vars.IMAGE_REPOSITORY': 'azals/azals',
  'vars.SCAN_MAY_LACK': '',
  'vars.STAGING_URL': 'https://staging.example.org',
  'vars.STAGING_HOST': 'staging.example.org',
  'vars.STAGING_SSH_PORT': '22',
  'vars.STAGING_SSH_USER': 'deploy',
  'vars.STAGING_KNOWN_HOSTS': 'staging.example.org ssh-ed25519 AAAA',
  'vars.STAGING_OPTIONAL_SERVICES': 'prometheus',
  'secrets.STAGING_SSH_KEY': 'a private key',
  'secrets.TEST_TENANT_PASSWORD': 'a password',
  'vars.STAGING_JUMP_HOST': 'jump.example.org',
  'vars.SLACK_CHANNEL': '#staging-alerts',
  'vars.SLACK_MENTION': 'here',
  'vars.SLACK_API_URL': '',
  'secrets.SLACK_BOT_TOKEN': 'xoxb-a-bot-token',
  'steps.begin.outputs.message': 'C0123ABCD:1767225600.000000',
  'steps.back.outputs.release': '20261121T143642Z-0a1b2c3',
  'steps.back.outputs.commit': '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567',
  'steps.back.outputs.previous': '20261122T143642Z-0a1b2c3',
  "steps.look.outcome != 'skipped' && (steps.look.outputs.status || 'unreachable') || ''":
    hostStatus({ live: '20261122T143642Z-0a1b2c3' }),
  'steps.stage.outputs.previous || steps.recall.outputs.previous': '20261121T143642Z-0a1b2c3',
  'steps.api.outputs.digest': `sha256:${'a'.repeat(64)}`,
  'steps.frontend.outputs.digest': `sha256:${'b'.repeat(64)}`,
  'inputs.release': '0a1b2c3',
  'steps.stage.outputs.release': '20261122T143642Z-0a1b2c3',
  'steps.stage.outputs.release || steps.recall.outputs.release': '20261122T143642Z-0a1b2c3',
  'steps.stage.outputs.commit || steps.recall.outputs.commit':
    '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567',
  "inputs.release != '' && '0' || '1'": '1',
  "inputs.release != '' && 'redeploy' || inputs.action != 'rollback' && 'deploy' || 'rollback'":
    'deploy',
  "needs.deploy.outputs.refused == 'true' && 'refused' || needs.confirm.result == 'success' && 'confirmed' || needs.rollback.result == 'success' && (needs.rollback.outputs.release == '' && 'nothing-live' || needs.rollback.outputs.previous != '' && 'rolled-back' || 'untouched') || 'unknown'":
    'confirmed',
  'steps.migrate.outputs.from': '0004',
  'steps.migrate.outputs.to': '0005',
  'steps.migrate.outputs.applied': '[{"revision":"0005","message":"City"}]',
  'steps.judge.outputs.counts': '{"api":{"HIGH":2}}',
  'steps.ask.outputs.results': '[{"name":"API","passed":true}]',
  'steps.report.outputs.results': '{"name": "Load test", "tests": 9, "failed": 0, "first": ""}',
};
// What was built, where something was.
const ofBuild = /^inputs\.release == '' && format\('(\w+=)\{0\}', (.+)\) \|\| ''$/;

const parsers = {
  'ssh-deploy': deploy,
  'run-migrations': migrations,
  'smoke-test': smoke,
  'slack-notify': slack,
  'scan-report': scan,
};

// `needs.job.result == 'success' && value || ''`: the value, as long as the job has got there, or the run is of a kind.
const guard = /^(?:needs\.[\w-]+\.result|inputs\.release) [!=]= '\w*' && (.+) \|\| ''$/;

// What the deployment tells, else a rollback by hand.
const ofEither =
  /^needs\.deploy\.result != 'skipped' && (needs\.\S+) \|\| !\(.+?\) && \(.+ && (needs\.\S+) \|\| ''\) \|\| ''$/;

/** Fills in the expressions of a text, following the outputs of jobs to where they are made. */
function fill(template: unknown): string {
  return String(template).replace(/\$\{\{ (.*?) \}\}/g, (_, given: string) => {
    const [, name, image] = ofBuild.exec(given) ?? [];
    if (image !== undefined) return `${name}${fill(`\${{ ${image} }}`)}`;
    const [, ofDeployment = given, ofRollback] = ofEither.exec(given) ?? [];
    if (ofRollback !== undefined) expect(fill(`\${{ ${ofRollback} }}`)).not.toBe('');
    const expression = ofDeployment.replace(guard, '$1');
    const [, id = '', output = ''] = /^needs\.([\w-]+)\.outputs\.(\w+)$/.exec(expression) ?? [];
    const value = id ? fill(job(id).outputs?.[output]) : values[expression];
    if (value === undefined) throw new Error(`nothing gives ${expression}`);
    return value;
  });
}

it.each(own)('$title: $uses takes what it gets', ({ uses, ...step }) => {
  const name = uses.replace('./actions/', '') as keyof typeof parsers;
  const parsed = parsers[name]((input) => fill(step.with?.[input] ?? ''));
  if (name === 'smoke-test')
    expect(parsed).toMatchObject({
      checks: smokeChecks,
      images: new Map([
        ['api', `ghcr.io/azals/azals/api@sha256:${'a'.repeat(64)}`],
        ['frontend', `ghcr.io/azals/azals/frontend@sha256:${'b'.repeat(64)}`],
      ]),
      secrets: new Map([['TEST_TENANT_PASSWORD', 'a password']]),
      schemaRevision: '0005',
      tunnelTarget: { host: '127.0.0.1', port: 8081 },
      commit: '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567',
    });
  if (name === 'slack-notify') expect(parsed).toMatchObject({ problems: [] });
  const command = step.id === 'recall' ? 'restage' : step.with?.command;
  if (command) expect(parsed).toMatchObject({ request: { command } });
  const connection = { port: 22, user: 'deploy' };
  if (step.with?.host)
    expect(parsed).toMatchObject(
      name === 'ssh-deploy'
        ? { hosts: [{ connection }] }
        : name === 'smoke-test'
          ? { host: { connection } }
          : { way: { transport: 'ssh', connection } },
    );
});

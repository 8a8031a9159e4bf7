import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { readInputs as migrations } from '../../actions/run-migrations/src/inputs.ts';
import { readInputs as slack } from '../../actions/slack-notify/src/inputs.ts';
import { readInputs as smoke } from '../../actions/smoke-test/src/inputs.ts';
import { readInputs as deploy } from '../../actions/ssh-deploy/src/inputs.ts';
import lock from '../../workflows/actions.lock.json' with { type: 'json' };
import { smokeChecks } from '../../workflows/settings.ts';
import { type Interface, job, jobs, read, steps, text } from './compiled-workflow.ts';

const locked: Readonly<Record<string, Interface>> = lock;
const using = steps.flatMap(({ uses, ...step }) => (uses === undefined ? [] : [{ uses, ...step }]));
const own = using.filter(({ uses }) => uses.startsWith('./'));

/** What the runner would put in the place of the expressions. */
const values: Readonly<Record<string, string>> = {
  'github.actor': 'camille',
  'github.token': 'ghs_0123456789',
  'github.sha': '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567',
  'toJSON(needs)': JSON.stringify({ deploy: { result: 'success', outputs: {} } }),
  'vars.REGISTRY': 'ghcr.io',
  'vars.IMAGE_REPOSITORY': 'azals/azals',
  'vars.STAGING_URL': 'https://staging.example.org',
  'vars.STAGING_HOST': 'staging.example.org',
  'vars.STAGING_SSH_PORT': '22',
  'vars.STAGING_SSH_USER': 'deploy',
  'vars.STAGING_KNOWN_HOSTS': 'staging.example.org ssh-ed25519 AAAA',
  'vars.STAGING_OPTIONAL_SERVICES': 'prometheus',
  'secrets.STAGING_SSH_KEY': 'a private key',
  'secrets.SLACK_WEBHOOK_URL': 'https://hooks.slack.com/services/T0/B0/x',
  'steps.api.outputs.digest': `sha256:${'a'.repeat(64)}`,
  'steps.frontend.outputs.digest': `sha256:${'b'.repeat(64)}`,
  'steps.stage.outputs.release': '20261122T143642Z-0a1b2c3',
  'steps.migrate.outputs.from': '0004',
  'steps.migrate.outputs.to': '0005',
};
const parsers = {
  'ssh-deploy': deploy,
  'run-migrations': migrations,
  'smoke-test': smoke,
  'slack-notify': slack,
};

function interfaceOf(uses: string): Interface {
  if (uses.startsWith('./')) return parse(read(`${uses.slice(2)}/action.yml`));
  const found = locked[uses.split('@')[0] ?? ''];
  if (!found) throw new Error(`${uses} is not in the lock`);
  return found;
}

function outputsOf(uses: string): readonly string[] {
  const { outputs = {} } = interfaceOf(uses);
  return Array.isArray(outputs) ? outputs : Object.keys(outputs);
}

// `needs.job.result == 'success' && value || ''`: the value, as long as the job has got there.
const guard = /^needs\.[\w-]+\.result [!=]= '\w+' && (.+) \|\| ''$/;

/** Fills in the expressions of a text, following the outputs of jobs to where they are made. */
function fill(template: unknown): string {
  return String(template).replace(/\$\{\{ (.*?) \}\}/g, (_, guarded: string) => {
    const expression = guarded.replace(guard, '$1');
    const [, id = '', output = ''] = /^needs\.([\w-]+)\.outputs\.(\w+)$/.exec(expression) ?? [];
    const value = id ? fill(job(id).outputs?.[output]) : values[expression];
    if (value === undefined) throw new Error(`nothing gives ${expression}`);
    return value;
  });
}

it.each(using)(
  '$title: $uses gets inputs that it has, and all it requires',
  ({ uses, ...step }) => {
    const { inputs = {} } = interfaceOf(uses);
    const given = Object.keys(step.with ?? {});
    const required = Object.keys(inputs).filter((name) => inputs[name]?.required);
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(given));
    expect(given).toEqual(expect.arrayContaining(required));
  },
);

it.each(own)('$title: $uses takes what it gets', ({ uses, ...step }) => {
  const name = uses.replace('./actions/', '') as keyof typeof parsers;
  const parsed = parsers[name]((input) => fill(step.with?.[input] ?? ''));
  if (name === 'smoke-test')
    expect(parsed).toMatchObject({ checks: smokeChecks, commit: values['github.sha'] });
  if (step.with?.command) expect(parsed).toMatchObject({ request: { command: step.with.command } });
  if (step.with?.host) expect(parsed).toMatchObject({ connection: { port: 22, user: 'deploy' } });
});

it.each(own)('$title: has the repository before $uses', ({ job: id, uses }) => {
  const list = job(id).steps.map((step) => step.uses ?? '');
  const checkedOut = list.findIndex((each) => each.startsWith('actions/checkout@'));
  expect(checkedOut).toBeGreaterThanOrEqual(0);
  expect(checkedOut).toBeLessThan(list.indexOf(uses));
});

it('reads outputs only of jobs it waits for, that have them', () => {
  const reads = jobs.flatMap((each) =>
    [...JSON.stringify(each).matchAll(/needs\.([\w-]+)\.(?:outputs\.(\w+)|result)/g)].map(
      ([, from = '', output]) => ({ reader: each, from, output }),
    ),
  );
  expect(reads.length).toBeGreaterThan(8);
  for (const { reader, from, output } of reads) {
    expect(reader.needs).toContain(from);
    if (output) expect(Object.keys(job(from).outputs ?? {})).toContain(output);
  }
});

it('reads outputs only of steps before, whose action has them', () => {
  let seen = 0;
  for (const { outputs = {}, steps: list } of jobs) {
    for (const [at, reader] of [...list, outputs].entries())
      for (const [, id, output = ''] of JSON.stringify(reader).matchAll(
        /steps\.(\w+)\.outputs\.([\w-]+)/g,
      )) {
        const maker = list.slice(0, at).find((step) => step.id === id);
        expect(outputsOf(maker?.uses ?? '')).toContain(output);
        seen += 1;
      }
  }
  expect(seen).toBe([...text.matchAll(/steps\.\w+\.outputs/g)].length);
});

it('waits only for jobs that exist', () => {
  const ids = jobs.map(({ id }) => id);
  for (const { needs = [] } of jobs) expect(ids).toEqual(expect.arrayContaining([...needs]));
});

import { expect, it } from 'vitest';
import { parseDocument, visit } from 'yaml';
import { actions } from '../../src/typed/actions.generated.ts';
import { evaluateText } from '../../src/typed/simulate.ts';
import { repository, staging } from '../../workflows/settings.ts';
import { jobs, steps, text, used, workflow } from './compiled-workflow.ts';

const pins = [...text.matchAll(/^ +(?:- )?uses: (?!\.\/)(.*)$/gm)].map(([, pin = '']) => pin);
const runs = steps.flatMap(({ title, run }) => (run === undefined ? [] : [[title, run] as const]));

it('pins every third-party action to the commit of the lock, with its version beside it', () => {
  const locked = Object.values(actions).map(({ uses, version }) => `${uses} # ${version}`);
  expect(pins.length).toBe(steps.filter(({ uses }) => uses && !uses.startsWith('./')).length);
  expect(locked).toEqual(expect.arrayContaining(pins));
  for (const pin of pins)
    expect(pin).toMatch(/^[\w-]+(?:\/[\w-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

it.each(jobs)('gives $id its own permissions and a limit of time', (job) => {
  expect(job.permissions).toBeDefined();
  expect(job['timeout-minutes']).toBeGreaterThan(0);
});

it('grants nothing to all jobs, and lets only those write that push images, publish findings or record the outcome', () => {
  expect(workflow.permissions).toEqual({});
  const writing = jobs.flatMap(({ id, permissions = {} }) =>
    Object.entries(permissions)
      .filter(([, level]) => level !== 'read')
      .map(([scope, level]) => `${id}: ${scope} ${level}`),
  );
  expect(writing).toEqual([
    'build: packages write',
    'code-scanning: security-events write',
    'tag: packages write',
    'notify: deployments write',
  ]);
});

it.each(runs)('hands values to the script of "%s" in its environment', (_, run) => {
  expect(run).not.toContain('${{');
});

it('leaves no credentials of the repository in the workspace', () => {
  const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
  expect(checkouts.length).toBeGreaterThan(0);
  for (const { with: inputs } of checkouts) expect(inputs?.['persist-credentials']).toBe(false);
});

it('uses every secret and variable that the settings declare', () => {
  const declared = [repository, staging].map((settings) => settings.declared);
  const names = (of: 'secrets' | 'variables') =>
    new Set(declared.flatMap((each) => Object.keys(each[of])));
  expect(used('secrets')).toEqual(names('secrets'));
  expect(used('vars')).toEqual(names('variables'));
});

it('opens secrets only to jobs that the environment guards', () => {
  const withSecrets = jobs.filter((job) => used('secrets', JSON.stringify(job)).size > 0);
  expect(withSecrets.map(({ id }) => id)).toContain('deploy');
  for (const { environment } of withSecrets) expect(environment).toBeDefined();
});

it('never cancels a run half way, never runs two at once, and lets no other branch take a place in the queue', () => {
  const { group, 'cancel-in-progress': cancels } = workflow.concurrency;
  expect(cancels).toBe(false);
  const [, name, own] = /^(\w+)(\$\{\{.*\}\})$/.exec(group) ?? [];
  const queueOf = (ref: string) =>
    `${name}${evaluateText(own ?? '', { github: { ref, run_id: 7 } })}`;
  expect(queueOf('refs/heads/develop')).toBe('staging');
  expect(queueOf('refs/heads/feature')).toBe('staging7');
});

it('has no anchors, which GitHub and people read differently', () => {
  const document = parseDocument(text);
  const found: string[] = [];
  visit(document, {
    Alias: (_, { source }) => void found.push(source),
    Value: (_, { anchor }) => void (anchor && found.push(anchor)),
  });
  expect(document.errors).toEqual([]);
  expect(found).toEqual([]);
});

import { expect, it } from 'vitest';
import type { Waivers } from '../../src/typed/check/rule-names.ts';
import { separated } from '../../src/typed/check/waivers.ts';
import { check, toldOnce } from '../../src/typed/check.ts';
import { compile } from '../../src/typed/compile.ts';
import { job, step, workflow } from '../../src/typed/index.ts';

/** What is found in a job whose tests cannot fail, and what of it is waived where. */
function found(at: {
  readonly step?: Waivers;
  readonly job?: Waivers;
  readonly workflow?: Waivers;
}) {
  const tests = step({
    name: 'Tests',
    run: 'npm test || true',
    ...(at.step && { waive: at.step }),
  });
  const checks = job('checks', {
    name: 'Checks',
    'runs-on': 'ubuntu-24.04',
    'timeout-minutes': 5,
    permissions: {},
    ...(at.job && { waive: at.job }),
  }).step(tests);
  const made = compile(
    workflow('one', {
      name: 'One',
      on: { push: {} },
      permissions: {},
      jobs: [checks],
      ...(at.workflow && { waive: at.workflow }),
    }),
    { source: 'one.ts', command: 'build' },
  );
  const { faults, waived } = separated(check({ workflow: made.plain, settings: [] }), made.waivers);
  return { yaml: made.yaml, messages: faults.map(({ message }) => message), waived };
}

const reason = 'the suite is being repaired until Friday';

it.each(['step', 'job', 'workflow'] as const)('waives a rule for a %s, with its reason', (part) => {
  const { messages, waived, yaml } = found({ [part]: { gates: reason } });
  expect(messages).toEqual([]);
  expect(waived.map((each) => each.reason)).toEqual([reason]);
  expect(yaml).not.toContain('waive');
});

it('tells what is not waived', () => {
  expect(found({}).messages).toEqual(['`|| true` lets the step succeed although npm test failed']);
  expect(found({ job: { pipes: reason } }).messages).toContain(
    'the rule pipes finds nothing here: remove the waiver',
  );
});

it('wants to know why', () => {
  expect(found({ step: { gates: 'later' } }).messages).toEqual([
    'a waiver says why, in 10 letters at least',
  ]);
});

it('tells of one mistake once, and of what comes of it where there is nothing else', () => {
  const at = (place: string, message: string, consequence?: true) => ({
    path: ['jobs', place],
    message,
    rule: 'gates' as const,
    ...(consequence && { consequence }),
  });
  const cause = at('a', 'it is wrong');
  const effect = at('b', 'it comes of that', true);
  expect(toldOnce([cause, at('c', 'it is wrong'), effect])).toEqual([cause]);
  expect(toldOnce([effect])).toEqual([effect]);
});

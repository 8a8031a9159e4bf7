import type { SmokeCheck } from '../../actions/smoke-test/src/checks/types.ts';
import { kindOf } from '../../actions/smoke-test/src/kinds/index.ts';
import type { Run } from '../../actions/smoke-test/src/run.ts';
import type { Plain } from '../../src/typed/plain.ts';
import { code, table } from '../terminal/markdown.ts';

/** What the checks would be compared with, in words. */
const inWords = { commit: 'the run', images: new Map(), values: new Map() } as unknown as Run;

/** Every check of the steps of a workflow that judge a deployment: what it expects, and what becomes of a failure. */
export function smokeTable({ jobs }: Plain): string {
  const checks = Object.values(jobs)
    .flatMap(({ steps }) => steps)
    .filter(({ uses }) => /\/smoke-test(?:@|$)/.test(uses ?? ''))
    .flatMap(({ with: inputs }): SmokeCheck[] => JSON.parse(String(inputs?.checks)));
  return table(
    ['Check', 'Service', 'What it expects', 'Where that is not so'],
    checks.map((check) => [
      check.name,
      code(check.service),
      [asked(check), kindOf(check).expected(check, inWords)].filter(Boolean).join(': '),
      check.severity === 'warning' ? 'a warning' : 'the release is taken back',
    ]),
  );
}

/** The request of a check that is one. */
function asked(check: SmokeCheck): string {
  if (check.kind !== undefined && check.kind !== 'request') return '';
  return code(`${check.method ?? 'GET'} ${check.path}`);
}

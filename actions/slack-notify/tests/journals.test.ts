import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { parseResult } from '../../shared/src/executor.ts';
import { outputsFrom } from '../../ssh-deploy/src/report/outputs.ts';
import { journalRemarks, journalsOf } from '../src/decide/journals.ts';
import { recordPayload } from '../src/github/outcome-records.ts';
import { parseHostStatus } from '../src/read/host-status.ts';
import { statusLines } from './hosts.ts';

const hashOf = (line: string) => createHash('sha256').update(line).digest('hex');

/** What a host says whose journal has these lines, of which it tells the last ones. */
function hostWith(lines: readonly string[], recent = 5) {
  const last = lines.slice(-recent);
  const journal = [
    `journal=${lines.length} ${hashOf(lines.at(-1) ?? '')}`,
    `journal-recent=${lines.length - last.length + 1} ${last.map((line) => hashOf(line).slice(0, 16)).join(' ')}`,
  ];
  const printed = `${statusLines({ live: '' })}${lines.length === 0 ? '' : journal.join('\n')}\n`;
  const result = parseResult(printed);
  const { status = '' } = outputsFrom([{ host: 'staging', result }], 1);
  return parseHostStatus(status);
}

const three = ['one', 'two', 'three'];
const known = journalsOf(hostWith(three));

it('knows how a journal ended by what was filed with GitHub', () => {
  expect(known).toEqual({ staging: `3 ${hashOf('three')}` });
  const payload = { run: 7, attempt: 1, journals: known };
  expect(recordPayload(JSON.stringify(payload))?.journals).toEqual(known);
  expect(recordPayload({ run: 7, attempt: 1 })?.journals).toBeUndefined();
});

it.each([
  ['that stands', three],
  ['that goes on', [...three, 'four', 'five']],
  // Nobody can tell.
  ['that has gone on for too long', [...three, 'four', 'five', 'six', 'seven', 'eight']],
])('has nothing to say of one %s', (_, lines) => {
  expect(journalRemarks(hostWith(lines), known)).toEqual([]);
});

it.each([
  ['that was cut off', ['one', 'two']],
  ['of which the last line was changed', ['one', 'two', 'THREE']],
  // The chain goes on from what was written anew.
  ['that was written anew, and goes on', ['one', 'two', 'THREE', 'four', 'five']],
  ['that is gone', []],
  ['that was begun anew', ['first']],
])('says which line is not there any more, of one %s', (_, lines) => {
  expect(journalRemarks(hostWith(lines), known)).toEqual([
    { kind: 'journal', host: 'staging', line: 3 },
  ]);
});

it('says nothing where nobody knew, or nobody answers', () => {
  expect(journalRemarks(hostWith(three), undefined)).toEqual([]);
  expect(journalRemarks(hostWith(three), { other: `1 ${hashOf('x')}` })).toEqual([]);
  expect(journalRemarks(hostWith(['x']), { staging: 'nonsense' })).toEqual([]);
  expect(journalRemarks('unreachable', known)).toEqual([]);
  expect(journalsOf('unreachable')).toBeUndefined();
});

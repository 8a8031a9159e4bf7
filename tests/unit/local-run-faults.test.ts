import { expect, it } from 'vitest';
import type { LocalRun } from '../../src/project/local-run.ts';
import { localRunFaults } from '../../src/project/local-run-faults.ts';

const right: LocalRun = {
  environment: { URL: '{url}', KEY: { generate: 'fernet' }, ODD: `a'b "c" $d` },
  passwords: ['QA_PASSWORD'],
  serverFiles: { 'mounts/key.conf': 'key {md5:QA_PASSWORD};\n' },
  afterDeploy: { service: 'shop', command: ['true'], passwords: ['QA_PASSWORD'] },
};

it('finds nothing in what is right, or not there', () => {
  expect(localRunFaults(right)).toEqual([]);
  expect(localRunFaults({})).toEqual([]);
});

it.each([
  [{ environment: { 'A.B': '1' } }, 'local: "A.B" is no name of a variable'],
  [{ passwords: ['A; reboot'] }, 'local: "A; reboot" is no name of a variable'],
  [{ environment: { A: '1\nPOSTGRES_PASSWORD=x' } }, 'local.environment.A: a value has one line'],
  [
    { ...right, passwords: [], serverFiles: {} },
    'local.afterDeploy.passwords: QA_PASSWORD is none of local.passwords',
  ],
  [{ serverFiles: { '/etc/passwd': '' } }, 'local.serverFiles: /etc/passwd does not lie below'],
  [{ serverFiles: { 'a/../../b': '' } }, 'local.serverFiles: a/../../b does not lie below'],
  // The sum of nothing would be the key of whoever sends an empty one.
  [
    { serverFiles: { 'a.conf': 'key {md5:TYPO};' } },
    'local.serverFiles: a.conf has the sum of TYPO, which is none of local.passwords',
  ],
] satisfies (readonly [LocalRun, string])[])('finds %j', (local, expected) => {
  expect(localRunFaults(local)).toEqual([expect.stringContaining(expected)]);
});

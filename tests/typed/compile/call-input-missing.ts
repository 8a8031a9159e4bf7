// An input that the called workflow requires.
import { call } from '../../../src/typed/index.ts';
import { deployOne, given } from '../sample.ts';

export const one = call('deploy', {
  name: 'Deploy',
  uses: deployOne,
  with: { dry: true }, // error: the workflow requires the input target
  secrets: given.secrets,
  permissions: {},
});

const withoutInputs = {
  name: 'Deploy',
  uses: deployOne,
  secrets: given.secrets,
  permissions: {},
} as const;

export const other = call('deploy', withoutInputs); // error: the workflow requires inputs

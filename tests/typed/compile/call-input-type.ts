// A text for a boolean, and a boolean's place taken by an expression of text.
import { call, github } from '../../../src/typed/index.ts';
import { deployOne, given } from '../sample.ts';

export const one = call('deploy', {
  name: 'Deploy',
  uses: deployOne,
  with: {
    target: 'staging',
    dry: 'true', // error: not a value of this input
    retries: github.sha, // error: not a value of this input
  },
  secrets: given.secrets,
  permissions: {},
});

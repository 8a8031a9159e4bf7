// An input that the called workflow does not have.
import { call } from '../../../src/typed/index.ts';
import { deployOne, given } from '../sample.ts';

export default call('deploy', {
  name: 'Deploy',
  uses: deployOne,
  with: {
    target: 'staging',
    drry: true, // error: the workflow has no input drry
  },
  secrets: given.secrets,
  permissions: {},
});

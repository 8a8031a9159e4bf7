// A secret among the inputs, which are shown in the log.
import { call } from '../../../src/typed/index.ts';
import { deployOne, given, repo } from '../sample.ts';

export default call('deploy', {
  name: 'Deploy',
  uses: deployOne,
  with: {
    target: repo.secrets.SCAN_TOKEN, // error: a secret is handed over in secrets, not in with
  },
  secrets: given.secrets,
  permissions: {},
});

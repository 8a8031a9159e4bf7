// Less than a workflow of another repository is stated to need.
import { call } from '../../../src/typed/index.ts';
import { released } from '../sample.ts';

export default call('release', {
  name: 'Release',
  uses: released,
  permissions: { contents: 'read' }, // error: the workflow needs contents: write
});

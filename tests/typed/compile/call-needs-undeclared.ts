// An output of a job that the calling job does not wait for.
import { call } from '../../../src/typed/index.ts';
import { build, deployOne, given } from '../sample.ts';

export default call('deploy', {
  name: 'Deploy',
  uses: deployOne,
  with: {
    target: build.outputs.digest, // error: needs.build is used, so the job build has to be in this job's needs
  },
  secrets: given.secrets,
  permissions: {},
});

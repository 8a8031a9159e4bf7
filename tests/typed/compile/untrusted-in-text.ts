// A branch name inside of other text, unquoted.
import { github, job, text } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  env: { TAG: text`preview-${github.ref_name}` },
  run: 'docker tag app $TAG', // error: others write TAG: write
});

// A value in the template string of a script.
import { github, job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  run: `echo ${github.sha}`, // error: Implicit conversion of a 'symbol' to a 'string'
});

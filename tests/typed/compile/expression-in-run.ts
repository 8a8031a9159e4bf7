// An expression in a script.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('deploy', basics).step({
  name: 'A step',
  run: 'echo ${{ github.sha }}', // error: no expression in a script: pass the value through env
});

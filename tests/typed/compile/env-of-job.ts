// A variable where only GitHub reads, before there is any step.
import { env, job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('test', {
  ...basics,
  env: { FOLDER: 'api', PATH_OF_IT: env('FOLDER') }, // error: env, runner, job and hashFiles are known in steps only
});

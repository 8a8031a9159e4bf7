// A secret outside of what the container keeps for itself.
import { job } from '../../../src/typed/index.ts';
import { basics, repo } from '../sample.ts';

export default job('test', {
  ...basics,
  container: {
    image: 'node:24',
    env: { TOKEN: repo.secrets.SCAN_TOKEN },
    options: repo.secrets.SCAN_TOKEN, // error: a secret cannot be used here
  },
});

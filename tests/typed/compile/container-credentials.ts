// Half of the credentials of a registry.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('test', {
  ...basics,
  services: {
    tools: {
      image: 'ghcr.io/acme/tools',
      credentials: { username: 'acme' }, // error: Property 'password' is missing
    },
  },
});

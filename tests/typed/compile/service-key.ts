// A key that services do not have.
import { job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('test', {
  ...basics,
  services: {
    redis: {
      image: 'redis:7-alpine',
      port: ['6379:6379'], // error: a service has no key port
    },
  },
});

import { fault } from '../fault.ts';

export default fault({
  what: 'the runner cannot reach the address, and there is no SSH connection',
  break: ({ nginx }) => nginx.stop(),
  found: {
    check: 'answers',
    says: /the runner cannot reach http:\/\/127\.0\.0\.1:\d+: nothing listens there/,
  },
  verdict: 'unreachable',
  inputs: () => ({ host: '' }),
});

import { fault } from '../fault.ts';

export default fault({
  what: 'nothing answers, neither directly nor from the server itself',
  break: ({ nginx }) => nginx.stop(),
  found: {
    check: 'answers',
    says: /the runner cannot reach .*; through the SSH connection: the connection was closed/,
  },
  verdict: 'failed',
});

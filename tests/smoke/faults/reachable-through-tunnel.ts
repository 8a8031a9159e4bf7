import { fault } from '../fault.ts';

export default fault({
  what: 'the runner cannot reach the address, and the server can: nothing is wrong with the release',
  break: () => undefined,
  verdict: 'passed',
  // Port 9 of this machine: nobody listens there.
  inputs: ({ nginx }) => ({
    url: 'http://127.0.0.1:9',
    'tunnel-target': `127.0.0.1:${nginx.port}`,
  }),
});

import { fault } from '../fault.ts';

export default fault({
  what: 'every answer takes most of a second',
  break: ({ replicas }) => {
    for (const { behaviour } of replicas) behaviour.delay = 700;
  },
  inputs: () => ({ timeout: '25' }),
  found: { check: 'API answers fast', says: /p95: expected at most 500 ms, got p95 7\d\d ms/ },
});

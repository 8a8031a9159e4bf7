import { fault } from '../fault.ts';

export default fault({
  what: 'routes ask nobody who is there',
  break: ({ replicas }) => {
    for (const { behaviour } of replicas) behaviour.authentication = false;
  },
  found: { check: 'Protected route wants a token', says: /status: expected 401, got 200/ },
});

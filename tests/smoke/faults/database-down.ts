import { fault } from '../fault.ts';

export default fault({
  what: 'the database is down',
  break: ({ replicas }) => {
    for (const { behaviour } of replicas) behaviour.database = false;
  },
  found: { check: 'API is healthy', says: /status: expected 200, got 503: .*unhealthy/ },
});

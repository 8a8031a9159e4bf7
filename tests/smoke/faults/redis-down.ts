import { fault } from '../fault.ts';

export default fault({
  what: 'Redis is down, without which the application works',
  break: ({ replicas }) => {
    for (const { behaviour } of replicas) behaviour.redis = false;
  },
  warns: {
    check: 'Nothing of the API is degraded',
    says: /JSON \/status: expected "healthy", got "degraded"/,
  },
  verdict: 'passed',
});

import { fault } from '../fault.ts';

export default fault({
  what: 'the page’s own origin may not call the API',
  break: ({ replicas }) => {
    for (const { behaviour } of replicas) behaviour.origins = 'none';
  },
  found: {
    check: 'Allowed origin may call the API',
    says: /header access-control-allow-origin: expected http:\/\/127\.0\.0\.1:\d+, got absent/,
  },
});

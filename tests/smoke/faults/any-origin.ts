import { fault } from '../fault.ts';

export default fault({
  what: 'pages of every origin may call the API',
  break: ({ replicas }) => {
    for (const { behaviour } of replicas) behaviour.origins = 'any';
  },
  found: {
    check: 'Foreign origin may not call the API',
    says: /header access-control-allow-origin: expected absent, got \*/,
  },
  isFirst: false,
});

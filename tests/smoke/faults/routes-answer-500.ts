import { fault } from '../fault.ts';

export default fault({
  what: 'health is green, and every route of records answers 500',
  break: ({ replicas }) => {
    for (const { behaviour } of replicas) behaviour.records = '500';
  },
  found: {
    check: 'Records are kept',
    says: /step 2, create: status: expected 201, got 500: Internal Server Error/,
  },
});

import { fault } from '../fault.ts';

export default fault({
  what: 'routes answer 200 with an error in the body',
  break: ({ replicas }) => {
    for (const { behaviour } of replicas) behaviour.records = 'error body';
  },
  found: { check: 'Records are kept', says: /step 2, create: status: expected 201, got 200/ },
});

import { fault } from '../fault.ts';

export default fault({
  what: 'what is created is answered and not kept',
  break: ({ replicas }) => {
    for (const { behaviour } of replicas) behaviour.records = 'lost';
  },
  found: { check: 'Records are kept', says: /step 3, read: status: expected 200, got 404/ },
});

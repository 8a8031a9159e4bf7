import { fault } from '../fault.ts';

export default fault({
  what: 'a tenant reads the records of another',
  break: ({ replicas }) => {
    for (const { behaviour } of replicas) behaviour.isolation = false;
  },
  found: {
    check: 'A tenant sees nothing of another',
    says: /read what is not one’s own: status: expected 404, got 200/,
  },
});

import { fault } from '../fault.ts';

export default fault({
  what: 'the schema is not the one that the migration left',
  break: ({ replicas }) => {
    for (const { behaviour } of replicas) behaviour.revision = '0004';
  },
  found: {
    check: 'The schema is the one that the migration left',
    says: /JSON \/schema\/current: expected the words 0005, got "0004"/,
  },
  isFirst: false,
});

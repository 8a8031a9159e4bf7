import { fault } from '../fault.ts';
import { oldCommit } from '../staging/staging.ts';

export default fault({
  what: 'the API of the commit before still answers',
  break: ({ replicas }) => {
    for (const { behaviour } of replicas) behaviour.commit = oldCommit;
  },
  found: { check: 'API runs this commit', says: /JSON \/commit: expected "0a1b.*got "f0e1/ },
});

import { fault } from '../fault.ts';
import { oldCommit } from '../staging/staging.ts';

export default fault({
  what: 'one of two replicas answers with the commit before, and the host does not know',
  break: ({ replicas }) => {
    replicas[1].behaviour.commit = oldCommit;
  },
  found: { check: 'API runs this commit', says: /passes and fails in turn[\s\S]*got "f0e1/ },
});

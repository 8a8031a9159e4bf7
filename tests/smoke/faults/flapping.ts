import { fault } from '../fault.ts';

export default fault({
  what: 'every third request fails',
  break: ({ replicas }) => {
    for (const { behaviour } of replicas) behaviour.fails = (request) => request % 3 === 0;
  },
  // Which of them meets every third request is chance.
  found: { check: '', says: /passes and fails in turn[\s\S]*got 502/ },
});

import { fault } from '../fault.ts';

export default fault({
  what: 'the container of the page has ended, and something else answers in its place',
  break: async ({ containers, tell }) => {
    const [, , frontend] = containers;
    if (frontend) frontend.state = 'exited';
    await tell();
  },
  found: {
    check: 'The containers run what was built',
    says: /frontend: expected at least 1 running, got staging-frontend-1 is exited/,
  },
});

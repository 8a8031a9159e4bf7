import { fault } from '../fault.ts';

export default fault({
  what: 'the image says of itself that its commit is unknown',
  break: async ({ containers, tell }) => {
    const [, , frontend] = containers;
    if (frontend) frontend.commit = 'unknown';
    await tell();
  },
  found: {
    check: 'The containers run what was built',
    says: /staging-frontend-1: label org\.opencontainers\.image\.revision: expected 0a1b.*got unknown/,
  },
});

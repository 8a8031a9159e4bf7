import { fault } from '../fault.ts';

export default fault({
  what: 'one of two containers runs an image that was not built now',
  break: async ({ containers, tell }) => {
    const [, second] = containers;
    if (second) second.digest = `sha256:${'c'.repeat(64)}`;
    await tell();
  },
  found: {
    check: 'The containers run what was built',
    says: /staging-api-2: image: expected registry\.example\/api@sha256:aaaa.*got registry\.example\/api@sha256:cccc/,
  },
});

import { rm } from 'node:fs/promises';
import { fault } from '../fault.ts';

export default fault({
  what: 'a script that another one imports is missing',
  break: ({ page }) => rm(page.imported),
  found: {
    check: 'Page is served with all that it needs',
    says: /script \/assets\/list\.js: expected status 200, got 404/,
  },
});

import { writeFile } from 'node:fs/promises';
import { fault } from '../fault.ts';
import { oldCommit } from '../staging/staging.ts';

export default fault({
  what: 'the page is of the commit before, the API is new',
  break: ({ page }) => writeFile(page.version, JSON.stringify({ commit: oldCommit })),
  found: { check: 'Page is of this commit', says: /JSON \/commit: expected "0a1b.*got "f0e1/ },
});

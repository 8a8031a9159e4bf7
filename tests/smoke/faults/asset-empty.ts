import { writeFile } from 'node:fs/promises';
import { fault } from '../fault.ts';

export default fault({
  what: 'a script is empty',
  break: ({ page }) => writeFile(page.script, ''),
  found: {
    check: 'Page is served with all that it needs',
    says: /script \/assets\/app\.js: expected a script, got empty/,
  },
});

import { writeFile } from 'node:fs/promises';
import { fault } from '../fault.ts';

export default fault({
  what: 'the script runs without an error and shows nothing',
  break: ({ page }) => writeFile(page.script, 'export {};\n'),
  found: {
    check: 'People sign in and see their records',
    says: /expected fill in the field “Entreprise”, got .*shows nothing/,
  },
  inBrowser: true,
});

import { writeFile } from 'node:fs/promises';
import { fault } from '../fault.ts';

export default fault({
  what: 'the script throws as soon as it runs',
  break: ({ page }) => writeFile(page.script, "throw new TypeError('config is undefined');\n"),
  found: {
    check: 'People sign in and see their records',
    says: /script: expected no error, got TypeError: config is undefined/,
  },
  inBrowser: true,
});

import { writeFile } from 'node:fs/promises';
import { fault } from '../fault.ts';

export default fault({
  what: 'a style holds HTML',
  break: ({ page }) => writeFile(page.style, '<!doctype html><title>Clients</title>'),
  found: {
    check: 'Page is served with all that it needs',
    says: /style \/assets\/app\.css: expected a style, got HTML/,
  },
});

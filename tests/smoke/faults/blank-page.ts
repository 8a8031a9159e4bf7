import { rm } from 'node:fs/promises';
import { fault } from '../fault.ts';
import { rightProxy } from '../staging/nginx.ts';

export default fault({
  what: 'scripts and styles are answered with index.html: the page is blank',
  break: async ({ nginx, page }) => {
    await rm(page.script);
    await rm(page.style);
    await nginx.change({ ...rightProxy, otherAssets: '/index.html' });
  },
  found: {
    check: 'Page is served with all that it needs',
    says: /script \/assets\/app\.js: expected a script, got HTML \(text\/html\)/,
  },
});

import { fault } from '../fault.ts';
import { rightProxy } from '../staging/nginx.ts';

export default fault({
  what: 'an asset that does not exist is answered with the page',
  break: ({ nginx }) => nginx.change({ ...rightProxy, otherAssets: '/index.html' }),
  found: {
    check: 'Page is served with all that it needs',
    says: /missing asset \/assets\/no-such-asset\.js: expected status 404, got 200/,
  },
});

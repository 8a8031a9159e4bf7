import { fault } from '../fault.ts';
import { rightProxy } from '../staging/nginx.ts';

export default fault({
  what: 'one client may ask as often as it likes',
  break: ({ nginx }) => nginx.change({ ...rightProxy, limit: false }),
  found: {
    check: 'One client is limited',
    says: /expected status 429, got 160 requests that were all served/,
  },
});

import { fault } from '../fault.ts';
import { rightProxy } from '../staging/nginx.ts';

export default fault({
  what: 'addresses of the application’s own views are 404',
  break: ({ nginx }) => nginx.change({ ...rightProxy, otherPages: '=404' }),
  found: {
    check: 'Page is served with all that it needs',
    says: /deep link \/clients: expected status 200, got 404/,
  },
});

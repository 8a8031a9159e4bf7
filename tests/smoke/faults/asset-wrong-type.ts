import { fault } from '../fault.ts';
import { rightProxy } from '../staging/nginx.ts';

export default fault({
  what: 'scripts are served as plain text, which no browser runs',
  break: ({ nginx }) => nginx.change({ ...rightProxy, scriptType: 'text/plain' }),
  found: {
    check: 'Page is served with all that it needs',
    says: /script \/assets\/app\.js: expected the type of a script, got text\/plain/,
  },
});

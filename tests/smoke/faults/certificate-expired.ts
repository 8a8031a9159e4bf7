import { fault } from '../fault.ts';
import { makeCertificate, rightProxy } from '../staging/nginx.ts';

export default fault({
  what: 'the certificate has ended',
  break: async ({ nginx, directory }) => {
    const certificate = await makeCertificate(directory, -1);
    await nginx.change({ ...rightProxy, certificate });
  },
  found: { check: 'TLS certificate', says: /certificate.*(?:CERT_HAS_EXPIRED|expired)/ },
  inputs: ({ nginx }) => ({ url: `https://127.0.0.1:${nginx.port}` }),
});

import {
  applicationChecks,
  browser,
  type SmokeCheck,
  sequence,
} from '../../../actions/smoke-test/src/checks/index.ts';

const tenant = { 'X-Tenant-ID': 'tenant-a' };
const signedIn = { ...tenant, authorization: 'Bearer {token}' };
const signIn = (headers: Record<string, string>, name: string) => ({
  name: `sign in to ${headers['X-Tenant-ID']}`,
  method: 'POST' as const,
  path: '/api/v1/auth/login',
  headers,
  body: { password: '{secret.PASSWORD}' },
  take: { [name]: { json: '/access_token', secret: true } },
});

/** What the application of the test stagings has to do. */
export const checks: readonly SmokeCheck[] = [
  ...applicationChecks({
    protectedRoute: { path: '/v1/customers', headers: tenant },
    deepLinks: ['/clients'],
    p95: 500,
    rateLimit: 160,
  }),
  sequence({
    name: 'Records are kept',
    service: 'api',
    steps: [
      signIn(tenant, 'token'),
      {
        name: 'create',
        method: 'POST',
        path: '/api/v1/customers',
        headers: signedIn,
        body: { name: 'Smoke {run}' },
        status: 201,
        json: { '/name': 'Smoke {run}' },
        take: { id: '/id' },
      },
      {
        name: 'read',
        path: '/api/v1/customers/{id}',
        headers: signedIn,
        json: { '/name': 'Smoke {run}' },
      },
      {
        name: 'change',
        method: 'PUT',
        path: '/api/v1/customers/{id}',
        headers: signedIn,
        body: { name: 'Changed {run}' },
        json: { '/name': 'Changed {run}' },
      },
      {
        name: 'list',
        path: '/api/v1/customers',
        headers: signedIn,
        json: { '/items': { type: 'array', count: { min: 2 } }, '/error': { absent: true } },
      },
    ],
    cleanup: [
      {
        name: 'delete',
        method: 'DELETE',
        path: '/api/v1/customers/{id}',
        headers: signedIn,
        status: [204, 404],
      },
    ],
  }),
  sequence({
    name: 'A tenant sees nothing of another',
    service: 'api',
    steps: [
      signIn(tenant, 'token'),
      signIn({ 'X-Tenant-ID': 'tenant-b' }, 'other'),
      {
        name: 'read what is not one’s own',
        path: '/api/v1/customers/c1',
        headers: { 'X-Tenant-ID': 'tenant-b', authorization: 'Bearer {other}' },
        status: 404,
      },
    ],
  }),
  browser({
    name: 'People sign in and see their records',
    service: 'frontend',
    path: '/clients',
    steps: [
      { fill: { label: 'Entreprise' }, with: 'tenant-a' },
      { fill: { label: 'Mot de passe' }, with: '{secret.PASSWORD}' },
      { click: { role: 'button', name: 'Se connecter' } },
      { see: { role: 'heading', name: 'Clients' } },
      { see: { text: 'Boulangerie Martin' } },
    ],
  }),
];

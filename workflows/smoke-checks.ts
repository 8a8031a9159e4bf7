/** What the deployed staging has to do: what any application of this shape must, and what this one is there for. */
import { smoke } from 'staging-pipeline';

const email = 'qa@azals.test';
const password = '{secret.TEST_TENANT_PASSWORD}';
const customers = '/api/v1/customers';
const tenant = { 'X-Tenant-ID': 'tenant-test' };
const otherTenant = { 'X-Tenant-ID': 'tenant-test-2' };
const signedIn = { ...tenant, Authorization: 'Bearer {token}' };

const signIn = (headers: { readonly 'X-Tenant-ID': string }, token: string) =>
  ({
    name: `sign in to ${headers['X-Tenant-ID']}`,
    method: 'POST',
    path: '/api/v1/auth/login',
    headers,
    body: { email, password },
    take: { [token]: { json: '/access_token', secret: true } },
  }) as const;

const create = {
  name: 'create',
  method: 'POST',
  path: customers,
  headers: signedIn,
  body: { name: 'Smoke {run}', city: 'Lyon' },
  status: 201,
  json: { '/name': 'Smoke {run}', '/city': 'Lyon' },
  take: { id: '/id' },
} as const;

const remove = {
  name: 'delete',
  method: 'DELETE',
  path: `${customers}/{id}`,
  headers: signedIn,
  status: [204, 404],
} as const;

export const smokeChecks: readonly smoke.SmokeCheck[] = [
  smoke.command({
    name: 'The test tenants are there',
    service: 'api',
    first: true,
    command: ['python', 'scripts/provision_test_tenant.py'],
    environment: { TEST_TENANT_PASSWORD: password },
  }),
  ...smoke.applicationChecks({
    protectedRoute: { path: '/v1/customers', headers: tenant },
    unknownRoute: '/v1/no-such-route',
    deepLinks: ['/clients', '/clients/nouveau'],
    hidden: ['/metrics', '/api/metrics'],
    rateLimit: 200,
  }),
  smoke.request({
    name: 'API documentation is the one that people read',
    service: 'api',
    path: '/docs',
    status: 200,
    contains: 'swagger-ui',
  }),
  smoke.request({
    name: 'Database, Redis and schema are ready',
    service: 'api',
    path: '/api/health/ready',
    status: 200,
    json: { '/status': 'ready', '/components': { type: 'array', count: { min: 2 } } },
  }),
  smoke.sequence({
    name: 'Records of the test tenant are kept',
    service: 'api',
    steps: [
      signIn(tenant, 'token'),
      create,
      {
        name: 'read',
        path: `${customers}/{id}`,
        headers: signedIn,
        json: { '/id': '{id}', '/name': 'Smoke {run}', '/email': null },
      },
      {
        name: 'change',
        method: 'PUT',
        path: `${customers}/{id}`,
        headers: signedIn,
        body: { name: 'Smoke {run}', city: 'Lille' },
        json: { '/city': 'Lille' },
      },
      {
        name: 'list',
        path: `${customers}?limit=200`,
        headers: signedIn,
        contains: 'Smoke {run}',
        json: { '/items': { type: 'array', count: { min: 4 } }, '/total': { min: 4 } },
      },
      { ...remove, status: 204 },
      { name: 'read again', path: `${customers}/{id}`, headers: signedIn, status: 404 },
    ],
    cleanup: [remove],
  }),
  smoke.sequence({
    name: 'A tenant sees nothing of another',
    service: 'api',
    steps: [
      signIn(tenant, 'token'),
      signIn(otherTenant, 'other'),
      create,
      {
        name: 'read as the other tenant',
        path: `${customers}/{id}`,
        headers: { ...otherTenant, Authorization: 'Bearer {other}' },
        status: 404,
      },
      {
        name: 'list as the other tenant',
        path: `${customers}?limit=200`,
        headers: { ...otherTenant, Authorization: 'Bearer {other}' },
        lacks: 'Smoke {run}',
      },
      {
        name: 'use a token for the other tenant',
        path: customers,
        headers: { ...otherTenant, Authorization: 'Bearer {token}' },
        status: 403,
      },
    ],
    cleanup: [remove],
  }),
  smoke.sequence({
    name: 'A sign-in that fails leaves its trace in Redis',
    service: 'redis',
    // The application works without its cache.
    severity: 'warning',
    steps: [
      {
        name: 'sign in with a wrong password',
        method: 'POST',
        path: '/api/v1/auth/login',
        headers: tenant,
        body: { email: 'smoke-{run}@azals.test', password: 'wrong' },
        status: 401,
      },
      {
        name: 'find it counted',
        service: 'redis',
        command: ['redis-cli', '--scan', '--pattern', 'login-failures:*'],
        contains: 'login-failures:',
      },
    ],
  }),
  smoke.browser({
    name: 'People sign in and see their customers',
    service: 'frontend',
    path: '/clients',
    steps: [
      { fill: { label: 'Entreprise' }, with: tenant['X-Tenant-ID'] },
      { fill: { label: 'Adresse e-mail' }, with: email },
      { fill: { label: 'Mot de passe' }, with: password },
      { click: { role: 'button', name: 'Se connecter' } },
      { see: { role: 'heading', name: 'Clients' } },
      { see: { role: 'link', name: 'Boulangerie Martin' } },
      { reload: true },
      { see: { role: 'link', name: 'Boulangerie Martin' } },
    ],
  }),
];

/**
 * Moderate load on a running staging: what a few dozen people do who work with their customers.
 *
 *   k6 run tests/load/staging-load-test.js
 *
 * With STAGING_RATE_LIMIT_KEY staging does not limit it; without, it stays below what staging allows one address. k6's own
 * options shorten it: `--vus 3 --duration 20s`.
 */
import { check, group, sleep } from 'k6';
import exec from 'k6/execution';
import http from 'k6/http';
import { Counter } from 'k6/metrics';
import { junit, table, toleratedShare } from './summary.js';

const address = __ENV.STAGING_URL || 'http://localhost:8081';
const key = __ENV.STAGING_RATE_LIMIT_KEY || '';
const tenant = 'tenant-test';
const email = 'qa@azals.test';
// Every record of this test begins with it, so that it is known whose it is.
const mark = 'Essai de charge';

/** Answers that say that this address has sent too much: then it was not staging that was measured. */
const limited = new Counter('limited');

// An iteration sends 4 to 8 requests in about 4 s. Without a key it is 3 people, who stay below 500 requests a minute.
const people = key ? 25 : 3;

export const options = {
  stages: [
    { duration: '20s', target: people },
    { duration: '1m40s', target: people },
    { duration: '10s', target: 0 },
  ],
  thresholds: {
    checks: [`rate>${1 - toleratedShare}`],
    http_req_failed: [`rate<${toleratedShare}`],
    limited: ['count<1'],
    http_req_duration: ['p(95)<500', 'p(99)<1500'],
    'http_req_duration{page:list}': ['p(95)<500'],
    'http_req_duration{page:write}': ['p(95)<800'],
    'http_req_duration{page:frontend}': ['p(95)<300'],
  },
  summaryTrendStats: ['avg', 'med', 'p(95)', 'p(99)', 'max'],
  setupTimeout: '30s',
  teardownTimeout: '60s',
};

/** Signs in once, as argon2 is slow on purpose; removes what a run that was killed has left. */
export function setup() {
  const reached = http.get(`${address}/healthz`, withHeaders());
  if (reached.status !== 200)
    exec.test.abort(`${address} cannot be reached: is staging up, and STAGING_URL its address?`);
  if (key && reached.headers['X-Rate-Limit'] !== 'none')
    exec.test.abort(
      `${address} does not know the key in STAGING_RATE_LIMIT_KEY: docs/operations.md, section Suites, says how a staging gets one.`,
    );
  const password = __ENV.TEST_TENANT_PASSWORD;
  if (!password)
    exec.test.abort(
      `TEST_TENANT_PASSWORD is not set: the password of ${email} in the tenant ${tenant}. docs/operations.md, section Suites, says where it comes from.`,
    );
  const signedIn = http.post(
    `${address}/api/v1/auth/login`,
    JSON.stringify({ email, password }),
    withHeaders({ 'X-Tenant-ID': tenant, 'Content-Type': 'application/json' }),
  );
  if (signedIn.status !== 200)
    exec.test.abort(
      `${email} cannot sign in to ${tenant} (${signedIn.status}): is the test tenant there (scripts/provision_test_tenant.py), and TEST_TENANT_PASSWORD its password?`,
    );
  const session = { token: signedIn.json('access_token'), name: `${mark} ${Date.now()}` };
  const anHourAgo = Date.now() - 3600000;
  remove(session, (customer) => Date.parse(customer.created_at) < anHourAgo);
  return session;
}

/** What one person does: opens the page, looks at the list, reads; every third one adds and removes a customer. */
export default function person(session) {
  group('page', () => {
    expect(http.get(`${address}/clients`, withHeaders({}, 'frontend')), 200, 'page');
    expect(http.get(`${address}/version.json`, withHeaders({}, 'frontend')), 200, 'version');
  });
  sleep(thinking());
  const listed = http.get(`${customers}?limit=20`, asUser(session, 'list'));
  expect(listed, 200, 'list');
  sleep(thinking());
  const first = listed.status === 200 ? listed.json('items.0.id') : undefined;
  // Another person may have deleted it meanwhile, beside whom this runs.
  if (first)
    expect(
      http.get(`${customers}/${first}`, asUser(session, 'read', [200, 404])),
      [200, 404],
      'read',
    );
  if (exec.scenario.iterationInTest % 3 === 0) write(session);
  sleep(thinking());
}

/** Removes what a person had not removed when the time was over. */
export function teardown(session) {
  remove(session, ({ name }) => name.startsWith(session.name));
}

/** The result for people, and as JUnit XML and JSON for programs. */
export function handleSummary(data) {
  return {
    stdout: table(
      data,
      key ? 'not limited by staging' : 'below the limit of staging, without its key',
    ),
    [report('load.xml')]: junit(data),
    [report('load.json')]: JSON.stringify(data.metrics, null, 2),
  };
}

const customers = `${address}/api/v1/customers`;

function write(session) {
  const fields = JSON.stringify({
    name: `${session.name} ${exec.vu.idInTest}-${exec.vu.iterationInScenario}`,
    city: 'Le Mans',
  });
  const created = http.post(customers, fields, asUser(session, 'write'));
  if (!expect(created, 201, 'create')) return;
  const one = `${customers}/${created.json('id')}`;
  expect(http.put(one, fields, asUser(session, 'write')), 200, 'change');
  expect(http.del(one, null, asUser(session, 'write')), 204, 'delete');
}

function expect(response, statuses, what) {
  if (response.status === 429) limited.add(1);
  const wanted = [statuses].flat();
  return check(response, {
    [`${what}: ${wanted.join(' or ')}`]: ({ status }) => wanted.includes(status),
  });
}

function remove(session, chosen) {
  const kept = [];
  for (let offset = 0; ; ) {
    const answer = http.get(`${customers}?limit=200&offset=${offset}`, asUser(session, 'clean-up'));
    if (answer.status !== 200) return;
    const { items, total } = answer.json();
    kept.push(...items.filter(({ name }) => name.startsWith(mark)).filter(chosen));
    offset += items.length;
    if (items.length === 0 || offset >= total) break;
  }
  for (const { id } of kept)
    http.del(`${customers}/${id}`, null, asUser(session, 'clean-up', [204, 404]));
}

function asUser({ token }, page, statuses) {
  const own = {
    'X-Tenant-ID': tenant,
    Authorization: `Bearer ${token}`,
    'Content-Type': 'application/json',
  };
  return withHeaders(own, page, statuses);
}

function withHeaders(headers = {}, page = 'set-up', statuses = []) {
  const limit = key ? { 'X-Rate-Limit-Key': key } : {};
  return {
    headers: { ...headers, ...limit },
    // One name for all records: their ids would make a series of each.
    tags: { page, name: page },
    ...(statuses.length > 0 ? { responseCallback: http.expectedStatuses(...statuses) } : {}),
  };
}

/** Seconds that somebody looks at what is there. */
function thinking() {
  return 0.7 + Math.random() * 1.3;
}

function report(name) {
  return import.meta.resolve(`../../reports/${name}`).replace('file://', '');
}

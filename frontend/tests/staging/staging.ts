/** Where the suite finds staging, and as whom it signs in. */

/** The address people open. */
export const address: string = process.env.STAGING_URL || 'http://localhost:8081';

/** The user of both test tenants. */
export const email = 'qa@azals.test';
export const tenant = 'tenant-test';
export const otherTenant = 'tenant-test-2';

/** Every record of this suite begins with it, so that it is known whose it is. */
export const mark = 'Essai navigateur';

/** With it, nginx does not limit the suite's requests; empty where there is none. */
export const rateLimitKey: string = process.env.STAGING_RATE_LIMIT_KEY ?? '';

/** The test user's password. Throws where the environment does not say it. */
export function password(): string {
  const { TEST_TENANT_PASSWORD } = process.env;
  if (TEST_TENANT_PASSWORD) return TEST_TENANT_PASSWORD;
  throw new Error(
    `TEST_TENANT_PASSWORD is not set: the password of ${email} in the tenant ${tenant}. docs/operations.md, section Suites, says where it comes from.`,
  );
}

/** What every request to staging carries. */
export const headers: Readonly<Record<string, string>> = rateLimitKey
  ? { 'X-Rate-Limit-Key': rateLimitKey }
  : {};

import { randomBytes } from 'node:crypto';
import {
  test as base,
  expect,
  type Locator,
  type Page,
  type PlaywrightWorkerArgs,
} from '@playwright/test';
import { CustomersApi, type Session } from './customers-api.ts';
import { address, mark, otherTenant, tenant } from './staging.ts';

interface ForTest {
  /** The statuses of refusals that the test brings about: the browser calls them errors in its console. */
  readonly refusals: readonly number[];
  /** A name that no other record has; whatever begins with it is deleted after the test. */
  readonly name: string;
  /** A page of the signed-in user of the test tenant, on the list of customers. */
  readonly signedIn: Page;
}

interface ForWorker {
  /** The customers of the test tenant. */
  readonly own: CustomersApi;
  /** Those of the second one. */
  readonly others: CustomersApi;
}

export { expect };

/** Playwright's `test`, with a page that fails on errors in its console and on requests to elsewhere. */
export const test = base.extend<ForTest, ForWorker>({
  own: [signedInTo(tenant), { scope: 'worker' }],
  others: [signedInTo(otherTenant), { scope: 'worker' }],

  name: async ({ own, others }, use) => {
    const name = `${mark} ${randomBytes(6).toString('hex')}`;
    await use(name);
    for (const customers of [own, others])
      for (const { id } of await customers.named(name)) await customers.delete(id);
  },

  refusals: [[], { option: true }],

  page: async ({ page, refusals }, use) => {
    const wrong: string[] = [];
    const brought = refusals.map((status) => `the server responded with a status of ${status}`);
    page.on('pageerror', (error) => wrong.push(`uncaught: ${error.message}`));
    page.on('console', (message) => {
      const text = message.text();
      if (message.type() === 'error' && !brought.some((each) => text.includes(each)))
        wrong.push(text);
    });
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (protocol.startsWith('http') && origin !== new URL(address).origin)
        wrong.push(`request to ${origin}`);
    });
    await use(page);
    expect(wrong, 'errors in the console, requests to elsewhere').toEqual([]);
  },

  signedIn: async ({ page, own }, use) => {
    await beginSession(page, own.session);
    await use(page);
  },
});

/** Puts a session in the tab, as signing in does, and opens the list of customers. */
export async function beginSession(page: Page, session: Session): Promise<void> {
  await page.goto('/connexion');
  await page.evaluate(
    (value) => sessionStorage.setItem('azals.session', value),
    JSON.stringify(session),
  );
  await page.goto('/clients');
  await expect(page.getByRole('heading', { name: 'Clients' })).toBeVisible();
}

/** The row of a customer in the list, on whichever page of it the row is. */
export async function rowOf(page: Page, name: string): Promise<Locator> {
  const row = page.getByRole('row').filter({ hasText: name });
  const next = page.getByRole('link', { name: 'Page suivante' });
  await expect(page.getByRole('navigation', { name: 'Pagination' })).toBeVisible();
  while ((await row.count()) === 0 && (await next.count()) > 0) {
    const before = page.url();
    await next.click();
    await expect(page).not.toHaveURL(before);
    await expect(page.getByText('Chargement des clients…')).toBeHidden();
  }
  await expect(row).toBeVisible();
  return row;
}

type UseCustomers = (customers: CustomersApi) => Promise<void>;

function signedInTo(slug: string) {
  return async ({ playwright }: PlaywrightWorkerArgs, use: UseCustomers) => {
    const request = await playwright.request.newContext({ baseURL: address });
    const customers = await CustomersApi.signIn(request, slug);
    await customers.deleteLeftovers();
    await use(customers);
    await request.dispose();
  };
}

import { beginSession, expect, rowOf, test } from './fixtures.ts';
import { otherTenant, tenant } from './staging.ts';

test.use({ refusals: [404] });

test('two tenants side by side: each sees its own customers, and the address of the other’s leads nowhere', async ({
  signedIn: page,
  browser,
  own,
  others,
  name,
}) => {
  const ours = await own.create({ name: `${name} à nous` });
  const theirs = await others.create({ name: `${name} à eux` });
  await page.reload();
  await rowOf(page, ours.name);
  await expect(page.getByRole('banner').getByText(tenant, { exact: true })).toBeVisible();

  await using context = await browser.newContext();
  const theirPage = await context.newPage();
  await beginSession(theirPage, others.session);
  await expect(theirPage.getByRole('banner').getByText(otherTenant, { exact: true })).toBeVisible();
  await rowOf(theirPage, theirs.name);
  await expect(theirPage.getByRole('row').filter({ hasText: ours.name })).toHaveCount(0);

  await theirPage.goto(`/clients/${ours.id}`);
  await expect(theirPage.getByRole('heading', { name: 'Client introuvable' })).toBeVisible();
  await page.goto(`/clients/${theirs.id}`);
  await expect(page.getByRole('heading', { name: 'Client introuvable' })).toBeVisible();
});

import { expect, rowOf, test } from './fixtures.ts';

test('a customer is created, found, changed and deleted', async ({ signedIn: page, name }) => {
  await page.getByRole('link', { name: 'Nouveau client' }).click();
  await page.getByLabel('Nom').fill(name);
  await page.getByLabel('Adresse e-mail').fill('essai@navigateur.test');
  await page.getByLabel('Ville').fill('Saint-Étienne');
  await page.getByRole('button', { name: 'Créer le client' }).click();
  await expect(page.getByText(`Le client « ${name} » a été créé.`)).toBeVisible();

  const row = await rowOf(page, name);
  await expect(row).toContainText('essai@navigateur.test');
  await row.getByRole('link', { name: `Modifier ${name}` }).click();

  await expect(page.getByLabel('Ville')).toHaveValue('Saint-Étienne');
  await page.getByLabel('Ville').fill('Nîmes');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(page.getByText(`Le client « ${name} » a été enregistré.`)).toBeVisible();

  const changed = await rowOf(page, name);
  await expect(changed).toContainText('Nîmes');
  await changed.getByRole('button', { name: `Supprimer ${name}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Supprimer' }).click();
  await expect(page.getByText(`Le client « ${name} » a été supprimé.`)).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: name })).toHaveCount(0);
});

test('what is not valid is named, and nothing is stored', async ({ signedIn: page, own, name }) => {
  await page.goto('/clients/nouveau');
  await page.getByLabel('Nom').fill(name);
  await page.getByLabel('Adresse e-mail').fill('sans arobase');
  await page.getByRole('button', { name: 'Créer le client' }).click();
  await expect(page.getByText('Saisissez une adresse e-mail complète.')).toBeVisible();
  await expect(page.getByLabel('Adresse e-mail')).toBeFocused();
  expect(await own.named(name)).toEqual([]);
});

test('the address of a customer can be reloaded and passed on', async ({
  signedIn: page,
  own,
  name,
}) => {
  const { id } = await own.create({ name, city: 'Colmar' });
  const opened = await page.goto(`/clients/${id}`);
  expect(opened?.status()).toBe(200);
  await expect(page.getByRole('heading', { name })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name })).toBeVisible();
  await expect(page).toHaveTitle(`${name} · AZALS`);
  await expect(page.getByLabel('Ville')).toHaveValue('Colmar');
});

test('the banner says that page and API are of one commit', async ({ signedIn: page }) => {
  const banner = page.getByRole('complementary', { name: 'Version déployée' });
  await expect(banner.getByText('opérationnelle')).toBeVisible();
  const [interfaceCommit, apiCommit] = await banner.locator('code').allTextContents();
  expect(interfaceCommit).toMatch(/^[0-9a-f]{7}$/);
  expect(apiCommit).toBe(interfaceCommit);
  await expect(banner.getByRole('status')).toHaveAttribute('data-verdict', 'same');
});

test('an address that leads nowhere says so', async ({ signedIn: page }) => {
  await page.goto('/nulle-part');
  await expect(page.getByRole('heading', { name: 'Page introuvable' })).toBeVisible();
  await page.getByRole('link', { name: 'Voir les clients' }).click();
  await expect(page).toHaveURL('/clients');
});

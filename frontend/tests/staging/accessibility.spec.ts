import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, rowOf, test } from './fixtures.ts';

/** What axe finds wrong, in lines that say where. */
async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, impact, help, nodes }) =>
    nodes.map(({ target }) => `${id} (${impact}): ${help}, at ${target.join(' ')}`),
  );
}

test('the sign-in page, also with its errors', async ({ page }) => {
  await page.goto('/connexion');
  await expect(page.getByRole('button', { name: 'Se connecter' })).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await expect(page.getByText('Saisissez votre mot de passe.')).toBeVisible();
  expect(await findings(page)).toEqual([]);
});

test('the list, the dialog over it, and what it says afterwards', async ({
  signedIn: page,
  own,
  name,
}) => {
  await own.create({ name, email: 'essai@navigateur.test', phone: '+33 1 99 00 00 03' });
  await page.reload();
  const row = await rowOf(page, name);
  expect(await findings(page)).toEqual([]);
  await row.getByRole('button', { name: `Supprimer ${name}` }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: 'Supprimer' }).click();
  await expect(page.getByText(`Le client « ${name} » a été supprimé.`)).toBeVisible();
  expect(await findings(page)).toEqual([]);
});

test('a customer, a new one with an error, and an address that leads nowhere', async ({
  signedIn: page,
  own,
  name,
}) => {
  const { id } = await own.create({ name });
  await page.goto(`/clients/${id}`);
  await expect(page.getByRole('heading', { name })).toBeVisible();
  expect(await findings(page)).toEqual([]);

  await page.goto('/clients/nouveau');
  await page.getByRole('button', { name: 'Créer le client' }).click();
  await expect(page.getByText('Saisissez le nom du client.')).toBeVisible();
  expect(await findings(page)).toEqual([]);

  await page.goto('/nulle-part');
  await expect(page.getByRole('heading', { name: 'Page introuvable' })).toBeVisible();
  expect(await findings(page)).toEqual([]);
});

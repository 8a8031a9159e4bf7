import type { Locator, Page } from '@playwright/test';
import { expect, rowOf, test } from './fixtures.ts';
import { email, password, tenant } from './staging.ts';

/** Presses Tab until an element has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let pressed = 0; pressed < 60; pressed += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  await expect(target, 'reached with Tab').toBeFocused();
}

test('signing in needs no mouse', async ({ page }) => {
  await page.goto('/connexion');
  await tabTo(page, page.getByLabel('Entreprise'));
  await page.keyboard.type(tenant);
  await page.keyboard.press('Tab');
  await page.keyboard.type(email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(password());
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Clients' })).toBeFocused();
});

test('the first Tab offers to skip the header', async ({ signedIn: page }) => {
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Aller au contenu' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});

test('a customer is created and deleted without a mouse, and the focus is never lost', async ({
  signedIn: page,
  name,
}) => {
  await tabTo(page, page.getByRole('link', { name: 'Nouveau client' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Nouveau client' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  await expect(page.getByText(`Le client « ${name} » a été créé.`)).toBeVisible();

  const remove = (await rowOf(page, name)).getByRole('button', { name: `Supprimer ${name}` });
  await tabTo(page, remove);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(remove).toBeFocused();

  await page.keyboard.press('Enter');
  await tabTo(page, dialog.getByRole('button', { name: 'Supprimer' }));
  await page.keyboard.press('Enter');
  await expect(page.getByText(`Le client « ${name} » a été supprimé.`)).toBeVisible();
});

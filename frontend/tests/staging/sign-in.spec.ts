import { expect, test } from './fixtures.ts';
import { email, password, tenant } from './staging.ts';

test('whoever asks for a page signs in first, and then sees that page', async ({ page }) => {
  await page.goto('/clients/nouveau');
  await expect(page).toHaveURL('/connexion');
  await page.getByLabel('Entreprise').fill(tenant);
  await page.getByLabel('Adresse e-mail').fill(email);
  await page.getByLabel('Mot de passe').fill(password());
  await page.getByRole('button', { name: 'Se connecter' }).click();

  await expect(page).toHaveURL('/clients/nouveau');
  await expect(page.getByRole('heading', { name: 'Nouveau client' })).toBeVisible();
  await expect(page.getByText(email)).toBeVisible();
});

test.describe(() => {
  test.use({ refusals: [401] });

  test('who is not known is told so, and not what was wrong', async ({ page, name }) => {
    await page.goto('/connexion');
    await page.getByLabel('Entreprise').fill(tenant);
    // Not the test user: ten failures would lock it.
    await page.getByLabel('Adresse e-mail').fill(`${name.replaceAll(' ', '-')}@azals.test`);
    await page.getByLabel('Mot de passe').fill('faux');
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await expect(page.getByRole('alert')).toHaveText(
      'L’entreprise, l’adresse e-mail ou le mot de passe est incorrect.',
    );
  });
});

test('an empty form names what is missing and leads to the first field', async ({ page }) => {
  await page.goto('/connexion');
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await expect(page.getByText('Saisissez votre mot de passe.')).toBeVisible();
  await expect(page.getByLabel('Entreprise')).toBeFocused();
});

test('signing out ends the session of the tab', async ({ signedIn: page }) => {
  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await expect(page.getByText('Vous êtes déconnecté.')).toBeVisible();
  await page.goto('/clients');
  await expect(page).toHaveURL('/connexion');
});

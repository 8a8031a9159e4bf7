import { expect, rowOf, test } from './fixtures.ts';

test('the list is readable on a telephone, and a customer can be created', async ({
  signedIn: page,
  name,
}) => {
  await expectNothingBesideTheScreen();
  await page.getByRole('link', { name: 'Nouveau client' }).tap();
  await expectNothingBesideTheScreen();
  await page.getByLabel('Nom').fill(name);
  await page.getByLabel('Ville').fill('Châteaubriant');
  await page.getByRole('button', { name: 'Créer le client' }).tap();
  await expect(page.getByText(`Le client « ${name} » a été créé.`)).toBeVisible();

  const card = await rowOf(page, name);
  await expect(card).toContainText('Châteaubriant');
  await card.getByRole('button', { name: `Supprimer ${name}` }).tap();
  await expect(page.getByRole('dialog')).toBeInViewport({ ratio: 1 });
  await page.getByRole('dialog').getByRole('button', { name: 'Supprimer' }).tap();
  await expect(page.getByText(`Le client « ${name} » a été supprimé.`)).toBeVisible();

  async function expectNothingBesideTheScreen(): Promise<void> {
    const hidden = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(hidden, 'pixels to the right of the screen').toBe(0);
  }
});

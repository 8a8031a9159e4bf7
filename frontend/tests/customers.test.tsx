import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { ApiServer } from './support/api-server.ts';
import { heading, openSignedIn } from './support/browser.tsx';

test('the list shows each customer, and an empty one invites to add the first', async () => {
  await using api = await ApiServer.start();
  const user = openSignedIn(api, '/clients');
  await screen.findByText('Aucun client pour l’instant');

  api.add({ name: 'Boulangerie Morel', email: 'contact@morel.test', city: 'Lyon' });
  await user.click(screen.getByRole('link', { name: 'Ajouter le premier client' }));
  await user.click(await screen.findByRole('link', { name: 'Annuler' }));

  const row = await screen.findByRole('row', { name: /Boulangerie Morel/ });
  within(row).getByText('contact@morel.test');
  within(row).getByText('Lyon');
});

test('a created customer is in the list, and the page says so', async () => {
  await using api = await ApiServer.start();
  const user = openSignedIn(api, '/clients/nouveau');

  await user.type(await screen.findByLabelText('Nom'), '  Fleurs & Cie ');
  await user.type(screen.getByLabelText(/Adresse e-mail/), 'bonjour@fleurs.test');
  await user.click(screen.getByRole('button', { name: 'Créer le client' }));

  await screen.findByRole('link', { name: 'Fleurs & Cie' });
  screen.getByText('Le client « Fleurs & Cie » a été créé.');
  expect(api.customers).toMatchObject([
    { name: 'Fleurs & Cie', email: 'bonjour@fleurs.test', phone: null, city: null },
  ]);
});

test('a customer without a name is not sent', async () => {
  await using api = await ApiServer.start();
  const user = openSignedIn(api, '/clients/nouveau');

  await user.click(await screen.findByRole('button', { name: 'Créer le client' }));

  const name = screen.getByLabelText('Nom');
  expect(name.getAttribute('aria-invalid')).toBe('true');
  expect(document.activeElement).toBe(name);
  expect(api.customers).toEqual([]);
});

test('a value that only the API refuses is marked', async () => {
  await using api = await ApiServer.start();
  const user = openSignedIn(api, '/clients/nouveau');
  await user.type(await screen.findByLabelText('Nom'), 'Long');
  const detail = [{ loc: ['body', 'name'], msg: 'String too long', type: 'string_too_long' }];
  api.nextAnswer = { status: 422, body: { detail } };

  await user.click(screen.getByRole('button', { name: 'Créer le client' }));

  await screen.findByText('Le serveur a refusé cette valeur.');
  expect(screen.getByLabelText('Nom').getAttribute('aria-invalid')).toBe('true');
});

test('an edited customer is saved', async () => {
  await using api = await ApiServer.start();
  const { id } = api.add({ name: 'Garage Lefèvre', city: 'Brest', phone: '02 98 00 00 00' });
  const user = openSignedIn(api, `/clients/${id}`);

  const city = await screen.findByLabelText(/Ville/);
  expect(city).toHaveProperty('value', 'Brest');
  await user.clear(city);
  await user.type(city, 'Quimper');
  await user.clear(screen.getByLabelText(/Téléphone/));
  await user.click(screen.getByRole('button', { name: 'Enregistrer' }));

  await screen.findByText('Le client « Garage Lefèvre » a été enregistré.');
  expect(api.customers).toMatchObject([{ id, city: 'Quimper', phone: null }]);
});

test('a customer is deleted only after confirmation', async () => {
  await using api = await ApiServer.start();
  api.add({ name: 'À garder' });
  api.add({ name: 'À supprimer' });
  const user = openSignedIn(api, '/clients');

  await user.click(await screen.findByRole('button', { name: 'Supprimer À supprimer' }));
  const dialog = () => screen.getByRole('dialog', { name: /^Supprimer «\sÀ supprimer\s»\s\?$/ });
  await user.click(within(dialog()).getByRole('button', { name: 'Annuler' }));
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(api.customers).toHaveLength(2);

  await user.click(screen.getByRole('button', { name: 'Supprimer À supprimer' }));
  await user.click(within(dialog()).getByRole('button', { name: 'Supprimer' }));
  await screen.findByText('Le client « À supprimer » a été supprimé.');
  await screen.findByText('1 client');
  expect(api.customers).toMatchObject([{ name: 'À garder' }]);
});

test('a failed deletion is said in the dialog, and can be tried again', async () => {
  await using api = await ApiServer.start();
  const { id } = api.add({ name: 'Tenace' });
  const user = openSignedIn(api, `/clients/${id}`);
  await user.click(await screen.findByRole('button', { name: 'Supprimer' }));
  const dialog = screen.getByRole('dialog');
  api.nextAnswer = { status: 500, body: {} };

  await user.click(within(dialog).getByRole('button', { name: 'Supprimer' }));
  expect((await within(dialog).findByRole('alert')).textContent).toMatch(/erreur/);

  await user.click(within(dialog).getByRole('button', { name: 'Supprimer' }));
  await screen.findByText('Le client « Tenace » a été supprimé.');
});

test('a list that cannot be loaded says why and can be tried again', async () => {
  await using api = await ApiServer.start();
  api.add({ name: 'Boulangerie Morel' });
  api.nextAnswer = { status: 200, body: { items: 'none' } };
  const user = openSignedIn(api, '/clients');

  expect((await screen.findByRole('alert')).textContent).toMatch(/forme attendue/);
  await user.click(screen.getByRole('button', { name: 'Réessayer' }));

  await screen.findByText('Boulangerie Morel');
});

test('a long list comes in pages, and deleting the last of a page leads to the one before', async () => {
  await using api = await ApiServer.start();
  for (let number = 1; number <= 21; number++) api.add({ name: `Client ${number}` });
  const user = openSignedIn(api, '/clients');
  await screen.findByText('1 à 20 sur 21 clients');

  await user.click(screen.getByRole('link', { name: 'Page suivante' }));
  await user.click(await screen.findByRole('button', { name: 'Supprimer Client 21' }));
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Supprimer' }));

  await screen.findByText('1 à 20 sur 20 clients');
  screen.getByText('Le client « Client 21 » a été supprimé.');
  await heading('Clients');
});

import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { ApiServer } from './support/api-server.ts';
import { heading, open, openSignedIn } from './support/browser.tsx';

test('a deep link opens its page and names the tab', async () => {
  await using api = await ApiServer.start();
  const { id } = api.add({ name: 'Garage Lefèvre' });
  openSignedIn(api, `/clients/${id}`);

  await heading('Garage Lefèvre');
  expect(document.title).toBe('Garage Lefèvre · AZALS');
  screen.getByText(/Créé le/);
});

test('a page of the list is a deep link too', async () => {
  await using api = await ApiServer.start();
  for (let number = 1; number <= 25; number++) api.add({ name: `Client ${number}` });
  openSignedIn(api, '/clients?page=2');

  await screen.findByText('21 à 25 sur 25 clients');
});

test.each(['8b6f0f0e-1111-4222-8333-944455566677', 'pas-un-identifiant'])(
  'a customer that is not there is said so: %s',
  async (id) => {
    await using api = await ApiServer.start();
    openSignedIn(api, `/clients/${id}`);

    await heading('Client introuvable');
    screen.getByRole('link', { name: 'Voir les clients' });
  },
);

test('an address the application does not have is said so, signed in or not', async () => {
  await using api = await ApiServer.start();
  open(api, '/facturation/2026');

  await heading('Page introuvable');
  expect(document.title).toBe('Page introuvable · AZALS');
});

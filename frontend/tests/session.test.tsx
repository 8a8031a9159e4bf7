import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { ApiServer } from './support/api-server.ts';
import { heading, open, openSignedIn } from './support/browser.tsx';

test('signing out forgets the session and says so', async () => {
  await using api = await ApiServer.start();
  const user = openSignedIn(api, '/clients');

  await user.click(await screen.findByRole('button', { name: 'Se déconnecter' }));

  await heading('Connexion');
  screen.getByText('Vous êtes déconnecté.');
  expect(sessionStorage).toHaveLength(0);
});

test('a session that the API no longer accepts ends with a message', async () => {
  await using api = await ApiServer.start();
  const user = openSignedIn(api, '/clients/nouveau');
  await heading('Nouveau client');
  api.tokens.clear();

  await user.type(screen.getByLabelText('Nom'), 'Trop tard');
  await user.click(screen.getByRole('button', { name: 'Créer le client' }));

  await heading('Connexion');
  screen.getByText(/Votre session a expiré/);
  expect(api.customers).toEqual([]);
});

test('a session past its lifetime is not used at all', async () => {
  await using api = await ApiServer.start();
  const expired = { tenant: 't', email: 'e', token: 'old', expiresAt: Date.now() - 1 };
  sessionStorage.setItem('azals.session', JSON.stringify(expired));
  open(api, '/clients');

  await heading('Connexion');
  screen.getByText(/Votre session a expiré/);
  await waitFor(() => expect(sessionStorage).toHaveLength(0));
});

test('a session written by another version means signing in again', async () => {
  await using api = await ApiServer.start();
  sessionStorage.setItem('azals.session', '{"user":1}');
  open(api, '/clients');

  await heading('Connexion');
});

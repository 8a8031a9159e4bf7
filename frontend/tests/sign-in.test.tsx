import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { ApiServer, account } from './support/api-server.ts';
import { heading, open } from './support/browser.tsx';

async function signInAs(user: ReturnType<typeof open>, form: typeof account) {
  await user.type(await screen.findByLabelText('Entreprise'), form.tenant);
  await user.type(screen.getByLabelText('Adresse e-mail'), form.email);
  await user.type(screen.getByLabelText('Mot de passe'), form.password);
  await user.click(screen.getByRole('button', { name: 'Se connecter' }));
}

test('the right password leads to the customers of the tenant', async () => {
  await using api = await ApiServer.start();
  api.add({ name: 'Boulangerie Morel' });
  const user = open(api, '/');

  await signInAs(user, account);

  await heading('Clients');
  await screen.findByText('Boulangerie Morel');
  screen.getByText('tenant-test');
  expect(window.location.pathname).toBe('/clients');
  expect(document.title).toBe('Clients · AZALS');
});

test('a wrong password is refused, and the form can be used again', async () => {
  await using api = await ApiServer.start();
  const user = open(api, '/connexion');

  await signInAs(user, { ...account, password: 'wrong' });
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toMatch(/mot de passe est incorrect/);
  expect(sessionStorage).toHaveLength(0);

  await user.clear(screen.getByLabelText('Mot de passe'));
  await user.type(screen.getByLabelText('Mot de passe'), `${account.password}{Enter}`);
  await heading('Clients');
});

test('what cannot be right is said beside its field, without asking the API', async () => {
  await using api = await ApiServer.start();
  const user = open(api, '/connexion');

  await signInAs(user, { tenant: 'société', email: 'qa', password: 'x' });

  const tenant = screen.getByLabelText('Entreprise');
  expect(tenant.getAttribute('aria-invalid')).toBe('true');
  expect(document.activeElement).toBe(tenant);
  screen.getByText('Saisissez une adresse e-mail complète.');
});

test('an API that is down is not mistaken for a wrong password', async () => {
  await using api = await ApiServer.start();
  api.nextAnswer = { status: 503, body: {} };
  const user = open(api, '/connexion');

  await signInAs(user, account);

  expect((await screen.findByRole('alert')).textContent).toMatch(/indisponible/);
});

test('a deep link survives the sign-in', async () => {
  await using api = await ApiServer.start();
  const { id } = api.add({ name: 'Garage Lefèvre' });
  const user = open(api, `/clients/${id}`);
  await heading('Connexion');

  await signInAs(user, account);

  await heading('Garage Lefèvre');
  expect(window.location.pathname).toBe(`/clients/${id}`);
});

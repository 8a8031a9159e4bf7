import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { ApiServer, commitA, commitB, healthy } from './support/api-server.ts';
import { builtFrom, heading, open } from './support/browser.tsx';

const banner = () => within(screen.getByRole('complementary', { name: 'Version déployée' }));

test('one commit on both sides: environment, versions, commits, and no warning', async () => {
  await using api = await ApiServer.start();
  open(api, '/connexion');

  await banner().findByText('staging');
  const commits = banner().getAllByText('a1b2c3d');
  expect(commits.map((commit) => commit.title)).toEqual([`Commit ${commitA}`, `Commit ${commitA}`]);
  banner().getByText('opérationnelle');
  expect(banner().getByRole('status').textContent).toBe('');
});

test('two commits: says that they differ and shows both', async () => {
  await using api = await ApiServer.start();
  api.health = { status: 200, body: healthy(commitB) };
  open(api, '/connexion');

  await banner().findByText(/n’exécutent pas le même commit/);
  expect(banner().getByText('a1b2c3d').title).toBe(`Commit ${commitA}`);
  expect(banner().getByText('b9e8d7c').title).toBe(`Commit ${commitB}`);
});

test('a page opened before a deploy is asked to reload', async () => {
  await using api = await ApiServer.start();
  api.health = { status: 200, body: healthy(commitB) };
  api.served = builtFrom(commitB);
  open(api, '/connexion');

  await banner().findByText(/Une nouvelle version est en ligne/);
  banner().getByRole('button', { name: 'Recharger' });
});

test('the API is down behind the proxy: says so, and the page still works', async () => {
  await using api = await ApiServer.start();
  api.health = { status: 502, body: 'Bad Gateway' };
  open(api, '/connexion');

  await banner().findByText(/L’API ne répond pas/);
  banner().getByText('environnement inconnu');
  banner().getByText('API sans réponse');
  await heading('Connexion');
});

test('nothing listens at all: says so', async () => {
  const api = await ApiServer.start();
  open(api, '/connexion', builtFrom(commitA));
  await banner().findByText('staging');
  await api[Symbol.asyncDispose]();

  document.dispatchEvent(new Event('visibilitychange'));

  await banner().findByText(/L’API ne répond pas/);
});

test('an unhealthy API answers 503 with its version: says that it is out of order', async () => {
  await using api = await ApiServer.start();
  api.health = { status: 503, body: { ...healthy(commitA), status: 'unhealthy' } };
  open(api, '/connexion');

  await banner().findByText(/L’API signale une panne/);
  banner().getByText('hors service');
});

test('builds without a commit are not said to differ', async () => {
  await using api = await ApiServer.start();
  open(api, '/connexion', { version: '0.0.0-dev', commit: 'unknown' });

  await banner().findByText('a1b2c3d');
  banner().getByText('sans commit');
  expect(banner().getByRole('status').textContent).toBe('');
});

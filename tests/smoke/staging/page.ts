import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const index = `<!doctype html>
<html lang="fr">
  <head>
    <meta charset="utf-8" />
    <title>Clients</title>
    <link rel="icon" href="data:," />
    <script type="module" src="/assets/app.js"></script>
    <link rel="stylesheet" href="/assets/app.css" />
  </head>
  <body><div id="root"></div></body>
</html>
`;

const app = `import { showCustomers } from './list.js';

const root = document.getElementById('root');
root.innerHTML = '<h1>Connexion</h1><form>' +
  '<label>Entreprise <input name="tenant" /></label>' +
  '<label>Mot de passe <input name="password" type="password" /></label>' +
  '<button>Se connecter</button></form>';
root.querySelector('form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = new FormData(event.target);
  const tenant = form.get('tenant');
  const answer = await fetch('/api/v1/auth/login', {
    method: 'POST',
    headers: { 'X-Tenant-ID': tenant, 'Content-Type': 'application/json' },
    body: JSON.stringify({ password: form.get('password') }),
  });
  await showCustomers(root, tenant, (await answer.json()).access_token);
});
`;

const list = `export async function showCustomers(root, tenant, token) {
  const headers = { 'X-Tenant-ID': tenant, Authorization: 'Bearer ' + token };
  const { items } = await (await fetch('/api/v1/customers', { headers })).json();
  root.innerHTML = '<h1>Clients</h1><ul></ul>';
  for (const { name } of items) {
    const line = document.createElement('li');
    line.textContent = name;
    root.querySelector('ul').append(line);
  }
}
`;

/** Writes the single-page application of a commit into a folder, and returns where its files are. */
export async function writePage(folder: string, commit: string): Promise<PageFiles> {
  const file = (name: string) => join(folder, name);
  await mkdir(file('assets'), { recursive: true });
  await writeFile(file('index.html'), index);
  await writeFile(file('version.json'), JSON.stringify({ commit }));
  await writeFile(file('assets/app.js'), app);
  await writeFile(file('assets/list.js'), list);
  await writeFile(file('assets/app.css'), '#root { margin: 2rem; }\n');
  return {
    index: file('index.html'),
    version: file('version.json'),
    script: file('assets/app.js'),
    imported: file('assets/list.js'),
    style: file('assets/app.css'),
  };
}

/** Paths of the page's files. */
export interface PageFiles {
  readonly index: string;
  readonly version: string;
  readonly script: string;
  readonly imported: string;
  readonly style: string;
}

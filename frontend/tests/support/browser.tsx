import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { App } from '../../src/app.tsx';
import type { Build } from '../../src/build-info.ts';
import { type ApiServer, account, commitA } from './api-server.ts';

declare const jsdom: { reconfigure: (settings: { url: string }) => void };

/** Opens an address of the application in a fresh page, as following a link or reloading does. */
export function open(api: ApiServer, path: string, page: Build = builtFrom(commitA)) {
  jsdom.reconfigure({ url: new URL(path, api.url).href });
  window.history.replaceState(null, '');
  render(<App page={page} />);
  return userEvent.setup();
}

/** Opens an address as a user who has signed in before, in the same tab. */
export function openSignedIn(api: ApiServer, path: string) {
  const token = 'token-of-the-tab';
  api.tokens.add(token);
  jsdom.reconfigure({ url: api.url });
  const { tenant, email } = account;
  const session = { tenant, email, token, expiresAt: Date.now() + 3_600_000 };
  sessionStorage.setItem('azals.session', JSON.stringify(session));
  return open(api, path);
}

export function builtFrom(commit: string): Build {
  return { version: '0.1.0', commit };
}

export function heading(name: string) {
  return screen.findByRole('heading', { level: 1, name });
}

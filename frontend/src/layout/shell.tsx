import type { ReactNode } from 'react';
import { Link, NavLink } from 'react-router';
import { routes } from '../routes.ts';
import { useSession } from '../session/session-context.tsx';
import { Brand } from './brand.tsx';

/** The frame around a page: skip link, header with navigation and session, main content. */
export function Shell({ children }: { children: ReactNode }) {
  const { session, end } = useSession();
  return (
    <>
      <a className="skip-link" href="#contenu">
        Aller au contenu
      </a>
      <header className="header">
        <Link className="header-home" to={routes.home}>
          <Brand />
        </Link>
        {session && (
          <>
            <nav aria-label="Navigation principale">
              <NavLink to={routes.customers}>Clients</NavLink>
            </nav>
            <div className="header-session">
              <p>
                <strong>{session.tenant}</strong>
                <span>{session.email}</span>
              </p>
              <button type="button" className="button" onClick={() => end(session, 'signed-out')}>
                Se déconnecter
              </button>
            </div>
          </>
        )}
      </header>
      <main id="contenu" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}

import { createContext, useContext } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { routes } from '../routes.ts';
import { useSession } from './session-context.tsx';
import type { Session } from './session-storage.ts';

const SignedInContext = createContext<Session | null>(null);

/** Shows the routes below it to signed-in users, and sends the others to the sign-in page. */
export function RequireSession() {
  const { session, ending } = useSession();
  const { pathname, search } = useLocation();
  if (session === null) {
    // Whoever signed out meant to leave; anyone else comes back to the page they asked for.
    const state = ending === 'signed-out' ? null : { from: pathname + search };
    return <Navigate to={routes.signIn} replace state={state} />;
  }
  return (
    <SignedInContext value={session}>
      <Outlet />
    </SignedInContext>
  );
}

/** Returns the session of a page below RequireSession. */
export function useSignedIn(): Session {
  const session = useContext(SignedInContext);
  if (session === null) throw new Error('useSignedIn needs a RequireSession route above it.');
  return session;
}

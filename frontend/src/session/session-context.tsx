import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { loadSession, type Session, storeSession } from './session-storage.ts';

/** How the last session ended: the sign-in page says so. */
export type Ending = 'expired' | 'signed-out';

type State = { session: Session | null; ending: Ending | null };

type SessionContextValue = State & {
  begin: (session: Session) => void;
  /** Ends that session; does nothing when another one has begun since. */
  end: (session: Session, ending: Ending) => void;
};

const SessionContext = createContext<SessionContextValue | null>(null);

/** Holds the tab's session and keeps it across reloads. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [state, setState] = useState(initialState);

  const begin = useCallback((session: Session) => {
    storeSession(session);
    setState({ session, ending: null });
  }, []);

  const end = useCallback((session: Session, ending: Ending) => {
    if (loadSession()?.token === session.token) storeSession(null);
    setState((state) => (state.session === session ? { session: null, ending } : state));
  }, []);

  const value = useMemo(() => ({ ...state, begin, end }), [state, begin, end]);
  return <SessionContext value={value}>{children}</SessionContext>;
}

function initialState(): State {
  const session = loadSession();
  if (session === null || session.expiresAt > Date.now()) return { session, ending: null };
  storeSession(null);
  return { session: null, ending: 'expired' };
}

/** Returns the session, if any, and the means to begin and end one. */
export function useSession(): SessionContextValue {
  const value = useContext(SessionContext);
  if (value === null) throw new Error('useSession needs a SessionProvider above it.');
  return value;
}

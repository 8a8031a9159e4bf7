import { useCallback } from 'react';
import { ApiError } from '../api/api-error.ts';
import type { Credentials } from '../api/request.ts';
import { useSignedIn } from './require-session.tsx';
import { useSession } from './session-context.tsx';

/** Returns a function that makes a call as the signed-in user and ends a session the API refuses. */
export function useAuthorized() {
  const session = useSignedIn();
  const { end } = useSession();
  return useCallback(
    async <T>(call: (credentials: Credentials) => Promise<T>): Promise<T> => {
      try {
        return await call({ tenant: session.tenant, token: session.token });
      } catch (error) {
        if (error instanceof ApiError && error.kind === 'unauthorized') end(session, 'expired');
        throw error;
      }
    },
    [session, end],
  );
}

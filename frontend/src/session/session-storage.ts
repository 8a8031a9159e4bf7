import * as z from 'zod/mini';

const sessionSchema = z.object({
  tenant: z.string(),
  email: z.string(),
  token: z.string(),
  expiresAt: z.number(),
});

/** A signed-in user of one tenant; `expiresAt` is in milliseconds since 1970. */
export type Session = z.infer<typeof sessionSchema>;

const key = 'azals.session';

/** Returns this tab's session, expired or not, or null when there is none that can be read. */
export function loadSession(): Session | null {
  const stored = sessionStorage.getItem(key);
  if (stored === null) return null;
  try {
    return sessionSchema.parse(JSON.parse(stored));
  } catch {
    // Written by another version of the application: signing in again replaces it.
    sessionStorage.removeItem(key);
    return null;
  }
}

/** Keeps the session for this tab, or forgets it when null. */
export function storeSession(session: Session | null): void {
  if (session === null) sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, JSON.stringify(session));
}

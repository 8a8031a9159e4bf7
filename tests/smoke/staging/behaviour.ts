/** How one replica of the API behaves; a fault changes some of it. */
export interface Behaviour {
  commit: string;
  /** The revision that its database has. */
  revision: string;
  database: boolean;
  redis: boolean;
  /** Whether its routes ask who is there. */
  authentication: boolean;
  /** Whether a tenant sees only what is its own. */
  isolation: boolean;
  /** How the routes of records answer: as they should, with 500, or with 200 and an error in the body. */
  records: 'right' | '500' | 'error body' | 'lost';
  /** Milliseconds before every answer. */
  delay: number;
  /** Whether the request of this number, counted from 1, is answered with 502. */
  fails: (request: number) => boolean;
  origins: 'own' | 'any' | 'none';
}

/** How it should be. */
export function rightBehaviour(commit: string, revision: string): Behaviour {
  return {
    commit,
    revision,
    database: true,
    redis: true,
    authentication: true,
    isolation: true,
    records: 'right',
    delay: 0,
    fails: () => false,
    origins: 'own',
  };
}

/** Why a call failed, in terms that a page can act on. */
export type FailureKind =
  | 'unreachable'
  | 'unavailable'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'invalid'
  | 'rate-limited'
  | 'server'
  | 'unreadable';

type Details = { status?: number; fields?: readonly string[]; cause?: unknown };

/** A failed call to the API; `fields` are the body's fields that the API refused. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly kind: FailureKind;
  readonly fields: readonly string[];

  constructor(kind: FailureKind, path: string, { status, fields = [], cause }: Details = {}) {
    super(`${path}: ${kind}${status === undefined ? '' : ` (HTTP ${status})`}`, { cause });
    this.kind = kind;
    this.fields = fields;
  }
}

const messages: Record<FailureKind, string> = {
  unreachable: 'Le serveur ne répond pas. Vérifiez votre connexion, puis réessayez.',
  unavailable: 'Le service est momentanément indisponible. Réessayez dans un instant.',
  unauthorized: 'Votre session a expiré. Reconnectez-vous pour continuer.',
  forbidden: 'Vous n’avez pas accès à cet espace.',
  'not-found': 'Cet élément n’existe pas, ou n’existe plus.',
  conflict: 'Un autre enregistrement porte déjà ces valeurs.',
  invalid: 'Le serveur a refusé certaines valeurs. Corrigez-les, puis réessayez.',
  'rate-limited': 'Trop de tentatives en peu de temps. Patientez quelques minutes, puis réessayez.',
  server: 'Le serveur a rencontré une erreur. Réessayez dans un instant.',
  unreadable:
    'La réponse du serveur n’a pas la forme attendue. Une mise à jour est peut-être en cours\u00a0: réessayez dans un instant.',
};

/** Returns the sentence that tells the user what happened and what to do next. */
export function describeFailure(error: unknown): string {
  return error instanceof ApiError ? messages[error.kind] : messages.server;
}

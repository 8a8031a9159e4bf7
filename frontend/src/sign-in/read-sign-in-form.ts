import type { SignInForm } from '../api/auth.ts';
import { isEmail } from '../forms/is-email.ts';

/** Returns what was typed, or a message for each field that cannot be right. */
export function readSignInForm(
  data: FormData,
): { value: SignInForm } | { fields: Record<string, string> } {
  const tenant = String(data.get('tenant')).trim();
  const email = String(data.get('email')).trim();
  const password = String(data.get('password'));
  const fields: Record<string, string> = {};
  // It travels in a header, which takes no accents.
  if (!/^[a-z0-9][a-z0-9_-]*$/i.test(tenant)) {
    fields.tenant = 'Saisissez l’identifiant court\u00a0: lettres sans accent, chiffres et tirets.';
  }
  if (!isEmail(email)) fields.email = 'Saisissez une adresse e-mail complète.';
  if (password === '') fields.password = 'Saisissez votre mot de passe.';
  return Object.keys(fields).length > 0 ? { fields } : { value: { tenant, email, password } };
}

import { Navigate, useLocation } from 'react-router';
import { ApiError, describeFailure, type FailureKind } from '../api/api-error.ts';
import { signIn } from '../api/auth.ts';
import { TextField } from '../forms/text-field.tsx';
import { type FormErrors, useSubmit } from '../forms/use-submit.ts';
import { Message } from '../layout/message.tsx';
import { PageHeading } from '../layout/page-heading.tsx';
import { quoted } from '../layout/quoted.ts';
import { routes } from '../routes.ts';
import { type Ending, useSession } from '../session/session-context.tsx';
import { readSignInForm } from './read-sign-in-form.ts';

const endings: Record<Ending, string> = {
  expired: 'Votre session a expiré. Reconnectez-vous pour continuer.',
  'signed-out': 'Vous êtes déconnecté.',
};

/** Signs a user in to a tenant, then goes to the page they asked for. */
export function SignInPage() {
  const { session, ending, begin } = useSession();
  const { state } = useLocation();
  const { submit, pending, errors } = useSubmit({
    read: readSignInForm,
    send: async (form) => {
      const { token, expiresInSeconds } = await signIn(form);
      const expiresAt = Date.now() + expiresInSeconds * 1000;
      begin({ tenant: form.tenant, email: form.email, token, expiresAt });
    },
    explain: explainRefusal,
  });

  if (session !== null) return <Navigate to={destination(state)} replace />;
  return (
    <section className="panel panel-narrow">
      <PageHeading title="Connexion" />
      {ending && <Message tone="news">{endings[ending]}</Message>}
      <form onSubmit={submit} noValidate>
        <TextField
          name="tenant"
          label="Entreprise"
          hint={`L’identifiant court de votre espace, par exemple ${quoted('dupont-sa')}.`}
          autoComplete="organization"
          error={errors.fields.tenant}
          required
        />
        <TextField
          name="email"
          label="Adresse e-mail"
          type="email"
          autoComplete="username"
          error={errors.fields.email}
          required
        />
        <TextField
          name="password"
          label="Mot de passe"
          type="password"
          autoComplete="current-password"
          error={errors.fields.password}
          required
        />
        {errors.form && <Message tone="error">{errors.form}</Message>}
        <button type="submit" className="button button-primary button-wide" aria-disabled={pending}>
          {pending ? 'Connexion…' : 'Se connecter'}
        </button>
      </form>
    </section>
  );
}

// Which of the three is wrong is nobody's business but the user's.
const refusals: readonly FailureKind[] = ['invalid', 'unauthorized', 'forbidden', 'not-found'];

function explainRefusal(error: unknown): FormErrors {
  const refused = error instanceof ApiError && refusals.includes(error.kind);
  const form = refused
    ? 'L’entreprise, l’adresse e-mail ou le mot de passe est incorrect.'
    : describeFailure(error);
  return { form, fields: {} };
}

function destination(state: unknown): string {
  const from = typeof state === 'object' && state !== null && 'from' in state ? state.from : null;
  return typeof from === 'string' ? from : routes.customers;
}

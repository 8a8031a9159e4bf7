import { useCallback, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { ApiError } from '../api/api-error.ts';
import { type CustomerDraft, readCustomer, updateCustomer } from '../api/customers.ts';
import { useLoad } from '../api/use-load.ts';
import { LoadFailure } from '../layout/load-failure.tsx';
import type { NoticeState } from '../layout/notice.tsx';
import { PageHeading } from '../layout/page-heading.tsx';
import { quoted } from '../layout/quoted.ts';
import { routes } from '../routes.ts';
import { useAuthorized } from '../session/use-authorized.ts';
import { CustomerForm } from './customer-form.tsx';
import { CustomerHistory } from './customer-history.tsx';
import { DeleteCustomerDialog } from './delete-customer-dialog.tsx';

/** Shows one customer, to edit or delete it. */
export function CustomerPage() {
  const { id = '' } = useParams();
  const authorized = useAuthorized();
  const navigate = useNavigate();
  const [deleting, setDeleting] = useState(false);
  const load = useCallback(
    (signal: AbortSignal) => authorized((credentials) => readCustomer(credentials, id, signal)),
    [authorized, id],
  );
  const { state, retry } = useLoad(load);

  if (state.status === 'loading') return <PageHeading title="Client">Chargement…</PageHeading>;
  if (state.status === 'failed') {
    return isMissing(state.error) ? (
      <CustomerNotFound />
    ) : (
      <>
        <PageHeading title="Client" />
        <LoadFailure error={state.error} retry={retry} />
      </>
    );
  }

  const customer = state.value;
  const returnToList = (notice: string) =>
    navigate(routes.customers, { state: { notice } satisfies NoticeState });
  const save = async (draft: CustomerDraft) => {
    await authorized((credentials) => updateCustomer(credentials, id, draft));
    await returnToList(`Le client ${quoted(draft.name)} a été enregistré.`);
  };

  return (
    <>
      <PageHeading title={customer.name} />
      <CustomerForm initial={customer} submitLabel="Enregistrer" save={save}>
        <button
          type="button"
          className="button button-danger-quiet actions-last"
          onClick={() => setDeleting(true)}
        >
          Supprimer
        </button>
      </CustomerForm>
      <CustomerHistory customer={customer} />
      {deleting && (
        <DeleteCustomerDialog
          customer={customer}
          onClose={() => setDeleting(false)}
          onDeleted={returnToList}
        />
      )}
    </>
  );
}

// The API refuses an id that is no UUID as invalid: nothing lives at that address either.
function isMissing(error: unknown): boolean {
  return error instanceof ApiError && (error.kind === 'not-found' || error.kind === 'invalid');
}

function CustomerNotFound() {
  return (
    <section className="panel panel-centred">
      <PageHeading title="Client introuvable" />
      <p>Ce client n’existe pas, ou n’existe plus, dans votre espace.</p>
      <Link className="button button-primary" to={routes.customers}>
        Voir les clients
      </Link>
    </section>
  );
}

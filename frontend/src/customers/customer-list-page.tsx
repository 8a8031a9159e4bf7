import { useCallback, useState } from 'react';
import { Link, Navigate, useLocation, useNavigate, useSearchParams } from 'react-router';
import { type Customer, listCustomers } from '../api/customers.ts';
import { useLoad } from '../api/use-load.ts';
import { LoadFailure } from '../layout/load-failure.tsx';
import { Notice, type NoticeState } from '../layout/notice.tsx';
import { PageHeading } from '../layout/page-heading.tsx';
import { routes } from '../routes.ts';
import { useAuthorized } from '../session/use-authorized.ts';
import { CustomerTable } from './customer-table.tsx';
import { DeleteCustomerDialog } from './delete-customer-dialog.tsx';
import { NoCustomers } from './no-customers.tsx';
import { addressOfPage, lastPage, Pagination, pageSize, readPage } from './pagination.tsx';

/** Lists the tenant's customers, a page at a time. */
export function CustomerListPage() {
  const [search] = useSearchParams();
  const page = readPage(search);
  const location = useLocation();
  const navigate = useNavigate();
  const authorized = useAuthorized();
  const [toDelete, setToDelete] = useState<Customer | null>(null);

  const load = useCallback(
    (signal: AbortSignal) =>
      authorized((credentials) =>
        listCustomers(credentials, { limit: pageSize, offset: (page - 1) * pageSize, signal }),
      ),
    [authorized, page],
  );
  const { state, retry } = useLoad(load);

  if (state.status === 'ready' && page > lastPage(state.value.total)) {
    const { state: notice } = location;
    return <Navigate to={addressOfPage(lastPage(state.value.total))} replace state={notice} />;
  }

  const afterDelete = (notice: string) => {
    setToDelete(null);
    void navigate(addressOfPage(page), { replace: true, state: { notice } satisfies NoticeState });
    retry();
  };

  return (
    <>
      <div className="page-head">
        <PageHeading title="Clients" />
        <Link className="button button-primary" to={routes.newCustomer}>
          Nouveau client
        </Link>
      </div>
      <Notice />
      {state.status === 'loading' && <p className="quiet">Chargement des clients…</p>}
      {state.status === 'failed' && <LoadFailure error={state.error} retry={retry} />}
      {state.status === 'ready' && state.value.total === 0 && <NoCustomers />}
      {state.status === 'ready' && state.value.total > 0 && (
        <>
          <CustomerTable customers={state.value.items} onDelete={setToDelete} />
          <Pagination page={page} total={state.value.total} />
        </>
      )}
      {toDelete && (
        <DeleteCustomerDialog
          customer={toDelete}
          onClose={() => setToDelete(null)}
          onDeleted={afterDelete}
        />
      )}
    </>
  );
}

import { useNavigate } from 'react-router';
import { type CustomerDraft, createCustomer } from '../api/customers.ts';
import type { NoticeState } from '../layout/notice.tsx';
import { PageHeading } from '../layout/page-heading.tsx';
import { quoted } from '../layout/quoted.ts';
import { routes } from '../routes.ts';
import { useAuthorized } from '../session/use-authorized.ts';
import { CustomerForm } from './customer-form.tsx';

/** Creates a customer, then returns to the list. */
export function NewCustomerPage() {
  const authorized = useAuthorized();
  const navigate = useNavigate();

  const save = async (draft: CustomerDraft) => {
    const { name } = await authorized((credentials) => createCustomer(credentials, draft));
    const state: NoticeState = { notice: `Le client ${quoted(name)} a été créé.` };
    await navigate(routes.customers, { state });
  };

  return (
    <>
      <PageHeading title="Nouveau client" />
      <CustomerForm submitLabel="Créer le client" save={save} />
    </>
  );
}

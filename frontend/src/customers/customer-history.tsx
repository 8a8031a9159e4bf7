import type { Customer } from '../api/customers.ts';

const format = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeStyle: 'short' });

/** Says when a customer was created and last changed, in the user's time zone. */
export function CustomerHistory({ customer }: { customer: Customer }) {
  return (
    <p className="quiet">
      Créé le <Moment iso={customer.created_at} />, modifié le <Moment iso={customer.updated_at} />.
    </p>
  );
}

function Moment({ iso }: { iso: string }) {
  return <time dateTime={iso}>{format.format(new Date(iso))}</time>;
}

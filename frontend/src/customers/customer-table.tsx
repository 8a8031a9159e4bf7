import { Link } from 'react-router';
import type { Customer } from '../api/customers.ts';
import { routes } from '../routes.ts';

type CustomerTableProps = {
  customers: readonly Customer[];
  onDelete: (customer: Customer) => void;
};

/** The customers as a table; on a narrow screen each row becomes a card. */
export function CustomerTable({ customers, onDelete }: CustomerTableProps) {
  return (
    <div className="panel panel-flush">
      <table>
        <caption className="visually-hidden">Clients de votre entreprise</caption>
        <thead>
          <tr>
            <th scope="col">Nom</th>
            <th scope="col">Adresse e-mail</th>
            <th scope="col">Téléphone</th>
            <th scope="col">Ville</th>
            <th scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {customers.map((customer) => (
            <CustomerRow key={customer.id} customer={customer} onDelete={onDelete} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CustomerRow({
  customer,
  onDelete,
}: {
  customer: Customer;
  onDelete: CustomerTableProps['onDelete'];
}) {
  const { id, name, email, phone, city } = customer;
  return (
    <tr>
      <th scope="row">
        <Link to={routes.customer(id)}>{name}</Link>
      </th>
      <td data-label="E-mail">{email && <a href={`mailto:${email}`}>{email}</a>}</td>
      <td data-label="Téléphone">
        {phone && <a href={`tel:${phone.replace(/\s/g, '')}`}>{phone}</a>}
      </td>
      <td data-label="Ville">{city}</td>
      <td className="row-actions">
        <Link
          className="button button-small"
          to={routes.customer(id)}
          aria-label={`Modifier ${name}`}
        >
          Modifier
        </Link>
        <button
          type="button"
          className="button button-small button-danger-quiet"
          aria-label={`Supprimer ${name}`}
          onClick={() => onDelete(customer)}
        >
          Supprimer
        </button>
      </td>
    </tr>
  );
}

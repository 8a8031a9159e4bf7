import { Link } from 'react-router';
import { routes } from '../routes.ts';

/** What the list shows to a tenant without customers. */
export function NoCustomers() {
  return (
    <section className="panel panel-centred">
      <h2>Aucun client pour l’instant</h2>
      <p>Les clients de votre entreprise apparaîtront ici.</p>
      <Link className="button" to={routes.newCustomer}>
        Ajouter le premier client
      </Link>
    </section>
  );
}

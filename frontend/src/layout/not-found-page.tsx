import { Link } from 'react-router';
import { routes } from '../routes.ts';
import { PageHeading } from './page-heading.tsx';

/** What an address shows that the application does not have. */
export function NotFoundPage() {
  return (
    <section className="panel panel-centred">
      <PageHeading title="Page introuvable" />
      <p>Cette adresse ne mène à aucune page. Vérifiez-la, ou repartez de la liste des clients.</p>
      <Link className="button button-primary" to={routes.customers}>
        Voir les clients
      </Link>
    </section>
  );
}

import { Link } from 'react-router';
import { routes } from '../routes.ts';

/** How many customers a page of the list holds. */
export const pageSize = 20;

/** Returns the page number in the address; anything but 1 to 9999 is page 1. */
export function readPage(search: URLSearchParams): number {
  const raw = search.get('page') ?? '1';
  return /^[1-9]\d{0,3}$/.test(raw) ? Number(raw) : 1;
}

/** Returns the number of the last page, at least 1. */
export function lastPage(total: number): number {
  return Math.max(1, Math.ceil(total / pageSize));
}

/** Returns the address of a page of the list. */
export function addressOfPage(page: number): string {
  return page === 1 ? routes.customers : `${routes.customers}?page=${page}`;
}

/** Says which part of the list is shown and leads to the pages beside it. */
export function Pagination({ page, total }: { page: number; total: number }) {
  const first = (page - 1) * pageSize + 1;
  const last = Math.min(page * pageSize, total);
  return (
    <nav className="pagination" aria-label="Pagination">
      <p className="quiet">
        {total === 1 ? '1 client' : `${first} à ${last} sur ${total} clients`}
      </p>
      {page > 1 && (
        <Link className="button button-small" to={addressOfPage(page - 1)}>
          Page précédente
        </Link>
      )}
      {page < lastPage(total) && (
        <Link className="button button-small" to={addressOfPage(page + 1)}>
          Page suivante
        </Link>
      )}
    </nav>
  );
}

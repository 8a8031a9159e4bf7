/**
 * Returns the path under which the browser finds the API, from the raw `VITE_API_URL`
 * (missing or empty: `/api`). Throws when it is not a path of the frontend's own origin.
 */
export function readApiPath(raw: string | undefined): string {
  const path = raw || '/api';
  if (!/^\/[^/\s]+(\/[^/\s]+)*$/.test(path)) {
    throw new Error(
      `VITE_API_URL is "${path}", which is not a path such as "/api". ` +
        'The Content-Security-Policy in nginx.conf lets the page call its own origin only: ' +
        'give the path under which the reverse proxy serves the API, without a trailing slash.',
    );
  }
  return path;
}

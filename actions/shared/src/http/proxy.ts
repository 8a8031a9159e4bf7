import { checkBypass } from '@actions/http-client/lib/proxy';

/** What stands between this machine and others. */
export interface HttpProxy {
  /** Without name and password. */
  readonly url: URL;
  /** What signs in there; '' where no name is given. */
  readonly credentials: string;
  /** What an error calls it: with the variable that names it. */
  readonly title: string;
}

/**
 * A proxy that is not named right, cannot be reached, or does not let a request through: the other side was not asked.
 * `code` is the system's, `PROXY_INVALID`, or `PROXY_` with the status that the proxy answered.
 */
export class ProxyFailed extends Error {
  override readonly name = 'ProxyFailed';
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * The proxy for an address, undefined where it is asked directly. The variables (HTTPS_PROXY, HTTP_PROXY, NO_PROXY, in
 * capitals or not) count as they do for GitHub's runner and its own actions: this machine itself is always asked
 * directly. Throws `ProxyFailed` where a variable names no proxy.
 */
export function proxyFor(
  address: URL,
  environment: NodeJS.ProcessEnv = process.env,
): HttpProxy | undefined {
  const name = address.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const given = (environment[name.toLowerCase()] || environment[name])?.trim();
  if (!given || checkBypass(address)) return undefined;
  const url = parse(given);
  if (url === undefined)
    // Its value may hold a password.
    throw new ProxyFailed(
      'PROXY_INVALID',
      `the variable ${name} names no proxy: it has to be an address such as http://proxy.example:3128`,
    );
  const credentials = credentialsOf(url);
  url.username = '';
  url.password = '';
  return { url, credentials, title: `the proxy ${url.origin} (${name})` };
}

/** What signs in at a proxy; nothing where it asks for no name. */
export function proxyHeaders({ credentials }: HttpProxy): Readonly<Record<string, string>> {
  if (credentials === '') return {};
  return { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` };
}

function parse(given: string): URL | undefined {
  // A host and a port alone are taken by curl, and so by those who write them.
  const url = URL.parse(given.includes('://') ? given : `http://${given}`);
  return url !== null && /^https?:$/.test(url.protocol) ? url : undefined;
}

function credentialsOf({ username, password }: URL): string {
  return username === '' && password === '' ? '' : `${decoded(username)}:${decoded(password)}`;
}

/** A percent sign that begins no code stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export const account = { tenant: 'tenant-test', email: 'qa@azals.test', password: 'correct-horse' };
export const commitA = 'a1b2c3d4e5f60718293a4b5c6d7e8f9001122334';
export const commitB = 'b9e8d7c6a5f4030201ffeeddccbbaa9988776655';

type Draft = { name: string; email: string | null; phone: string | null; city: string | null };
type Customer = Draft & { id: string; created_at: string; updated_at: string };
type Answer = { status: number; body?: unknown };

/**
 * The stand-in for reverse proxy and API: the AZALS contract over HTTP, with customers in memory.
 * Its public fields are what a test arranges before, and looks at after.
 */
export class ApiServer implements AsyncDisposable {
  customers: Customer[] = [];
  health: Answer = { status: 200, body: healthy(commitA) };
  served = { version: '0.1.0', commit: commitA };
  /** Tokens that the API still accepts. */
  readonly tokens = new Set<string>();
  /** What the next call to /v1 answers instead of its own answer. */
  nextAnswer: Answer | null = null;
  readonly #server = createServer((request, response) => this.#serve(request, response));

  static async start(): Promise<ApiServer> {
    const api = new ApiServer();
    await new Promise<void>((resolve) => api.#server.listen(0, '127.0.0.1', resolve));
    return api;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  add(draft: Partial<Draft> & { name: string }): Customer {
    const now = '2026-03-02T09:30:00Z';
    const blank = { email: null, phone: null, city: null };
    const customer = { ...blank, ...draft, id: randomUUID(), created_at: now, updated_at: now };
    this.customers.push(customer);
    return customer;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, body } = await this.#answer(request);
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
    if (pathname === '/version.json') return { status: 200, body: this.served };
    if (pathname === '/api/health') return this.health;
    if (!pathname.startsWith('/api/v1/')) return { status: 404, body: { detail: 'Not Found' } };

    const prepared = this.nextAnswer;
    this.nextAnswer = null;
    if (prepared) return prepared;
    const tenant = request.headers['x-tenant-id'];
    if (!tenant) return { status: 400, body: { detail: 'X-Tenant-ID is missing' } };
    if (pathname === '/api/v1/auth/login') return this.#logIn(tenant, await json(request));

    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    if (!this.tokens.has(token)) return { status: 401, body: { detail: 'Not authenticated' } };
    const [, id] = /^\/api\/v1\/customers(?:\/([^/]+))?$/.exec(pathname) ?? [];
    if (id) return this.#one(request, id);
    return this.#collection(request, searchParams);
  }

  #logIn(tenant: unknown, body: unknown): Answer {
    const { email, password } = body as Record<string, unknown>;
    const right =
      tenant === account.tenant && email === account.email && password === account.password;
    if (!right) return { status: 401, body: { detail: 'Invalid credentials' } };
    const token = randomUUID();
    this.tokens.add(token);
    return {
      status: 200,
      body: { access_token: token, token_type: 'bearer', expires_in: 3600 },
    };
  }

  async #collection(request: IncomingMessage, search: URLSearchParams): Promise<Answer> {
    if (request.method === 'POST') {
      return { status: 201, body: this.add((await json(request)) as Draft) };
    }
    const offset = Number(search.get('offset'));
    const items = this.customers.slice(offset, offset + Number(search.get('limit')));
    return { status: 200, body: { items, total: this.customers.length } };
  }

  async #one(request: IncomingMessage, id: string): Promise<Answer> {
    const customer = this.customers.find((candidate) => candidate.id === id);
    if (!customer) return { status: 404, body: { detail: 'Customer not found' } };
    if (request.method === 'DELETE') {
      this.customers = this.customers.filter((other) => other !== customer);
      return { status: 204 };
    }
    if (request.method === 'PUT') Object.assign(customer, await json(request));
    return { status: 200, body: customer };
  }
}

export function healthy(commit: string) {
  return {
    status: 'healthy',
    version: '0.1.0',
    commit,
    environment: 'staging',
    uptime_seconds: 12.5,
    components: [{ name: 'database', status: 'healthy' }],
  };
}

import type { APIRequestContext } from '@playwright/test';
import { email, headers, mark, password } from './staging.ts';

/** The session of a signed-in user as the application keeps it in its tab. */
export interface Session {
  readonly tenant: string;
  readonly email: string;
  readonly token: string;
  readonly expiresAt: number;
}

export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly created_at: string;
}

/** The customers of one tenant, over the API: what tests begin with, and what they leave. */
export class CustomersApi {
  readonly session: Session;
  readonly #request: APIRequestContext;

  private constructor(request: APIRequestContext, session: Session) {
    this.#request = request;
    this.session = session;
  }

  /** Signs in to a tenant. Throws where staging refuses it. */
  static async signIn(request: APIRequestContext, tenant: string): Promise<CustomersApi> {
    const answer = await request.post('/api/v1/auth/login', {
      headers: { ...headers, 'X-Tenant-ID': tenant },
      data: { email, password: password() },
    });
    if (!answer.ok())
      throw new Error(
        `${email} cannot sign in to ${tenant} (${answer.status()}): is the test tenant there (scripts/provision_test_tenant.py), and TEST_TENANT_PASSWORD its password?`,
      );
    const { access_token: token, expires_in: seconds } = await answer.json();
    return new CustomersApi(request, {
      tenant,
      email,
      token,
      expiresAt: Date.now() + seconds * 1000,
    });
  }

  /** Creates a customer. */
  async create(fields: Readonly<Record<string, string>>): Promise<Customer> {
    const answer = await this.#send('post', '', fields);
    return await answer.json();
  }

  /** Deletes a customer; one that is gone already is no failure. */
  async delete(id: string): Promise<void> {
    await this.#send('delete', `/${id}`);
  }

  /** Every customer whose name begins like this. */
  async named(beginning: string): Promise<Customer[]> {
    const found: Customer[] = [];
    for (let offset = 0, total = 1; offset < total; offset += 200) {
      const answer = await this.#send('get', `?limit=200&offset=${offset}`);
      const page: { items: Customer[]; total: number } = await answer.json();
      found.push(...page.items.filter(({ name }) => name.startsWith(beginning)));
      total = page.total;
    }
    return found;
  }

  /** Deletes what a run that was killed has left; what is younger may belong to one that goes on. */
  async deleteLeftovers(): Promise<void> {
    const anHourAgo = Date.now() - 3_600_000;
    for (const { id, created_at } of await this.named(mark))
      if (Date.parse(created_at) < anHourAgo) await this.delete(id);
  }

  async #send(method: 'get' | 'post' | 'delete', path: string, data?: object) {
    const { tenant, token } = this.session;
    const answer = await this.#request[method](`/api/v1/customers${path}`, {
      headers: { ...headers, 'X-Tenant-ID': tenant, Authorization: `Bearer ${token}` },
      ...(data ? { data } : {}),
    });
    if (!answer.ok() && !(method === 'delete' && answer.status() === 404))
      throw new Error(`${method.toUpperCase()} ${path || '/'} of customers: ${answer.status()}`);
    return answer;
  }
}

import * as z from 'zod/mini';
import { type Credentials, request } from './request.ts';

const customerSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.nullable(z.string()),
  phone: z.nullable(z.string()),
  city: z.nullable(z.string()),
  created_at: z.iso.datetime({ offset: true }),
  updated_at: z.iso.datetime({ offset: true }),
});

const customerPageSchema = z.object({
  items: z.array(customerSchema),
  total: z.int().check(z.nonnegative()),
});

/** A customer as the API returns it; times are ISO 8601 with an offset. */
export type Customer = z.infer<typeof customerSchema>;
export type CustomerPage = z.infer<typeof customerPageSchema>;
/** What the user can write of a customer. */
export type CustomerDraft = Pick<Customer, 'name' | 'email' | 'phone' | 'city'>;

const collection = '/v1/customers';
const item = (id: string) => `${collection}/${encodeURIComponent(id)}`;

/** Returns one slice of the tenant's customers and how many there are; throws ApiError. */
export function listCustomers(
  credentials: Credentials,
  { limit, offset, signal }: { limit: number; offset: number; signal?: AbortSignal },
): Promise<CustomerPage> {
  const path = `${collection}?limit=${limit}&offset=${offset}`;
  return request({ path, credentials, signal, schema: customerPageSchema });
}

/** Returns one customer; throws ApiError, `not-found` for another tenant's too. */
export function readCustomer(
  credentials: Credentials,
  id: string,
  signal?: AbortSignal,
): Promise<Customer> {
  return request({ path: item(id), credentials, signal, schema: customerSchema });
}

/** Creates a customer and returns it; throws ApiError. */
export function createCustomer(credentials: Credentials, body: CustomerDraft): Promise<Customer> {
  return request({ method: 'POST', path: collection, credentials, body, schema: customerSchema });
}

/** Replaces what the user can write of a customer and returns it; throws ApiError. */
export function updateCustomer(
  credentials: Credentials,
  id: string,
  body: CustomerDraft,
): Promise<Customer> {
  return request({ method: 'PUT', path: item(id), credentials, body, schema: customerSchema });
}

/** Deletes a customer; throws ApiError. */
export async function deleteCustomer(credentials: Credentials, id: string): Promise<void> {
  await request({ method: 'DELETE', path: item(id), credentials, schema: z.undefined() });
}

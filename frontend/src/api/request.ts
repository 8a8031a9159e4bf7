import * as z from 'zod/mini';
import { apiPath } from '../build-info.ts';
import { ApiError, type FailureKind } from './api-error.ts';

// Zod would otherwise try `new Function`, which the Content-Security-Policy refuses and reports.
z.config({ jitless: true });

const timeoutMilliseconds = 15_000;

/** Who is asking: the tenant goes into X-Tenant-ID, the token into Authorization. */
export type Credentials = { tenant: string; token?: string };

type Call<Schema extends z.ZodMiniType> = {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  schema: Schema;
  credentials?: Credentials;
  body?: unknown;
  signal?: AbortSignal | undefined;
  /** A status other than 2xx whose body is an answer too. */
  alsoAccept?: number;
};

/** Calls the API and returns the validated body; throws ApiError, or the signal's AbortError. */
export async function request<Schema extends z.ZodMiniType>(
  call: Call<Schema>,
): Promise<z.infer<Schema>> {
  const response = await send(`${apiPath}${call.path}`, call);
  if (!response.ok && response.status !== call.alsoAccept) {
    throw await failureOf(call.path, response);
  }
  return parseBody(response, call.path, call.schema);
}

/** Returns the validated JSON of a response (`undefined` for 204); throws ApiError `unreadable`. */
export async function parseBody<Schema extends z.ZodMiniType>(
  response: Response,
  path: string,
  schema: Schema,
): Promise<z.infer<Schema>> {
  try {
    return schema.parse(response.status === 204 ? undefined : await response.json());
  } catch (cause) {
    throw new ApiError('unreadable', path, { status: response.status, cause });
  }
}

/** Fetches a path of the page's own origin; throws ApiError `unreachable`, or the signal's AbortError. */
export async function send(
  path: string,
  { method = 'GET', credentials, body, signal }: Partial<Call<z.ZodMiniType>>,
): Promise<Response> {
  const timeout = AbortSignal.timeout(timeoutMilliseconds);
  try {
    return await fetch(new URL(path, window.location.origin), {
      method,
      headers: headersOf(credentials, body),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      cache: 'no-store',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError('unreachable', path, { cause });
  }
}

function headersOf(credentials: Credentials | undefined, body: unknown): Headers {
  const headers = new Headers({ Accept: 'application/json' });
  if (body !== undefined) headers.set('Content-Type', 'application/json');
  if (credentials) headers.set('X-Tenant-ID', credentials.tenant);
  if (credentials?.token) headers.set('Authorization', `Bearer ${credentials.token}`);
  return headers;
}

const kindsByStatus: Partial<Record<number, FailureKind>> = {
  400: 'invalid',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  422: 'invalid',
  429: 'rate-limited',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
};

// FastAPI names the refused field last in `loc`: ["body", "email"].
const refusalSchema = z.object({
  detail: z.array(z.object({ loc: z.array(z.union([z.string(), z.number()])) })),
});

async function failureOf(path: string, response: Response): Promise<ApiError> {
  const { status } = response;
  const body = refusalSchema.safeParse(await response.json().catch(() => undefined));
  const fields = body.success ? body.data.detail.map(({ loc }) => String(loc.at(-1))) : [];
  return new ApiError(kindsByStatus[status] ?? 'server', path, { status, fields });
}

import type { HttpRequest } from '../checks/types.ts';
import { fill, type Values } from '../placeholders.ts';
import type { PlainRequest } from './ask.ts';

/** The request as it is sent, with values in the place of the placeholders. */
export function plainRequest(request: HttpRequest, values: Values): PlainRequest {
  const { path, method = 'GET', headers = {}, body } = request;
  return {
    method,
    path: fill(path, values),
    headers: fill(headers, values),
    ...(body !== undefined && { body: JSON.stringify(fill(body, values)) }),
  };
}

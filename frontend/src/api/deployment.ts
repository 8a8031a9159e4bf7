import * as z from 'zod/mini';
import type { Build } from '../build-info.ts';
import { parseBody, request, send } from './request.ts';

const buildSchema = z.object({ version: z.string(), commit: z.string() });

const healthSchema = z.object({
  version: z.string(),
  commit: z.string(),
  status: z.enum(['healthy', 'degraded', 'unhealthy']),
  environment: z.string(),
});

/** What the API says of itself. */
export type Health = z.infer<typeof healthSchema>;

/** Returns the API's health; an unhealthy API (503) answers too. Throws ApiError. */
export function readHealth(signal: AbortSignal): Promise<Health> {
  return request({ path: '/health', signal, schema: healthSchema, alsoAccept: 503 });
}

/** Returns the build of the frontend that is served now, maybe newer than this page; throws ApiError. */
export async function readServedBuild(signal: AbortSignal): Promise<Build> {
  const path = '/version.json';
  return parseBody(await send(path, { signal }), path, buildSchema);
}

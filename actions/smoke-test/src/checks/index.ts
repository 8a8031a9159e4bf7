/**
 * The checks of the action smoke-test as typed data, for the settings of a project. Nothing here needs the action: what
 * comes out is JSON.
 */
export type { Application } from './application.ts';
export { applicationChecks } from './application.ts';
export {
  browser,
  command,
  containers,
  latency,
  page,
  rateLimit,
  request,
  sequence,
  tls,
} from './build.ts';
export { checksSchema } from './schema.ts';
export type * from './types.ts';

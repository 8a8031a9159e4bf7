import { containers, latency, page, rateLimit, request } from './build.ts';
import type { SmokeCheck } from './types.ts';

/**
 * What differs between applications of one shape: an API and a single-page application behind a proxy. Paths of the API
 * are given without `api`, the others as people ask for them. What an application does not have is `false`.
 */
export interface Application {
  /** The Compose services that are to blame. */
  readonly services?: {
    readonly api?: string;
    readonly page?: string;
    readonly proxy?: string;
  };
  /** What the API's paths begin with: `/api`. */
  readonly api?: string;
  /** The API's health: JSON with `/commit` and `/status`. */
  readonly health?: string | false;
  /** The API's readiness: 200 when it can serve requests. */
  readonly readiness?: string | false;
  /** Where readiness, or another path of the API, tells the schema's revision: a JSON pointer. */
  readonly schema?: string | false;
  /** The page's own version: JSON with `/commit`. */
  readonly version?: string | false;
  /** Addresses of the page's own views. */
  readonly deepLinks?: readonly string[];
  /** An address below the folder of assets that does not exist. */
  readonly missingAsset?: string | false;
  /** A route of the API that wants a token, and headers that it wants besides. */
  readonly protectedRoute:
    | { readonly path: string; readonly headers?: Readonly<Record<string, string>> }
    | false;
  /** A route of the API that does not exist. */
  readonly unknownRoute?: string | false;
  readonly documentation?: string | false;
  readonly openapi?: string | false;
  /** What the public must not see: 404. */
  readonly hidden?: readonly string[];
  /** `{origin}`, the application's own, where it is not given. */
  readonly allowedOrigin?: string | false;
  readonly foreignOrigin?: string;
  /** Headers of every answer; by default the ones that browsers heed without doing harm. */
  readonly securityHeaders?: Readonly<Record<string, string | { readonly pattern: string }>>;
  /** Milliseconds for 95 of 100 answers of the API's health. */
  readonly p95?: number | false;
  /** Within how many requests one client is refused. */
  readonly rateLimit?: number | false;
}

/** The checks that an application of this shape has to pass, whatever it is about. */
export function applicationChecks(application: Application): SmokeCheck[] {
  const shape = { ...defaults, ...application, services: { ...services, ...application.services } };
  return [
    containers({ name: 'The containers run what was built' }),
    ...apiChecks(shape),
    ...pageChecks(shape),
    ...accessChecks(shape),
    ...limitChecks(shape),
  ];
}

const services = { api: 'api', page: 'frontend', proxy: 'nginx' };

const defaults = {
  api: '/api',
  health: '/health',
  readiness: '/health/ready',
  schema: '/schema/current',
  version: '/version.json',
  deepLinks: [],
  missingAsset: '/assets/no-such-asset.js',
  unknownRoute: '/no-such-route',
  documentation: '/docs',
  openapi: '/openapi.json',
  hidden: [],
  allowedOrigin: '{origin}',
  foreignOrigin: 'https://foreign.example',
  securityHeaders: {
    'x-content-type-options': 'nosniff',
    'x-frame-options': { pattern: '^(?:DENY|SAMEORIGIN)$' },
  },
  p95: 1000,
  rateLimit: false,
} as const satisfies Omit<Application, 'protectedRoute'>;

type Shape = Omit<Required<Application>, 'services'> & { readonly services: typeof services };

function apiChecks({ api, health, readiness, schema, services }: Shape): SmokeCheck[] {
  const service = services.api;
  return [
    ...(health === false
      ? []
      : [
          request({
            name: 'API runs this commit',
            service,
            path: api + health,
            // Which commit it is matters most when it is not well.
            status: [200, 503],
            json: { '/commit': '{commit}' },
          }),
          request({
            name: 'API is healthy',
            service,
            path: api + health,
            status: 200,
            json: { '/status': { 'one-of': ['healthy', 'degraded'] } },
          }),
          request({
            name: 'Nothing of the API is degraded',
            severity: 'warning',
            service,
            path: api + health,
            status: 200,
            json: { '/status': 'healthy' },
          }),
        ]),
    ...(readiness === false
      ? []
      : [request({ name: 'API is ready', service, path: api + readiness, status: 200 })]),
    ...(readiness === false || schema === false
      ? []
      : [
          request({
            name: 'The schema is the one that the migration left',
            service,
            path: api + readiness,
            status: [200, 503],
            json: { [schema]: { 'same-words': '{schema}' } },
          }),
        ]),
  ];
}

function pageChecks({ version, deepLinks, missingAsset, securityHeaders, services }: Shape) {
  const service = services.page;
  return [
    ...(version === false
      ? []
      : [
          request({
            name: 'Page is of this commit',
            service,
            path: version,
            status: 200,
            json: { '/commit': '{commit}' },
          }),
        ]),
    page({
      name: 'Page is served with all that it needs',
      service,
      path: '/',
      'deep-links': deepLinks,
      ...(missingAsset !== false && { 'missing-asset': missingAsset }),
    }),
    request({
      name: 'Page is asked for anew after a deploy, and has the headers that protect it',
      service,
      path: '/',
      status: 200,
      'response-headers': {
        'cache-control': { pattern: 'no-cache|no-store|max-age=0' },
        ...securityHeaders,
      },
    }),
  ];
}

function accessChecks(shape: Shape): SmokeCheck[] {
  const { api, protectedRoute, unknownRoute, documentation, openapi, hidden } = shape;
  const service = shape.services.api;
  const get = (name: string, path: string, status: number) =>
    request({ name, service, path, status });
  return [
    ...(protectedRoute === false
      ? []
      : [
          request({
            name: 'Protected route wants a token',
            service,
            path: api + protectedRoute.path,
            status: 401,
            ...(protectedRoute.headers && { headers: protectedRoute.headers }),
          }),
        ]),
    ...(unknownRoute === false ? [] : [get('Unknown route is 404', api + unknownRoute, 404)]),
    ...hidden.map((path) => get(`${path} is not public`, path, 404)),
    ...(documentation === false ? [] : [get('Documentation is served', documentation, 200)]),
    ...(openapi === false
      ? []
      : [
          request({
            name: 'OpenAPI document is served, compressed',
            service,
            path: openapi,
            headers: { 'accept-encoding': 'gzip' },
            status: 200,
            'response-headers': { 'content-encoding': 'gzip' },
            json: { '/openapi': { type: 'string' }, '/paths': { count: { min: 1 } } },
          }),
        ]),
    ...originChecks(shape),
  ];
}

function originChecks({ api, health, allowedOrigin, foreignOrigin, services }: Shape) {
  if (health === false) return [];
  const cors = (name: string, origin: string, granted: string | null) =>
    request({
      name,
      service: services.api,
      path: api + health,
      headers: { origin },
      status: [200, 503],
      'response-headers': { 'access-control-allow-origin': granted },
    });
  return [
    ...(allowedOrigin === false
      ? []
      : [cors('Allowed origin may call the API', allowedOrigin, allowedOrigin)]),
    cors('Foreign origin may not call the API', foreignOrigin, null),
  ];
}

function limitChecks({ api, health, p95, rateLimit: requests, services }: Shape): SmokeCheck[] {
  if (health === false) return [];
  return [
    ...(p95 === false
      ? []
      : [latency({ name: 'API answers fast', service: services.api, path: api + health, p95 })]),
    ...(requests === false
      ? []
      : [
          rateLimit({
            name: 'One client is limited',
            service: services.proxy,
            path: '/',
            requests,
          }),
        ]),
  ];
}

import { z } from 'zod';
import { gitHubError } from './github-errors.ts';
import type { Journal } from './journal.ts';
import { json, type Reply, type Request } from './server.ts';

const states = [
  'error',
  'failure',
  'inactive',
  'in_progress',
  'queued',
  'pending',
  'success',
] as const;

// The bodies of https://docs.github.com/rest/deployments: what is not in them is refused, where GitHub would ignore it.
const newDeployment = z.strictObject({
  ref: z.string().min(1),
  task: z.string().min(1).max(128).default('deploy'),
  auto_merge: z.boolean().default(true),
  required_contexts: z.array(z.string()).optional(),
  payload: z.union([z.record(z.string(), z.unknown()), z.string()]).default({}),
  environment: z.string().min(1).max(255).default('production'),
  description: z.string().max(140).nullable().default(''),
  transient_environment: z.boolean().default(false),
  production_environment: z.boolean().optional(),
});

const newStatus = z.strictObject({
  state: z.enum(states),
  target_url: z.string().default(''),
  log_url: z.union([z.literal(''), z.url()]).default(''),
  description: z.string().max(140).default(''),
  environment: z.string().max(255).optional(),
  environment_url: z.union([z.literal(''), z.url()]).default(''),
  auto_inactive: z.boolean().default(true),
});

const listQuery = z.strictObject({
  sha: z.string().optional(),
  ref: z.string().optional(),
  task: z.string().optional(),
  environment: z.string().optional(),
  per_page: z.coerce.number().int().min(1).max(100).default(30),
  page: z.coerce.number().int().min(1).default(1),
});

const pageQuery = listQuery.pick({ per_page: true, page: true });

interface Status extends z.infer<typeof newStatus> {
  readonly id: number;
  readonly created_at: string;
}

/** A deployment as it is kept, its statuses oldest first. */
export interface Deployment extends z.infer<typeof newDeployment> {
  readonly id: number;
  readonly repository: string;
  readonly created_at: string;
  readonly statuses: readonly Status[];
}

const path =
  /^\/repos\/(?<repository>[^/]+\/[^/]+)\/deployments(?:\/(?<id>\d+)(?<statuses>\/statuses)?)?$/;

/** Answers the endpoints of deployments; undefined for every other path. */
export function answerDeployments(
  request: Request,
  journal: Journal<Deployment>,
): Reply | undefined {
  const match = path.exec(request.path)?.groups;
  if (match === undefined) return undefined;
  const { repository = '', id, statuses } = match;
  const known = latest(journal).filter((each) => each.repository === repository);
  const api = `http://${request.headers.host}/repos/${repository}`;
  if (id === undefined) {
    if (request.method === 'POST') return create(request, repository, journal, api);
    return request.method === 'GET' ? list(request, known, api) : undefined;
  }
  const deployment = known.find((each) => each.id === Number(id));
  if (deployment === undefined) return gitHubError(404, 'Not Found');
  if (statuses === undefined) return json(200, published(deployment, api));
  if (request.method === 'POST') return addStatus(request, deployment, journal, api);
  return listStatuses(request, deployment, api);
}

function create(
  request: Request,
  repository: string,
  journal: Journal<Deployment>,
  api: string,
): Reply {
  const body = bodyOf(request, newDeployment);
  if ('reply' in body) return body.reply;
  const created_at = request.receivedAt.toISOString();
  const id = latest(journal).length + 1;
  const deployment = { ...body.data, id, repository, created_at, statuses: [] };
  journal.add(deployment);
  return json(201, published(deployment, api));
}

function addStatus(
  request: Request,
  deployment: Deployment,
  journal: Journal<Deployment>,
  api: string,
): Reply {
  const body = bodyOf(request, newStatus);
  if ('reply' in body) return body.reply;
  const add = (to: Deployment, status: z.infer<typeof newStatus>): Status => {
    const id = to.id * 1000 + to.statuses.length;
    const added = { ...status, id, created_at: request.receivedAt.toISOString() };
    journal.add({ ...to, statuses: [...to.statuses, added] });
    return added;
  };
  const status = add(deployment, body.data);
  if (body.data.state === 'success' && body.data.auto_inactive)
    for (const other of latest(journal)) {
      const same =
        other.repository === deployment.repository &&
        other.environment === deployment.environment &&
        !other.transient_environment &&
        !other.production_environment;
      if (same && other.id < deployment.id && other.statuses.at(-1)?.state === 'success')
        add(other, { ...newStatus.parse({ state: 'inactive' }) });
    }
  return json(201, publishedStatus(status, deployment, api));
}

function list(request: Request, known: readonly Deployment[], api: string): Reply {
  const query = listQuery.safeParse(Object.fromEntries(request.query));
  if (!query.success) return invalid(query.error);
  const { sha, ref, task, environment, page, per_page } = query.data;
  const wanted = known.filter(
    (each) =>
      (sha === undefined || each.ref === sha) &&
      (ref === undefined || each.ref === ref) &&
      (task === undefined || each.task === task) &&
      (environment === undefined || each.environment === environment),
  );
  const newest = wanted.toSorted((one, other) => other.id - one.id);
  const shown = newest.slice((page - 1) * per_page, page * per_page);
  return json(
    200,
    shown.map((each) => published(each, api)),
  );
}

function listStatuses(request: Request, deployment: Deployment, api: string): Reply {
  const query = pageQuery.safeParse(Object.fromEntries(request.query));
  if (!query.success) return invalid(query.error);
  const { page, per_page } = query.data;
  const newest = deployment.statuses.toReversed().slice((page - 1) * per_page, page * per_page);
  return json(
    200,
    newest.map((each) => publishedStatus(each, deployment, api)),
  );
}

function published({ statuses, repository, ...deployment }: Deployment, api: string) {
  const url = `${api}/deployments/${deployment.id}`;
  return {
    ...deployment,
    url,
    node_id: Buffer.from(`Deployment${deployment.id}`).toString('base64'),
    sha: deployment.ref,
    original_environment: deployment.environment,
    creator: null,
    updated_at: statuses.at(-1)?.created_at ?? deployment.created_at,
    statuses_url: `${url}/statuses`,
    repository_url: api,
  };
}

function publishedStatus(status: Status, deployment: Deployment, api: string) {
  const url = `${api}/deployments/${deployment.id}`;
  const { auto_inactive: _, ...kept } = status;
  return {
    ...kept,
    url: `${url}/statuses/${status.id}`,
    node_id: Buffer.from(`DeploymentStatus${status.id}`).toString('base64'),
    creator: null,
    environment: status.environment ?? deployment.environment,
    updated_at: status.created_at,
    deployment_url: url,
    repository_url: api,
  };
}

/** Each deployment as it stands: a later line of the journal takes the place of an earlier one. */
function latest(journal: Journal<Deployment>): Deployment[] {
  return [...new Map(journal.entries.map((each) => [each.id, each])).values()];
}

function bodyOf<Schema extends z.ZodType>(
  { body }: Request,
  schema: Schema,
): { readonly data: z.output<Schema> } | { readonly reply: Reply } {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return { reply: gitHubError(400, 'Problems parsing JSON') };
  }
  const parsed = schema.safeParse(value);
  return parsed.success ? { data: parsed.data } : { reply: invalid(parsed.error) };
}

function invalid({ issues }: z.ZodError): Reply {
  const errors = issues.map(({ path: field, message }) => ({ field: field.join('.'), message }));
  return gitHubError(422, 'Validation Failed', errors);
}

import type { ActionFacts, PermissionRange } from '../action-facts.ts';
import { factsOf } from '../catalog.ts';
import type { PlainJob, PlainPermissions, PlainStep } from '../plain.ts';
import { type Checked, type Fault, jobsOf, type Path } from './fault.ts';
import { levelOf, levels, rank } from './permission-levels.ts';
import { pushesImages, scriptDemands, tokenFaults } from './script-demands.ts';

const token = /\b(?:github\.token|secrets\.GITHUB_TOKEN)\b/;

/** Permissions of a job that its actions lack, or that none of them needs. */
export function permissionFaults(checked: Checked): Fault[] {
  const { permissions: ofAll, env } = checked.workflow;
  return [
    ...wholesale(ofAll, ['permissions']),
    ...jobsOf(checked).flatMap(({ path, job }) => [
      // Those of the workflow count where the job names none.
      ...jobFaults({
        path,
        job: job.permissions === undefined ? { ...job, permissions: ofAll } : job,
      }),
      ...tokenFaults(job, env).map(({ step, ...fault }) => ({
        path: [...path, 'steps', step, 'run'],
        ...fault,
      })),
    ]),
  ];
}

function jobFaults({ path, job }: { readonly path: Path; readonly job: PlainJob }): Fault[] {
  const { permissions = {} } = job;
  // What the called workflow asks for is a rule of its own.
  if (job.uses !== undefined) return wholesale(permissions, [...path, 'permissions']);
  const ofScripts = scriptDemands(job);
  const unmet = ofScripts.flatMap(({ scope, level, command, step, scriptLine }) =>
    rank(levelOf(permissions, scope)) < rank(level)
      ? [
          {
            path: [...path, 'steps', step, 'run'],
            message: `${command} needs the permission ${scope}: ${level}`,
            scriptLine,
          },
        ]
      : [],
  );
  if (unmet[0]) return [unmet[0]];
  const demands = [
    ...job.steps.flatMap(demandsOf).map((demand) => raised(demand, job)),
    ...ofScripts.map(({ scope, level, command }) => ({
      scope,
      uses: command,
      range: { least: level, most: level },
    })),
  ];
  const scopes = new Set([
    ...(typeof permissions === 'string' ? [] : Object.keys(permissions)),
    ...demands.map(({ scope }) => scope),
  ]);
  const faults = [...scopes].sort().flatMap((scope) => {
    const message = verdict(
      scope,
      levelOf(permissions, scope),
      demands.filter((demand) => demand.scope === scope),
      typeof permissions === 'string' || scriptsGetToken(job) || mayTake(scope, job),
    );
    if (message === undefined) return [];
    // A step that is gone leaves its permission behind.
    const consequence = message.startsWith('no step') && { consequence: true as const };
    return [{ path: [...path, 'permissions', scope], message, ...consequence }];
  });
  return [...wholesale(permissions, [...path, 'permissions']), ...faults];
}

/** What logs in to push needs to write. */
function raised(demand: Demand, job: PlainJob): Demand {
  const pushing = demand.scope === 'packages' && demand.range.most === 'write' && pushesImages(job);
  if (!pushing) return demand;
  return { ...demand, uses: pushing, range: { least: 'write', most: 'write' } };
}

/**
 * Whether a step may take a permission that nobody has to be told of: the token for OpenID Connect is asked for by
 * name in the environment, and any script or action of others may do so.
 */
function mayTake(scope: string, { steps }: PlainJob): boolean {
  const known = (uses: string) => /^(?:actions\/(?!attest|deploy-pages)|\.\/|docker\/)/.test(uses);
  return (
    scope === 'id-token' &&
    steps.some(({ run, uses = '' }) => run !== undefined || !known(uses) || uses.startsWith('./'))
  );
}

function wholesale(permissions: PlainPermissions, path: Path): Fault[] {
  if (typeof permissions !== 'string') return [];
  const message = `${permissions} gives every permission: name the ones that are needed`;
  return [{ path, message }];
}

/** The actions and commands of a job that need a permission. */
export function actionsNeeding(scope: string, job: PlainJob): readonly string[] {
  const demands = job.steps.flatMap(demandsOf).filter((demand) => demand.scope === scope);
  const commands = scriptDemands(job).filter((demand) => demand.scope === scope);
  return [
    ...new Set([...demands.map(({ uses }) => uses), ...commands.map(({ command }) => command)]),
  ];
}

interface Demand {
  readonly scope: string;
  readonly uses: string;
  readonly range: PermissionRange;
}

function verdict(
  scope: string,
  granted: string,
  demands: readonly Demand[],
  open: boolean,
): string | undefined {
  const lacking = demands.find(({ range }) => rank(granted) < rank(range.least));
  if (lacking) return `${lacking.uses} needs the permission ${scope}: ${lacking.range.least}`;
  const most = Math.max(0, ...demands.map(({ range }) => rank(range.most)));
  if (open || rank(granted) <= most) return undefined;
  return most === 0
    ? `no step of this job needs the permission ${scope}`
    : `no step of this job needs more than the permission ${scope}: ${levels[most]}`;
}

function demandsOf(step: PlainStep): Demand[] {
  const facts = factsOf(step.uses);
  if (!facts || !getsToken(step, facts)) return [];
  const [uses = ''] = facts.uses.split('@');
  return Object.entries(facts.permissions).map(([scope, range]) => ({ scope, uses, range }));
}

/** An action gets the job's token as an input, or by the default of one that is not given. */
function getsToken({ with: given = {} }: PlainStep, { inputs }: ActionFacts): boolean {
  return Object.entries(inputs).some(([name, input]) =>
    token.test(String(given[name] ?? input.default ?? '')),
  );
}

/** What a script does with the token is not known. */
function scriptsGetToken({ steps, env }: PlainJob): boolean {
  const inEnv = (of: PlainJob['env']) =>
    Object.values(of ?? {}).some((each) => token.test(String(each)));
  return steps.some((step) => step.run !== undefined && (inEnv(step.env) || inEnv(env)));
}

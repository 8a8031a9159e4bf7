import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { jobsBefore } from '../../../src/typed/jobs-before.ts';
import type { Plain } from '../../../src/typed/plain.ts';
import { UserError } from '../../terminal/errors.ts';
import type { Instance } from '../surroundings/instance.ts';
import type { Secrets } from '../surroundings/secrets.ts';

/** What a run has built: a later one can begin after it. */
export interface EarlierBuild {
  /** The commit that the images are of. */
  readonly commit: string;
  /** Images by digest, by the service that runs them. */
  readonly images: Readonly<Record<string, string>>;
}

/** Jobs that an earlier run stands for: their outputs by name, by job. */
export type EarlierJobs = Readonly<Record<string, Readonly<Record<string, string>>>>;

const schema = z.object({ commit: z.string(), images: z.record(z.string(), z.string()) });

/** Where act finds no container for a job, but this machine itself. */
export const earlierRunner = 'earlier';

/** Remembers the images of a commit that the build has pushed, for runs that begin after it. */
export async function rememberBuild(
  instance: Instance,
  secrets: Secrets,
  commit: string,
): Promise<void> {
  const entries = Object.keys(instance.project.images).map(
    async (name) => [name, await pushed(instance, secrets, name, commit)] as const,
  );
  const build: EarlierBuild = { commit, images: Object.fromEntries(await Promise.all(entries)) };
  await writeFile(fileOf(instance), JSON.stringify(build));
}

/** The images of the last build. Throws `UserError` where there is none. */
export async function earlierBuild(instance: Instance): Promise<EarlierBuild> {
  try {
    return schema.parse(JSON.parse(await readFile(fileOf(instance), 'utf8')));
  } catch (error) {
    throw new UserError(
      '--from takes the images of the run before, and there is none yet: run the whole pipeline once.',
      { cause: error },
    );
  }
}

/**
 * The jobs of a workflow that do not come after `from`, and those that are left out, with the outputs that they are to
 * have had.
 */
export function earlierJobs(
  { jobs }: Plain,
  from: string,
  { images }: EarlierBuild,
  leftOut: readonly string[] = [],
): EarlierJobs {
  const before = Object.keys(jobs).filter(
    (id) => id !== from && (leftOut.includes(id) || !jobsBefore(jobs, id).has(from)),
  );
  return Object.fromEntries(
    before.map((id) => [
      id,
      Object.fromEntries(
        Object.keys(jobs[id]?.outputs ?? {}).map((name) => [name, images[name] ?? '']),
      ),
    ]),
  );
}

/**
 * The text of a workflow in which jobs that an earlier run stands for do nothing but hand on what it left, under the same
 * conditions. Such a run is for trying: a new container has proven itself when it is healthy once, not several times in
 * a row.
 */
export function withEarlierJobs(text: string, earlier: EarlierJobs): string {
  if (Object.keys(earlier).length === 0) return text;
  const document = parseDocument(text);
  for (const [id, outputs] of Object.entries(earlier)) {
    const job = (document.getIn(['jobs', id]) as { toJSON(): Job }).toJSON();
    const { name, needs, if: condition } = job;
    const steps = [{ name: 'As in the run before', run: ':' }];
    const stub = { name, needs, if: condition, 'runs-on': earlierRunner, outputs, steps };
    document.setIn(['jobs', id], document.createNode(JSON.parse(JSON.stringify(stub))));
  }
  for (const [id, job] of Object.entries((document.toJS() as Workflow).jobs))
    for (const [index, { uses, with: inputs }] of job.steps.entries())
      if (/\/ssh-deploy(?:@|$)/.test(uses ?? '') && inputs?.command === 'release')
        document.setIn(['jobs', id, 'steps', index, 'with', 'healthy-checks'], 1);
  return document.toString();
}

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly name?: string;
  readonly needs?: readonly string[];
  readonly if?: string;
}

/** What the registry has under a commit, by digest. */
async function pushed(
  { ports, repository }: Instance,
  { githubToken }: Secrets,
  name: string,
  commit: string,
): Promise<string> {
  const path = `${repository.toLowerCase()}/${name}`;
  const host = `localhost:${ports.registry}`;
  const answer = await fetch(`http://${host}/v2/${path}/manifests/${commit}`, {
    method: 'HEAD',
    headers: {
      Authorization: `Basic ${Buffer.from(`pipeline:${githubToken}`).toString('base64')}`,
      Accept: [
        'application/vnd.oci.image.index.v1+json',
        'application/vnd.oci.image.manifest.v1+json',
        'application/vnd.docker.distribution.manifest.list.v2+json',
        'application/vnd.docker.distribution.manifest.v2+json',
      ].join(', '),
    },
    signal: AbortSignal.timeout(10_000),
  });
  const digest = answer.headers.get('docker-content-digest');
  if (!answer.ok || digest === null)
    throw new UserError(`The local registry has no ${path} of ${commit}: ${answer.status}.`);
  return `${host}/${path}@${digest}`;
}

function fileOf({ directory }: Instance): string {
  return join(directory, 'last-build.json');
}

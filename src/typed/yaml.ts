import { Document, isMap, isScalar, isSeq, type Pair, type Scalar, visit } from 'yaml';
import { factsOf } from './catalog.ts';
import { actionsNeeding } from './check/permissions.ts';
import type { Plain, PlainJob } from './plain.ts';
import { headKeys, jobKeys, stepKeys } from './yaml-keys.ts';

const flowLists = new Set(['needs', 'branches', 'tags', 'types', 'workflows', 'runs-on']);

/**
 * The YAML of a workflow as a person would have written it: keys in a stable order, scripts as blocks, no anchors, the
 * version beside every pinned action, and beside every permission the actions that need it.
 */
export function writeYaml(
  plain: Plain,
  notice: string,
  versions: ReadonlyMap<string, string>,
): string {
  const jobs = Object.entries(plain.jobs).map(([id, { steps, ...job }]) => {
    const ordered = steps.map((step) => inOrder(step, stepKeys));
    return [id, inOrder(job.uses === undefined ? { ...job, steps: ordered } : job, jobKeys)];
  });
  const ordered = inOrder({ ...plain, jobs: Object.fromEntries(jobs) }, headKeys);
  const document = new Document(ordered, { aliasDuplicateObjects: false });
  document.commentBefore = notice;
  visit(document, {
    Pair(_, { key, value }) {
      if (!isScalar(key)) return;
      if (key.value === 'uses' && isScalar(value)) addVersion(value, versions);
      if (flowLists.has(String(key.value)) && isSeq(value)) value.flow = true;
    },
  });
  for (const [id, job] of Object.entries(plain.jobs)) {
    const permissions = document.getIn(['jobs', id, 'permissions']);
    if (isMap(permissions)) for (const pair of permissions.items) addReason(pair, job);
  }
  for (const items of [document.contents, document.get('jobs')]
    .filter(isMap)
    .map((map) => map.items))
    for (const { key } of items.slice(1)) if (isScalar(key)) key.spaceBefore = true;
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

function addReason({ key, value }: Pair, job: PlainJob): void {
  const needing = actionsNeeding(String(key), job);
  if (isScalar(value) && value.value !== 'none')
    value.comment = ` for ${needing.length > 0 ? needing.join(', ') : ofOthers(String(key), job)}`;
}

/** What a permission is for that no action or command is known to need. */
function ofOthers(scope: string, { uses }: PlainJob): string {
  if (uses !== undefined) return 'the jobs of the called workflow';
  return scope === 'id-token' ? 'OpenID Connect' : 'what the steps do with the token';
}

function addVersion(uses: Scalar, versions: ReadonlyMap<string, string>): void {
  const version = versions.get(String(uses.value)) ?? factsOf(String(uses.value))?.version;
  if (version) uses.comment = ` ${version}`;
}

function inOrder(value: object, keys: readonly string[]): object {
  const position = ([key]: readonly [string, unknown]) => {
    const index = keys.indexOf(key);
    // What nobody knows stands before the last one: the steps of a job, the jobs of a workflow.
    return index === -1 ? keys.length - 1.5 : index;
  };
  return Object.fromEntries(Object.entries(value).sort((a, b) => position(a) - position(b)));
}

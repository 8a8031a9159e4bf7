import type { Workflow } from '@github-actions-workflow-ts/lib';
import { Document, isMap, isScalar, isSeq, type Scalar, visit } from 'yaml';

const jobKeys = [
  'name',
  'needs',
  'if',
  'runs-on',
  'timeout-minutes',
  'environment',
  'permissions',
  'outputs',
  'env',
  'defaults',
  'services',
];
const stepKeys = ['id', 'name', 'if', 'uses', 'with', 'working-directory', 'env', 'run'];

/**
 * The YAML of a workflow as a person would have written it: a first comment that names its source,
 * keys in a stable order, block scalars for scripts, the version beside every pinned action.
 */
export function compileWorkflow(
  workflow: Workflow,
  source: string,
  versions: ReadonlyMap<string, string>,
): string {
  const { jobs = {}, ...head } = workflow.workflow;
  const ordered = Object.fromEntries(
    Object.entries(jobs).map(([id, job]) => {
      const { steps = [], ...rest } = job as { steps?: object[] };
      return [
        id,
        { ...inOrder(rest, jobKeys), steps: steps.map((step) => inOrder(step, stepKeys)) },
      ];
    }),
  );
  const document = new Document({ ...head, jobs: ordered }, { aliasDuplicateObjects: false });
  document.commentBefore = ` Compiled from ${source} by \`npm run build:workflows\`: edit that file, not this one.`;
  visit(document, {
    Pair(_, { key, value }) {
      if (!isScalar(key)) return;
      if (key.value === 'uses' && isScalar(value)) addVersion(value, versions);
      if ((key.value === 'needs' || key.value === 'branches') && isSeq(value)) value.flow = true;
    },
  });
  const jobsNode = document.get('jobs');
  for (const items of [document.contents, jobsNode].filter(isMap).map((map) => map.items))
    for (const { key } of items.slice(1)) if (isScalar(key)) key.spaceBefore = true;
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

function addVersion(uses: Scalar, versions: ReadonlyMap<string, string>): void {
  const version = versions.get(String(uses.value));
  if (version) uses.comment = ` ${version}`;
}

function inOrder(value: object, keys: readonly string[]): object {
  const position = ([key]: [string, unknown]) => {
    const index = keys.indexOf(key);
    return index === -1 ? keys.length : index;
  };
  return Object.fromEntries(Object.entries(value).sort((a, b) => position(a) - position(b)));
}

import { parse, parseDocument } from 'yaml';
import { nodeInContainer } from './container-node.ts';

/** The step that stands at the end of a job and judges its outputs. */
export const outputsStep = 'github-outputs';

/** Where a job finds what must not be handed on, and waits until all of it is there. */
export const masksInJob = '/opt/masks';

/** What a job in a container of its own gets to judge its outputs: folders of this machine. */
export interface ContainerFolders {
  readonly masks: string;
  /** See `ensureContainerNode`. */
  readonly node: string;
}

interface Job {
  readonly outputs?: Readonly<Record<string, string>>;
  readonly container?: string | { readonly volumes?: readonly string[] };
  readonly 'timeout-minutes'?: unknown;
  readonly steps?: readonly { readonly 'timeout-minutes'?: unknown }[];
}

/**
 * The text of a workflow whose jobs hand on what GitHub would: an output with a masked value in it is dropped with a
 * warning, more than 1 MB of outputs fails the job, and no step takes longer than its job may. act does none of it.
 * `folders` has to be given where `judgesInContainers` says so.
 */
export function withGitHubOutputs(
  text: string,
  { masks = masksInJob, folders }: { masks?: string; folders?: ContainerFolders } = {},
): string {
  const document = parseDocument(text);
  const { jobs = {} } = (document.toJS() ?? {}) as { jobs?: Readonly<Record<string, Job>> };
  for (const [id, job] of Object.entries(jobs)) {
    const limit = job['timeout-minutes'];
    for (const [index, step] of (job.steps ?? []).entries())
      if (typeof limit === 'number' && step['timeout-minutes'] === undefined)
        document.setIn(['jobs', id, 'steps', index, 'timeout-minutes'], limit);
    const names = Object.keys(job.outputs ?? {});
    if (names.length === 0) continue;
    if (job.container !== undefined) {
      if (folders === undefined)
        throw new Error(`The job ${id} has outputs and a container without the folders for it`);
      document.setIn(
        ['jobs', id, 'container'],
        document.createNode(withFolders(job.container, folders)),
      );
    }
    const step = {
      name: 'Outputs, as GitHub hands them on',
      id: outputsStep,
      if: 'always()',
      shell: `${job.container === undefined ? 'node' : `${nodeInContainer}/node`} {0}`,
      'working-directory': job.container === undefined ? '/tmp' : '/',
      run: judge({ job: id, outputs: job.outputs ?? {}, masks }),
    };
    document.addIn(['jobs', id, 'steps'], document.createNode(step));
    for (const [index, name] of names.entries())
      document.setIn(
        ['jobs', id, 'outputs', name],
        `\${{ steps.${outputsStep}.outputs.output${index} }}`,
      );
  }
  return document.toString();
}

/** Whether a workflow has a job in a container of its own that hands on outputs. */
export function judgesInContainers(text: string): boolean {
  const { jobs = {} } = (parse(text) ?? {}) as { jobs?: Readonly<Record<string, Job>> };
  return Object.values(jobs).some(
    ({ container, outputs = {} }) => container !== undefined && Object.keys(outputs).length > 0,
  );
}

function withFolders(container: NonNullable<Job['container']>, { masks, node }: ContainerFolders) {
  const definition = typeof container === 'string' ? { image: container } : container;
  const { volumes = [] } = 'volumes' in definition ? definition : {};
  const folders = [`${masks}:${masksInJob}:ro`, `${node}:${nodeInContainer}:ro`];
  return { ...definition, volumes: [...volumes, ...folders] };
}

interface Judged {
  readonly job: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly masks: string;
}

// The size of a text is that of UTF-16: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax
const mostBytes = 1024 * 1024;

/** The program of the step. Values stand in it, since an environment variable holds 128 KiB only. */
function judge({ job, outputs, masks }: Judged): string {
  const values = Object.entries(outputs).map(
    ([name, template]) => `[${JSON.stringify(name)}, [${partsOf(String(template)).join(', ')}]]`,
  );
  return `const { appendFileSync, existsSync, readFileSync } = require('node:fs');
const text = (value) => (value === null ? '' : typeof value === 'object' ? 'Object' : String(value));
const values = [${values.join(',\n')}].map(([name, parts]) => [name, parts.map(text).join('')]);
const pause = new Int32Array(new SharedArrayBuffer(4));
const ready = ${JSON.stringify(`${masks}/ready-${job}`)};
for (let waited = 0; !existsSync(ready) && waited < 10000; waited += 20) Atomics.wait(pause, 0, 0, 20);
if (!existsSync(ready)) throw new Error('what is masked did not arrive');
const lines = readFileSync(${JSON.stringify(`${masks}/values.jsonl`)}, 'utf8').split('\\n').filter(Boolean);
const masked = lines.map((line) => JSON.parse(line));
let size = 0;
for (const [index, [name, value]] of values.entries()) {
  if (masked.some((each) => value.includes(each))) {
    console.log("::warning::Skip output '" + name + "' since it may contain secret.");
    continue;
  }
  size += 2 * value.length;
  appendFileSync(process.env.GITHUB_OUTPUT, 'output' + index + '<<${delimiter}\\n' + value + '\\n${delimiter}\\n');
}
if (size > ${mostBytes}) {
  console.log('::error::The outputs of the job are ' + size + ' bytes (as UTF-16), and GitHub hands on ${mostBytes} at most.');
  process.exitCode = 1;
}
`;
}

const delimiter = 'end-of-the-output-1f0c9f8a';

/** A template as texts and expressions of JavaScript. */
function partsOf(template: string): string[] {
  const expression = /\$\{\{((?:'(?:[^']|'')*'|[^'])*?)\}\}/g;
  const parts: string[] = [];
  let end = 0;
  for (const match of template.matchAll(expression)) {
    parts.push(JSON.stringify(template.slice(end, match.index)), `\${{ toJSON(${match[1]}) }}`);
    end = match.index + match[0].length;
  }
  return [...parts, JSON.stringify(template.slice(end))];
}

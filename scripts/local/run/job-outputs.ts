import { parseDocument } from 'yaml';

/** The step that stands at the end of a job and judges its outputs. */
export const outputsStep = 'github-outputs';

/** Where a job finds what must not be handed on, and waits until all of it is there. */
export const masksInJob = '/opt/masks';

interface Job {
  readonly outputs?: Readonly<Record<string, string>>;
  readonly container?: unknown;
  readonly 'timeout-minutes'?: unknown;
  readonly steps?: readonly { readonly 'timeout-minutes'?: unknown }[];
}

/**
 * The text of a workflow whose jobs hand on what GitHub would: an output with a masked value in it is dropped with a
 * warning, more than 1 MB of outputs fails the job, and no step takes longer than its job may. act does none of it.
 *
 * A job in a container of its own is left as it is: its image need not have the Node.js that judges.
 */
export function withGitHubOutputs(text: string, masks = masksInJob): string {
  const document = parseDocument(text);
  const { jobs = {} } = (document.toJS() ?? {}) as { jobs?: Readonly<Record<string, Job>> };
  for (const [id, job] of Object.entries(jobs)) {
    const limit = job['timeout-minutes'];
    for (const [index, step] of (job.steps ?? []).entries())
      if (typeof limit === 'number' && step['timeout-minutes'] === undefined)
        document.setIn(['jobs', id, 'steps', index, 'timeout-minutes'], limit);
    const names = Object.keys(job.outputs ?? {});
    if (job.container !== undefined || names.length === 0) continue;
    const step = {
      name: 'Outputs, as GitHub hands them on',
      id: outputsStep,
      if: 'always()',
      shell: 'node {0}',
      'working-directory': '/tmp',
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

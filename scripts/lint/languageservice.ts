import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ValidationConfig } from '@actions/languageservice';
import type { WorkflowContext } from '@actions/languageservice/context/workflow-context';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { ActionFacts } from '../../src/typed/action-facts.ts';
import type { Finding, WorkflowFile } from './finding.ts';
import { languageServiceModules } from './language-service-modules.ts';

/** The secrets and variables that the repository declares; any other is a finding. */
export interface Declared {
  readonly secrets: readonly string[];
  readonly vars: readonly string[];
}

export interface LanguageServiceOptions {
  /** The repository, for workflows that others call. */
  readonly root: string;
  readonly declared: Declared;
  /** What is known of the actions, at the commits that are used. */
  readonly actions: ReadonlyMap<string, ActionFacts>;
}

/** What GitHub's own language service finds, with the metadata of the very commits that the workflow uses. */
export async function lintWithLanguageService(
  { path, text }: WorkflowFile,
  { root, ...options }: LanguageServiceOptions,
): Promise<readonly Finding[]> {
  const { validate, clearCacheEntry } = await languageServiceModules();
  const uri = pathToFileURL(join(root, path)).href;
  clearCacheEntry(uri);
  const document = TextDocument.create(uri, 'yaml', 1, withReadableActions(text));
  const diagnostics = await validate(document, await config(root, options));
  const lines = text.split('\n');
  const known = diagnostics.filter(
    ({ message, range }) => !isElsewhere(String(message), lines[range.start.line]),
  );
  return known.map(({ message, range, code, severity }) => {
    const text = typeof message === 'string' ? message : message.value;
    return {
      tool: 'languageservice',
      rule: typeof code === 'string' ? code : ruleOf(text),
      message: text.replaceAll('$/', './'),
      file: path,
      line: range.start.line + 1,
      column: range.start.character + 1,
      severity: severity === undefined || severity === 1 ? 'error' : 'warning',
    };
  });
}

/** Of a workflow of another repository nothing can be read here; what it takes is stated in the definition. */
function isElsewhere(message: string, line = ''): boolean {
  return message === 'Unable to find reusable workflow' && !/uses: ['"]?\.\//.test(line);
}

/**
 * The service checks the inputs of the repository's own actions only where they are written `$/path`. That form is as
 * long as `./path`: no place moves.
 */
function withReadableActions(text: string): string {
  return text.replace(/^([ -]*uses: )\.\/(?!\.github\/workflows\/)/gm, '$1$/');
}

const rules: readonly (readonly [RegExp, string])[] = [
  [/^Context access might be invalid/, 'unknown-context'],
  [/^Unrecognized (named-value|function)/, 'unknown-context'],
  [/^Expression might be invalid/, 'invalid-expression'],
  [/^Invalid action input/, 'unknown-input'],
  [/^Unable to resolve action/, 'unknown-action'],
  [/^Value '.*' is not valid/, 'invalid-value'],
  [/^Unexpected value/, 'unexpected-value'],
  [/^Required property is missing/, 'missing-property'],
  [/^Concurrency group/, 'concurrency-deadlock'],
  [/depends on (unknown )?job|needs/i, 'needs'],
];

/** Most of what the service says has no code. */
function ruleOf(message: string): string {
  return rules.find(([pattern]) => pattern.test(message))?.[1] ?? 'invalid-workflow';
}

async function config(
  root: string,
  { declared, actions }: Omit<LanguageServiceOptions, 'root'>,
): Promise<ValidationConfig> {
  const { DescriptionDictionary, StringData } = await languageServiceModules();
  const add = (names: readonly string[], to = new DescriptionDictionary()) => {
    for (const name of names) to.add(name, new StringData(''));
    return to;
  };
  return {
    actionsMetadataProvider: {
      async fetchActionMetadata({ owner, name, path, ref }) {
        const uses = `${[owner, name, path].filter(Boolean).join('/')}@${ref}`;
        const [key = '', action] = byUses(actions, uses);
        return action && { name: key, description: '', inputs: inputsOf(action) };
      },
    },
    fileProvider: {
      async getFileContent(reference) {
        if ('repository' in reference)
          throw new Error(`${reference.owner}/${reference.repository} is another repository`);
        const content = await readFile(join(root, reference.path), 'utf8');
        return { name: reference.path, content };
      },
    },
    contextProviderConfig: {
      async getContext(name, known, { job }) {
        if (name === 'secrets') return add(declared.secrets, known);
        if (name === 'vars') return add(declared.vars, known);
        if (name !== 'steps') return undefined;
        // Of a step that uses an action, only the outputs that the action has; a script may write any.
        for (const { id, names } of stepOutputs(job, actions)) {
          const step = known?.get(id);
          const outputs = step instanceof DescriptionDictionary && step.get('outputs');
          if (!(outputs instanceof DescriptionDictionary)) continue;
          outputs.complete = true;
          add(names, outputs);
        }
        return known;
      },
    },
  };
}

/** The action that is compiled to `uses`, with what its author writes. */
function byUses(actions: LanguageServiceOptions['actions'], uses: string) {
  return [...actions].find(([, action]) => action.uses === uses) ?? [];
}

function inputsOf({ inputs }: ActionFacts) {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { required = false, default: value }]) => [
      name,
      { description: '', required, ...(value === undefined ? {} : { default: value }) },
    ]),
  );
}

/** The outputs of the steps of a job that use an action. */
function stepOutputs(job: WorkflowContext['job'], actions: LanguageServiceOptions['actions']) {
  const steps = job && 'steps' in job ? job.steps : [];
  return steps.flatMap((step) => {
    if (!('uses' in step)) return [];
    const uses = step.uses.value.replace(/^\$\//, './');
    const [, action] = byUses(actions, uses);
    return action ? [{ id: step.id, names: action.outputs }] : [];
  });
}

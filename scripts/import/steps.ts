import { canBeAdded, typedUses, usedAction } from './actions.ts';
import { type Code, call, list, object, type Part, propertyName, quoted } from './code.ts';
import { typedCondition } from './expressions.ts';
import type { Importing, KnownStep, Place } from './importing.ts';
import { missing, typedInputs } from './inputs.ts';
import { typedScript } from './run.ts';
import { mayWrite } from './script.ts';
import { envParts, fixedNumber, typedShell, unknownKey } from './shared-keys.ts';
import { escapeName, untypedExpression, untypedValue } from './untyped.ts';
import { type At, notTyped, partsOfText, typedString, typedValue } from './values.ts';
import type { YamlEntry, YamlNode } from './yaml-node.ts';

/** A step in its job. */
export interface TypedStep {
  /** Lines above it. */
  readonly comments: readonly string[];
  /** The name of its constant, where others refer to it. */
  readonly constant: string | undefined;
  readonly code: Code;
}

/** What surrounds the steps of a job. */
export interface StepsOf {
  readonly file: Importing;
  readonly job: string;
  readonly node: YamlNode;
  readonly place: Place;
  /** The names in the `env` of the workflow and the job. */
  readonly env: ReadonlySet<string>;
  /** The shell of scripts that name none; undefined where it is not known. */
  readonly shell: string | undefined;
}

/** The steps of a job, and those that others can refer to, by id. */
export function typedSteps(of: StepsOf): {
  readonly steps: readonly TypedStep[];
  readonly known: ReadonlyMap<string, KnownStep>;
} {
  const known = new Map<string, KnownStep>();
  const steps: TypedStep[] = [];
  for (const node of of.node.get('steps')?.items() ?? []) {
    if (!node.isMap) node.refuse('a step has to be a map');
    const above = node.takeItemComments();
    const id = node.get('id')?.text;
    const outputs = id === undefined ? [] : outputsOf(id, node, of);
    const isUsed =
      id !== undefined && new RegExp(`steps\\.${escaped(id)}\\b`).test(of.node.written);
    const place = { ...of.place, steps: new Map(known) };
    const made = of.file.marked(() => typedStep(node, { ...of, outputs, place }));
    const constant = isUsed ? of.file.constant(id, 'Step') : undefined;
    if (isUsed && constant !== undefined) {
      known.set(id, { constant, outputs: new Set(outputs) });
      of.file.use('step');
    }
    const code = constant === undefined ? made.value : call('step', made.value);
    steps.push({ comments: [...above, ...made.comments], constant, code });
  }
  return { steps, known };
}

function escaped(id: string): string {
  return id.replace(/[^\w-]/g, '\\$&');
}

/** The outputs of a step that its job reads and the layer can know. */
function outputsOf(id: string, node: YamlNode, { node: job }: StepsOf): readonly string[] {
  const uses = node.get('uses');
  if (uses) return usedAction(uses.text).facts?.outputs ?? [];
  const script = node.get('run')?.text ?? '';
  const reads = job.written.matchAll(
    new RegExp(`steps\\.${escaped(id)}\\.outputs\\.([\\w-]+)`, 'g'),
  );
  const read = new Set([...reads].map(([, name = '']) => name));
  return [...read].filter((name) => mayWrite(script, name));
}

interface StepOf extends StepsOf {
  readonly outputs: readonly string[];
}

function typedStep(node: YamlNode, of: StepOf): Code {
  const { file, place } = of;
  const at: At = { file, place };
  const entries = node.entries('a step');
  const uses = node.get('uses')?.text;
  const run = node.get('run');
  if (!uses && !run) node.refuse('a step has run or uses');
  const untrusted: string[] = [];
  const env = node.get('env');
  const envOfStep = env?.isMap ? envParts(env, at, untrusted) : [];
  const script =
    run &&
    typedScript(
      {
        ...{ text: run.text, line: run.line, untrusted },
        shell: node.get('shell')?.text ?? of.shell,
        taken: new Set([
          ...of.env,
          ...(env?.isMap ? env.entries('env').map(({ key }) => key) : []),
        ]),
      },
      at,
    );
  const marks = file.takeMarks();
  const parts: Part[] = [];
  const add = (entry: YamlEntry, value: () => Code) =>
    parts.push(file.entry(entry, value, propertyName(entry.key)));
  if (!node.get('name'))
    parts.push({ comments: [], key: 'name', value: defaultName(uses, script?.text) });
  for (const entry of entries) {
    const { key, value } = entry;
    switch (key) {
      case 'id':
        add(entry, () => quoted(value.text));
        break;
      case 'name':
      case 'working-directory':
        add(entry, () =>
          key === 'name' && value.text === ''
            ? defaultName(uses, script?.text)
            : typedString(value, at),
        );
        break;
      case 'if':
        add(entry, () => conditionOf(value, at));
        break;
      case 'uses':
        parts.push(usesPart(entry, file));
        if (uses && !node.get('with')) parts.push(...requiredInputs(entry, uses, at));
        break;
      case 'with':
        add(entry, () =>
          uses ? inputsOf(value, uses, at) : notTyped(value, 'a script takes no with', file),
        );
        break;
      case 'env':
        if (!env?.isMap && !value.isEmpty)
          add(entry, () => notTyped(value, 'env has to be a map', file));
        else
          parts.push({
            comments: entry.takeComments(),
            key: 'env',
            value: object([...envOfStep, ...(script?.env ?? [])]),
          });
        break;
      case 'run':
        if (script && script.env.length > 0 && !node.get('env'))
          parts.push({ comments: [], key: 'env', value: object(script.env) });
        if (script)
          parts.push({
            comments: [...entry.takeComments(), ...marks],
            key: 'run',
            value: script.code,
          });
        break;
      case 'shell':
        add(entry, () => typedShell(value, file));
        break;
      case 'continue-on-error':
        add(entry, () => flag(value, at));
        break;
      case 'timeout-minutes':
        add(entry, () => fixedNumber(value, file));
        break;
      default:
        parts.push(unknownKey(entry, 'step', file));
    }
  }
  if (run && of.outputs.length > 0)
    parts.push({ comments: [], key: 'writes', value: list(of.outputs.map(quoted)) });
  return object(parts);
}

/** What an action gets; of one that no catalog can have, the compiler has to take it as it is. */
function inputsOf(value: YamlNode, uses: string, at: At): Code {
  const made = typedInputs(value, usedAction(uses), at);
  return canBeAdded(uses) ? made : untypedValue(made);
}

/** The action, without the version beside it, which the lock knows. */
function usesPart(entry: YamlEntry, file: Importing): Part {
  const code = file.entry(entry, () => typedUses(entry.value.text, entry.value.line, file));
  const comments = code.comments.filter((line) => !/^\s*(?:tag=|pin@)?v?\d[\w.-]*\s*$/.test(line));
  const { key, facts } = usedAction(entry.value.text);
  const isMissing = !facts && file.missingActions.has(key);
  const advice = ` Not in the lock: npx staging-pipeline actions add ${entry.value.text}`;
  return { ...code, comments: isMissing ? [...comments, advice] : comments };
}

function requiredInputs(entry: YamlEntry, uses: string, at: At): Part[] {
  // The compiler asks for the inputs of an action that it does not know, too.
  if (!canBeAdded(uses)) return [{ comments: [], key: 'with', value: untypedValue('undefined') }];
  const parts = missing(entry.value, [], usedAction(uses), at);
  return parts.length > 0 ? [{ comments: [], key: 'with', value: object(parts) }] : [];
}

/** The condition of a job or step. */
export function conditionOf(node: YamlNode, { file, place }: At): Code {
  const parts = partsOfText(node.text.trim());
  const [only] = parts;
  const options = { file, place, line: node.line };
  if (only && parts.length === 1)
    return typedCondition(('plain' in only ? only.plain : only.source).trim(), options);
  if (!only) return typedCondition('true', options);
  // A text is never empty, so it always runs.
  const format = parts.map((part, index) =>
    'plain' in part
      ? part.plain.replace(/[{}]/g, '$&$&').replaceAll("'", "''")
      : `{${parts.slice(0, index).filter((each) => 'source' in each).length}}`,
  );
  const sources = parts.flatMap((part) => ('source' in part ? [part.source] : []));
  file.use(escapeName);
  file.mark(node.line, node.text, 'a text around an expression is always true');
  return untypedExpression(`format('${format.join('')}', ${sources.join(', ')})`);
}

/** True, false or a condition. */
export function flag(node: YamlNode, at: At): Code {
  if (typeof node.plain === 'boolean') return String(node.plain);
  const parts = partsOfText(node.text);
  const [only] = parts;
  if (parts.length === 1 && only && 'source' in only) return typedValue(node, at);
  return notTyped(node, 'true, false or a condition is wanted', at.file);
}

/** What GitHub calls a step that has no name. */
function defaultName(uses: string | undefined, script: string | undefined): Code {
  if (uses) return quoted(`Run ${usedAction(uses).key}`);
  const first =
    script
      ?.split('\n')
      .find((line) => line.trim() !== '')
      ?.trim() ?? 'a script';
  const plain = first.replace(/\$\{\{.*?\}\}/g, '…').replace(/\$\{(\w+)[^}]*\}/g, '$$$1');
  return quoted(`Run ${plain.length > 80 ? `${plain.slice(0, 79).trimEnd()}…` : plain}`);
}

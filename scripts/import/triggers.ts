import { type Code, call, list, object, type Part, propertyName, quoted } from './code.ts';
import type { Importing, KnownInput } from './importing.ts';
import { eventNames, events, isCron } from './known-values.ts';
import { untypedValue } from './untyped.ts';
import { notTyped } from './values.ts';
import type { YamlEntry, YamlNode } from './yaml-node.ts';

/** The inputs that a run by hand takes, of which expressions can speak. */
export function inputsOf(on: YamlNode | undefined): ReadonlyMap<string, KnownInput> {
  const inputs = on?.get('workflow_dispatch')?.get('inputs');
  if (!inputs?.isMap) return new Map();
  const typed = inputs.entries('inputs').filter(({ value }) => untypedReason(value) === undefined);
  return new Map(typed.map(({ key, value }) => [key, inputOf(value)]));
}

function inputOf(input: YamlNode): KnownInput {
  const kind = input.get('type')?.text ?? 'string';
  const options = input.get('options')?.items() ?? [];
  if (kind === 'boolean' || kind === 'number') return { type: { kind }, untrusted: false };
  if (kind === 'choice' && options.length > 0)
    return {
      type: { kind: 'values', values: [...options.map(({ text }) => text), ''] },
      untrusted: false,
    };
  return { type: { kind: 'text' }, untrusted: kind === 'string' };
}

/** The inputs of a run by hand as a constant of the definition. */
export function typedInputs(on: YamlNode | undefined, file: Importing): Code | undefined {
  const inputs = on?.get('workflow_dispatch')?.get('inputs');
  if (!inputs || inputs.isEmpty) return undefined;
  if (!inputs.isMap) inputs.refuse('inputs have to be a map');
  const parts = inputs
    .entries('inputs')
    .map((entry) => file.entry(entry, () => typedInput(entry, file), propertyName(entry.key)));
  return call(file.use('dispatch'), object(parts, true));
}

const inputKeys = ['description', 'required', 'type', 'default', 'options'];

/** Why the layer has no type for an input; undefined where it has one. */
function untypedReason(input: YamlNode): string | undefined {
  if (input.isEmpty) return undefined;
  if (!input.isMap) return 'an input has to be a map';
  const kind = input.get('type')?.text ?? 'string';
  const isKnown = ['string', 'boolean', 'number', 'choice'].includes(kind);
  if (!isKnown) return `the layer has no input of type ${kind}`;
  const unknown = input.entries('an input').find(({ key }) => !inputKeys.includes(key));
  if (unknown) return `the layer has no input with ${unknown.key}`;
  const hasOptions = (input.get('options')?.items() ?? []).length > 0;
  return (kind === 'choice') === hasOptions ? undefined : 'options belong to a choice';
}

function typedInput({ key: name, value }: YamlEntry, file: Importing): Code {
  const reason = untypedReason(value);
  if (reason !== undefined) return notTyped(value, reason, file);
  const kind = value.get('type')?.text ?? 'string';
  const options = value.get('options')?.items() ?? [];
  const entries = value.entries(`the input ${name}`);
  const parts = entries.map((entry) =>
    file.entry(entry, () => {
      if (entry.key === 'default') return typedDefault(entry.value, { kind, options }, file);
      if (entry.key === 'options') return list(options.map(({ text }) => quoted(text)));
      if (entry.key === 'required') return required(entry.value, file);
      return quoted(entry.value.text);
    }),
  );
  const given = (key: string, code: string): Part[] =>
    entries.some((entry) => entry.key === key) ? [] : [{ comments: [], key, value: code }];
  return object([...given('description', quoted(name)), ...parts, ...given('type', "'string'")]);
}

function required(value: YamlNode, file: Importing): Code {
  return typeof value.plain === 'boolean'
    ? String(value.plain)
    : notTyped(value, 'true or false is wanted', file);
}

function typedDefault(
  value: YamlNode,
  { kind, options }: { readonly kind: string; readonly options: readonly YamlNode[] },
  file: Importing,
): Code {
  const { plain } = value;
  if (kind === 'string') return quoted(value.text);
  if (kind === 'choice')
    return options.some(({ text }) => text === value.text)
      ? quoted(value.text)
      : notTyped(value, 'the default is none of the options', file);
  if (typeof plain === kind) return String(plain);
  if (kind === 'boolean' && (plain === 'true' || plain === 'false')) return plain;
  return notTyped(value, `the default of a ${kind} is wanted`, file);
}

/** What starts a workflow. */
export function typedTriggers(on: YamlNode, file: Importing): Code {
  if (!on.isMap) {
    const names = on.items().map((each) => each.text);
    if (names.length === 0 || names.includes('')) on.refuse('on names no event');
    const parts = on.items().map((each): Part => {
      const { text, line } = each;
      return file.marked(() => bareEvent(text, line, file), {
        key: propertyName(text),
        comments: () => each.takeItemComments(),
      });
    });
    return withKnown(parts, names);
  }
  const entries = on.entries('on');
  if (entries.length === 0) on.refuse('on names no event');
  const parts = entries.map((entry) =>
    file.entry(entry, () => typedEvent(entry, file), propertyName(entry.key)),
  );
  return withKnown(
    parts,
    entries.map(({ key }) => key),
  );
}

/** The compiler takes an event that it does not know only beside one that it does. */
function withKnown(parts: readonly Part[], names: readonly string[]): Code {
  return names.some((name) => eventNames.includes(name))
    ? object(parts)
    : untypedValue(object(parts));
}

function bareEvent(name: string, line: number, file: Importing): Code {
  if (eventNames.includes(name)) return '{}';
  file.mark(line, name, 'the layer has no such event');
  return untypedValue('{}');
}

function typedEvent({ key: name, line, value }: YamlEntry, file: Importing): Code {
  if (name === 'workflow_dispatch') {
    if (file.inputs.size > 0 || value.get('inputs')?.isMap) return 'byHand';
    return '{}';
  }
  if (value.isEmpty) return bareEvent(name, line, file);
  if (name === 'schedule') return list(value.items().map((each) => schedule(each, file)));
  const facts = Object.hasOwn(events, name) ? events[name] : undefined;
  if (!facts) return notTyped(value, `the layer has no event ${name}`, file);
  if (!value.isMap) return notTyped(value, 'filters of an event are a map', file);
  const parts = value.entries(name).map((entry) =>
    file.entry(
      entry,
      () => {
        const { key, value: filter } = entry;
        if (!facts.filters.includes(key))
          return notTyped(filter, `${name} has no filter ${key}`, file);
        if (key.endsWith('-ignore') && value.get(key.slice(0, -'-ignore'.length)))
          return notTyped(filter, 'a filter and its -ignore exclude each other', file);
        const items = filter.items();
        const wrong =
          items.length === 0 ||
          items.some((each) => each.isMap || each.isList) ||
          (key === 'types' &&
            facts.types &&
            items.some(({ text }) => !facts.types?.includes(text)));
        if (wrong) return notTyped(filter, `${name} has not all of these in the layer`, file);
        return patterns(items, file);
      },
      propertyName(entry.key),
    ),
  );
  return object(parts);
}

function patterns(items: readonly YamlNode[], file: Importing): Code {
  return {
    ...list([]),
    parts: items.map((each) =>
      file.marked(() => quoted(each.text), { comments: () => each.takeItemComments() }),
    ),
  };
}

function schedule(node: YamlNode, file: Importing): Code {
  if (!node.isMap) return notTyped(node, 'a schedule is a map', file);
  const parts = node.entries('a schedule').map((entry) =>
    file.entry(entry, () => {
      const { key, value } = entry;
      if (key === 'cron')
        return isCron(value.text)
          ? quoted(value.text)
          : notTyped(value, 'the layer reads this cron line otherwise', file);
      if (key === 'timezone' && /^(?:UTC$|.*\/)/.test(value.text)) return quoted(value.text);
      return notTyped(value, `a schedule has no such ${key}`, file);
    }),
  );
  return object(parts);
}

import type { ActionFacts, InputFacts } from '../../src/typed/action-facts.ts';
import { type Code, list, object, type Part, propertyName, quoted } from './code.ts';
import { type At, hasExpression, notTyped, typedString, typedText, typedValue } from './values.ts';
import type { YamlEntry, YamlNode } from './yaml-node.ts';

/** What a step gives an action; `facts` is what the catalog knows of it. */
export function typedInputs(
  node: YamlNode,
  { key, facts }: { readonly key: string; readonly facts: ActionFacts | undefined },
  at: At,
): Code {
  if (!node.isMap && !node.isEmpty) return notTyped(node, 'with has to be a map', at.file);
  const entries = node.entries('with');
  const parts = entries.map((entry) =>
    at.file.entry(entry, () => typedInput(entry, { key, facts }, at), propertyName(entry.key)),
  );
  return object([...parts, ...missing(node, entries, { key, facts }, at)]);
}

/** The inputs that the layer requires and GitHub does not. */
export function missing(
  node: YamlNode,
  entries: readonly YamlEntry[],
  { key, facts }: { readonly key: string; readonly facts: ActionFacts | undefined },
  { file }: At,
): Part[] {
  const given = new Set(entries.map((entry) => entry.key));
  const lacking = Object.entries(facts?.inputs ?? {}).filter(
    ([name, { required }]) => required && !given.has(name),
  );
  return lacking.map(([name]) =>
    file.marked(
      () => {
        file.mark(node.line, `${key} without ${name}`, 'the action requires the input');
        return 'undefined as never';
      },
      { key: propertyName(name) },
    ),
  );
}

function typedInput(
  { key: name, value }: YamlEntry,
  { key, facts }: { readonly key: string; readonly facts: ActionFacts | undefined },
  at: At,
): Code {
  // What it takes is known when the lock has it.
  if (!facts) return typedValue(value, at);
  const input = Object.hasOwn(facts.inputs, name) ? facts.inputs[name] : undefined;
  if (!input) return notTyped(value, `${key} ${facts.version ?? ''} has no input ${name}`, at.file);
  if (value.isMap || value.isList) return notTyped(value, 'an input is one value', at.file);
  if (input.type === 'list') return typedList(value, input, at);
  return hasExpression(value.text) ? typedString(value, at) : fixed(value, input, at);
}

function isBoolean(text: string): boolean {
  return text === 'true' || text === 'false';
}

/** An input that is written out. */
function fixed(value: YamlNode, { type, values }: InputFacts, at: At): Code {
  const { text } = value;
  switch (type) {
    case 'boolean':
      return isBoolean(text) ? text : notTyped(value, 'true or false is wanted', at.file);
    case 'number':
      return /^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/.test(text)
        ? text
        : notTyped(value, 'a number is wanted', at.file);
    case 'enum':
      if (!values?.includes(text))
        return notTyped(value, `one of these is wanted: ${values?.join(', ')}`, at.file);
      // Where both are among the values, the type has booleans in their place.
      return isBoolean(text) && values.includes('true') && values.includes('false')
        ? text
        : quoted(text);
    default:
      return typedString(value, at);
  }
}

function typedList(value: YamlNode, { values, separator = '\n' }: InputFacts, at: At): Code {
  const text = value.text.trimEnd();
  const items =
    separator === '\n' ? text.split('\n') : text.split(separator).map((each) => each.trim());
  if (values) {
    const isKnown = items.every((each) => values.includes(each) || hasExpression(each));
    if (!isKnown || /\$\{\{[^}]*$/.test(items.join('\n')))
      return notTyped(value, `of these are wanted: ${values.join(', ')}`, at.file);
  }
  // An expression may go on over a separator.
  const isParted = items.every((each) => !each.replace(/\$\{\{.*?\}\}/g, '').includes('${{'));
  const asList = isParted && (values !== undefined || (separator === '\n' && items.length > 1));
  if (!asList)
    return items.length === 1 ? typedText(text, value.line, at).code : typedString(value, at);
  const parts = items.map((each) => typedText(each, value.line, at).code);
  return list(parts);
}

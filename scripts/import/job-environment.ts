import { type Code, object, quoted, withTail } from './code.ts';
import { type At, hasExpression, typedString } from './values.ts';
import type { YamlNode } from './yaml-node.ts';

/** The environment; one whose name is an expression is what the layer compiles for a name. */
export function typedEnvironment(node: YamlNode, at: At): Code {
  const { file } = at;
  if (!node.isMap) {
    if (!hasExpression(node.text)) return file.environment(node.text);
    file.mark(node.line, node.text, 'the layer has environments that are declared');
    return withTail(object([{ comments: [], key: 'name', value: quoted(node.text) }]), ' as never');
  }
  const entries = node.entries('environment');
  const unknown = entries.find(({ key }) => key !== 'name' && key !== 'url');
  const name = node.get('name');
  if (!name) node.refuse('an environment has a name');
  if (unknown)
    file.mark(unknown.line, unknown.key, 'the layer has no such key of an environment', true);
  const isTyped = !hasExpression(name.text);
  if (!isTyped) file.mark(name.line, name.text, 'the layer has environments that are declared');
  const code = object(
    entries
      .filter((entry) => entry !== unknown)
      .map((entry) =>
        file.entry(entry, () => {
          if (entry.key === 'url') return typedString(entry.value, at);
          if (isTyped) return file.environment(name.text);
          return object([{ comments: [], key: 'name', value: quoted(name.text) }]);
        }),
      ),
  );
  return isTyped ? code : withTail(code, ' as never');
}

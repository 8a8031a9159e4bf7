import { type Code, list, object, type Part, propertyName, quoted, withTail } from './code.ts';
import type { Importing } from './importing.ts';
import { isPermission, isShell } from './known-values.ts';
import { type At, notTyped, typedString, typedText, typedValue, verbatim } from './values.ts';
import type { YamlEntry, YamlNode } from './yaml-node.ts';

/** The keys that workflows, jobs and steps have in common. */

/** A key that the layer does not have. */
export function unknownKey(entry: YamlEntry, what: string, file: Importing): Part {
  return file.entry(
    entry,
    () => {
      file.mark(entry.line, entry.key, `the layer has no key ${entry.key} of a ${what}`);
      return withTail(verbatim(entry.value, file), ' as never');
    },
    propertyName(entry.key),
  );
}

/** The variables of a workflow, job, step or container. */
export function typedEnv(node: YamlNode, at: At): Code {
  if (!node.isMap) return node.isEmpty ? '{}' : notTyped(node, 'env has to be a map', at.file);
  return object(envParts(node, at));
}

/** The entries of an `env`; the names of those that others write are added to `untrusted`. */
export function envParts(node: YamlNode, at: At, untrusted: string[] = []): Part[] {
  return node.entries('env').map((entry) =>
    at.file.entry(
      entry,
      () => {
        if (/[-. ]/.test(entry.key))
          return notTyped(entry.value, `no script can read ${entry.key}`, at.file);
        if (typeof entry.value.plain !== 'string') return typedValue(entry.value, at);
        const typed = typedText(entry.value.text, entry.value.line, at);
        if (typed.untrusted) untrusted.push(entry.key);
        return typed.code;
      },
      propertyName(entry.key),
    ),
  );
}

/** What a token may do. */
export function typedPermissions(node: YamlNode, file: Importing): Code {
  if (node.isEmpty) return '{}';
  if (!node.isMap) return notTyped(node, 'the layer names permissions one by one', file);
  return object(
    node
      .entries('permissions')
      .map((entry) =>
        file.entry(
          entry,
          () =>
            isPermission(entry.key, entry.value.text)
              ? quoted(entry.value.text)
              : notTyped(entry.value, `the layer has no such permission ${entry.key}`, file),
          propertyName(entry.key),
        ),
      ),
  );
}

export function typedConcurrency(node: YamlNode, at: At): Code {
  if (!node.isMap) return object([at.file.marked(() => typedString(node, at), { key: 'group' })]);
  return object(
    node.entries('concurrency').map((entry) => {
      const { key, value } = entry;
      if (key !== 'group' && key !== 'cancel-in-progress')
        return unknownKey(entry, 'concurrency', at.file);
      return at.file.entry(
        entry,
        () => (key === 'group' ? typedString(value, at) : typedValue(value, at)),
        propertyName(key),
      );
    }),
  );
}

export function typedDefaults(node: YamlNode, at: At): Code {
  const { file } = at;
  const run = node.get('run');
  if (!run?.isMap) return notTyped(node, 'the layer has defaults of run only', file);
  return object(
    node
      .entries('defaults')
      .map((entry) =>
        entry.key === 'run'
          ? file.entry(entry, () =>
              object(
                run
                  .entries('defaults.run')
                  .map((each) =>
                    each.key === 'shell' || each.key === 'working-directory'
                      ? file.entry(
                          each,
                          () =>
                            each.key === 'shell'
                              ? typedShell(each.value, file)
                              : fixedText(each.value, file),
                          propertyName(each.key),
                        )
                      : unknownKey(each, 'defaults.run', file),
                  ),
              ),
            )
          : unknownKey(entry, 'defaults', file),
      ),
  );
}

export function typedShell(node: YamlNode, file: Importing): Code {
  return isShell(node.text)
    ? quoted(node.text)
    : notTyped(node, 'the layer has no such shell', file);
}

/** A text that takes no expression in the layer. */
export function fixedText(node: YamlNode, file: Importing): Code {
  if (node.isMap || node.isList || node.text.includes('${{'))
    return notTyped(node, 'the layer takes no expression here', file);
  return quoted(node.text);
}

/** A number that takes no expression in the layer. */
export function fixedNumber(node: YamlNode, file: Importing): Code {
  return typeof node.plain === 'number'
    ? String(node.plain)
    : notTyped(node, 'the layer takes a number here', file);
}

/** The container of a job, or one beside it. */
export function typedContainer(node: YamlNode, at: At): Code {
  const { file } = at;
  if (!node.isMap) return typedString(node, at);
  return object(
    node.entries('a container').map((entry) => {
      const { key, value } = entry;
      if (!['image', 'env', 'ports', 'volumes', 'options'].includes(key))
        return file.entry(
          entry,
          () => notTyped(value, `the layer has no key ${key} of a container`, file),
          propertyName(key),
        );
      return file.entry(entry, () => {
        if (key === 'image') return typedString(value, at);
        if (key === 'env') return typedEnv(value, at);
        if (key === 'options') return fixedText(value, file);
        const items = value.items();
        if (items.some((each) => each.isMap || each.isList || each.text.includes('${{')))
          return notTyped(value, `the layer takes no expression in ${key}`, file);
        return list(
          items.map(({ plain, text }) =>
            key === 'ports' && typeof plain === 'number' ? text : quoted(text),
          ),
        );
      });
    }),
  );
}

import { type Code, list, object, quoted } from './code.ts';
import type { Importing } from './importing.ts';
import { isRunner } from './known-values.ts';
import { type At, hasExpression, notTyped, partsOfText, typedText } from './values.ts';
import type { YamlNode } from './yaml-node.ts';

/** The machine that a job runs on. */
export function typedRunner(node: YamlNode, at: At): Code {
  const { file } = at;
  if (node.isList) {
    const labels = node.items();
    if (labels.some((each) => each.isMap || each.text.includes('${{')))
      return notTyped(node, 'the layer takes no expression in labels', file);
    const [only] = labels;
    if (only && labels.length === 1 && isRunner(only.text)) return quoted(only.text);
    if (only?.text === 'self-hosted') return list(labels.map(({ text }) => quoted(text)));
    return notTyped(node, 'labels of own runners begin with self-hosted in the layer', file);
  }
  if (node.isMap) return typedGroup(node, file);
  if (!hasExpression(node.text))
    return isRunner(node.text)
      ? quoted(node.text)
      : notTyped(node, 'the layer knows no such runner', file);
  const parts = partsOfText(node.text);
  const typed = file.trial(() => typedText(node.text, node.line, at));
  const { type } = typed;
  if (
    parts.length === 1 &&
    type.kind === 'values' &&
    type.values.every((each) => isRunner(String(each)))
  )
    return typedText(node.text, node.line, at).code;
  return notTyped(node, 'the layer knows not all runners that this can be', file);
}

function typedGroup(node: YamlNode, file: Importing): Code {
  const labels = node.get('labels')?.items() ?? [];
  const isKnown =
    node.entries('runs-on').every(({ key }) => key === 'group' || key === 'labels') &&
    node.get('group') !== undefined &&
    !node.written.includes('${{');
  if (!isKnown) return notTyped(node, 'the layer has groups with labels', file);
  const parts = node
    .entries('runs-on')
    .map((entry) =>
      file.entry(
        entry,
        entry.key === 'labels' && entry.value.isList
          ? list(labels.map(({ text }) => quoted(text)))
          : quoted(entry.value.text),
      ),
    );
  return object(parts);
}

/** The shell of scripts that name none; undefined where a runner may be one with Windows. */
export function shellOf(node: YamlNode, ofWorkflow: string | undefined): string | undefined {
  const own = node.get('defaults')?.get('run')?.get('shell')?.text ?? ofWorkflow;
  if (own !== undefined) return own;
  const runners = `${node.get('runs-on')?.written} ${node.get('strategy')?.written ?? ''}`;
  return /windows|fromjson/i.test(runners) ? undefined : 'bash';
}

import type { Expr } from '@actions/expressions';
import { Binary, Grouping, Literal, Logical } from '@actions/expressions/ast';
import type { Plain, PlainJob } from '../plain.ts';
import { expressionsIn, parse, referenceOf } from './references.ts';

/** The events in which a job can run: of those that start the workflow, what its condition leaves. */
export function eventsOfJob(job: PlainJob, { on }: Plain): readonly string[] {
  const events = Object.keys(on);
  const [condition] = expressionsIn(job.if, ['if']);
  const left = condition && narrowed(parse(condition.source));
  return left ? events.filter((event) => left.has(event)) : events;
}

/** The events that a condition leaves; `undefined` where it asks for none. */
function narrowed(node: Expr): ReadonlySet<string> | undefined {
  if (node instanceof Grouping) return narrowed(node.group);
  if (node instanceof Binary && node.operator.lexeme === '==') {
    const [reference, literal] =
      node.right instanceof Literal ? [node.left, node.right] : [node.right, node.left];
    return literal instanceof Literal && referenceOf(reference)?.join('.') === 'github.event_name'
      ? new Set([literal.literal.coerceString()])
      : undefined;
  }
  if (!(node instanceof Logical)) return undefined;
  const parts = node.args.map(narrowed);
  if (node.operator.lexeme === '&&') {
    const known = parts.filter((each) => each !== undefined);
    const [first, ...rest] = known;
    return first && new Set([...first].filter((event) => rest.every((each) => each.has(event))));
  }
  return parts.includes(undefined)
    ? undefined
    : new Set(parts.flatMap((each) => [...(each ?? [])]));
}

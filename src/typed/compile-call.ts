import type { CallDefinition } from './call.ts';
import type { CallOutput, WorkflowCall } from './callable.ts';
import { DefinitionError } from './definition-error.ts';
import { braced, isExpression } from './expression.ts';
import { toPlain } from './plain-values.ts';
import type { Position } from './position.ts';

/** The keys of a calling job that no other job has. */
export function plainCall(
  { uses, with: inputs, secrets }: CallDefinition,
  at: Position | undefined,
): object {
  if (!('signature' in uses))
    throw new DefinitionError(
      `the workflow ${uses.id} cannot be called: its on has no workflow_call`,
      at,
    );
  return {
    uses: uses.signature.uses,
    ...(inputs && { with: toPlain(inputs) }),
    ...(secrets && { secrets: toPlain(secrets) }),
    steps: [],
  };
}

/** The event of a workflow that others call. */
export function plainWorkflowCall(call: WorkflowCall | object): object {
  if (!('declared' in call)) return {};
  const { inputs, secrets, outputs } = call.declared;
  return {
    ...(filled(inputs) && { inputs: toPlain(inputs) }),
    ...(filled(secrets) && { secrets }),
    ...(filled(outputs) && {
      outputs: Object.fromEntries(
        Object.entries(outputs).map(([name, output]) => [name, plainOutput(output)]),
      ),
    }),
  };
}

function filled(of: object): boolean {
  return Object.keys(of).length > 0;
}

/** What the jobs of a workflow know as `needs` it calls `jobs` where it looks at them from outside. */
function plainOutput(output: CallOutput): object {
  const { value, ...rest } = isExpression(output) ? { value: output } : output;
  const inExpressions = (text: string) =>
    text.replace(/'(?:[^']|'')*'|\bneeds(?=[.[])/g, (part) => (part === 'needs' ? 'jobs' : part));
  return { ...rest, value: braced(value).replace(/\$\{\{.*?\}\}/gs, inExpressions) };
}

import { DefinitionError } from './definition-error.ts';
import { isExpression } from './expression.ts';

/** How a definition calls the function that looks at what its operators get. */
export const operandName = '__operandOfDefinition';

/**
 * JavaScript's `&&`, `||`, `!` and `?:` take an expression for true, whatever it will be in the run, and no type can
 * forbid that. Definitions are loaded with every operand going through this function.
 */
export function installOperand(): void {
  Object.assign(globalThis, {
    [operandName]: (value: unknown, operator: string) => {
      if (isExpression(value))
        throw new DefinitionError(
          `JavaScript's ${operator} does not know what an expression will be in the run: join conditions with and(), or() and not(), and choose with when()`,
        );
      return value;
    },
  });
}

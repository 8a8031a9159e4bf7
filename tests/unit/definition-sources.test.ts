import { describe, expect, it } from 'vitest';
import { droppedBackslashes } from '../../scripts/build/definition-sources.ts';
import { readableTypeErrors } from '../../scripts/check/type-errors.ts';
import { watchedOperators } from '../../scripts/repository/definition-operators.ts';

describe('a backslash that no script gets', () => {
  it.each([
    ['in a template', 'const run = `grep "\\s"`;', [{ line: 1, column: 20, dropped: 's' }]],
    ['in quotes', "const run = 'a\\.b';", [{ line: 1, column: 15, dropped: '.' }]],
    [
      'in a later line',
      'const run = `\n  sed "s/\\./_/"\n`;',
      [{ line: 2, column: 10, dropped: '.' }],
    ],
  ])('%s', (_, text, expected) => {
    expect(droppedBackslashes(text)).toEqual(expected);
  });

  it.each([
    ['twice', 'const run = `grep "\\\\s"`;'],
    ['of a line or a quote', "const run = 'a\\n\\'b\\'';"],
    ['in a regular expression', 'const pattern = /\\s\\./;'],
    ['in String.raw', 'const run = String.raw`grep "\\s"`;'],
  ])('but not %s', (_, text) => {
    expect(droppedBackslashes(text)).toEqual([]);
  });
});

it.each([
  ['a && b', '__operandOfDefinition(a,"&&") && b'],
  ['!a', '!__operandOfDefinition(a,"!")'],
  ['a ? b : c', '__operandOfDefinition(a,"?:") ? b : c'],
  ['a || b || c', '__operandOfDefinition(__operandOfDefinition(a,"||") || b,"||") || c'],
  ['f({ a: 1 })', 'f({ a: 1 })'],
])('looks at the operands of %s', (text, expected) => {
  expect(watchedOperators(text).text).toBe(expected);
});

describe('errors of the compiler', () => {
  const error = (line: number, message: string) => `one.ts(${line},3): error TS2322: ${message}`;

  it("say the layer's own sentence", () => {
    const text = error(
      4,
      "Type 'A' is not assignable to type 'Problem<\"no event is called pul\">'.",
    );
    expect(readableTypeErrors(text)).toBe('one.ts:4:3: no event is called pul');
  });

  it('say how an action comes to be known', () => {
    const text = error(4, "Type '\"a/b\"' is not assignable to type 'keyof Actions'.");
    expect(readableTypeErrors(text)).toBe(
      'one.ts:4:3: a/b is not in the lock: npx staging-pipeline actions add a/b',
    );
  });

  it('are told once each, and three of many', () => {
    const same = error(1, "Cannot find name 'a'.\n    further");
    const many = [2, 3, 4, 5].map((line) => error(line, `Cannot find name 'n${line}'.`));
    expect(readableTypeErrors([same, same, ...many].join('\n')).split('\n')).toEqual([
      'one.ts:1:3: further',
      "one.ts:2:3: Cannot find name 'n2'.",
      "one.ts:3:3: Cannot find name 'n3'.",
      '… and 3 more, which mostly follow from these',
    ]);
  });

  it('name the key that is missing', () => {
    const text = error(
      9,
      "Argument of type '{ … }' is not assignable.\n  Property 'permissions' is missing in type '{ name: string }' but required in type 'WorkflowDefinition'.",
    );
    expect(readableTypeErrors(text)).toBe(
      "one.ts:9:3: Property 'permissions' is missing in WorkflowDefinition",
    );
  });
});

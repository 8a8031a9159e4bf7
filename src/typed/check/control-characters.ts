import { type Checked, type Fault, stepsOf } from './fault.ts';

const meant: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
  '\0': '\\0',
};

/** Characters in a script that JavaScript has made of a backslash which the shell should have got. */
export function controlCharacterFaults(checked: Checked): Fault[] {
  return stepsOf(checked).flatMap(({ step, path }) => {
    const text = step.run ?? '';
    const [char = ''] = /[\b\f\v\0]/.exec(text) ?? [];
    if (char === '') return [];
    const scriptLine = text.slice(0, text.indexOf(char)).split('\n').length - 1;
    const message = `JavaScript reads ${meant[char]} as one character: write \\${meant[char]} where the script needs a backslash`;
    return [{ path: [...path, 'run'], scriptLine, message }];
  });
}

/**
 * The commands that GitHub's runner takes out of a step's output: `::name::` where a line begins, after blanks, and
 * `##[name]` anywhere in a line (actions/runner, ActionCommand.cs). .NET ends a line at a carriage return too.
 */
export function commandsIn(output: string): string[] {
  return output.split(/\r\n?|\n/).filter((line) => {
    const old = line.indexOf('##[');
    return /^[\s\u0085]*::/.test(line) || (old >= 0 && line.indexOf(']', old) > old);
  });
}

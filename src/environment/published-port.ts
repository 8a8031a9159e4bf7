import type { EnvironmentFile } from './variable.ts';

/** The variables of a file, `{port}` in their examples being the port under which the stack is reached. */
export function withPublishedPort(file: EnvironmentFile, port: number): EnvironmentFile {
  const sections = Object.entries(file.sections).map(([heading, variables]) => [
    heading,
    Object.fromEntries(
      Object.entries(variables).map(([name, variable]) => [
        name,
        variable.example === undefined
          ? variable
          : { ...variable, example: variable.example.replaceAll('{port}', String(port)) },
      ]),
    ),
  ]);
  return { ...file, sections: Object.fromEntries(sections) };
}

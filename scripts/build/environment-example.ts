import { environmentText } from '../../src/environment/text.ts';
import type { Project } from '../../src/project/project.ts';

/** The example of the server's environment file, where the settings say which variables it has. */
export function environmentExampleOf({
  environment,
  environmentExample,
}: Pick<Project, 'environment' | 'environmentExample'>): ReadonlyMap<string, Buffer> {
  if (environment === undefined) return new Map();
  return new Map([[environmentExample, Buffer.from(environmentText(environment))]]);
}

import { obstacleOf } from '../../actions/ssh-deploy/src/make-release/side-by-side.ts';
import { DefinitionError } from '../typed/definition-error.ts';
import type { ComposeServices } from './compose-services.ts';

/**
 * Demands of the services that a release replaces that two containers of each can run side by side, as the host will.
 * Throws `DefinitionError` that says what stands in the way.
 */
export function demandTwoContainers(
  services: ComposeServices,
  released: readonly string[],
  composeFile: string,
): void {
  for (const name of released) {
    const obstacle = obstacleOf(services[name] ?? {});
    if (obstacle === undefined) continue;
    throw new DefinitionError(
      `images.${name}: the service ${name} of ${composeFile} has ${obstacle}. Its old and its new container run side by side while a release goes live`,
    );
  }
}

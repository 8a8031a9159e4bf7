import { DefinitionError } from '../typed/definition-error.ts';
import type { ComposeServices } from './compose-services.ts';
import { publishedPorts } from './published-ports.ts';

/**
 * Demands of the services that a release replaces that two containers of each can run beside each other. Throws
 * `DefinitionError` that says what stands in the way.
 */
export function demandTwoContainers(
  services: ComposeServices,
  released: readonly string[],
  composeFile: string,
): void {
  const published = publishedPorts(services);
  for (const name of released) {
    const port = published.find(({ service }) => service === name)?.port;
    const obstacle =
      services[name]?.container_name !== undefined
        ? 'has a container_name'
        : port !== undefined && `publishes port ${port}`;
    if (obstacle)
      throw new DefinitionError(
        `images.${name}: the service ${name} of ${composeFile} ${obstacle}, so that a second container cannot run beside the one that a release replaces: take it away, since requests come through the proxy`,
      );
  }
}

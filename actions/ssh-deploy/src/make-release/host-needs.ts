import type { ComposeFile } from './compose-file.ts';

/** What a release takes of the host, which checks beforehand that it has it. */
export interface HostNeeds {
  /** Bytes that each service of the application may take. */
  readonly memory: readonly number[];
  /** Ports that are published on the host. */
  readonly ports: readonly number[];
}

type Services = ComposeFile['services'];

/** Reads limits and ports from a Compose file; what is written in another way than Compose's usual ones is left out. */
export function hostNeeds(
  { services }: Pick<ComposeFile, 'services'>,
  release: { readonly application: Iterable<string>; readonly optional: readonly string[] },
): HostNeeds {
  const running = Object.entries(services).filter(
    ([name, service]) => (service?.profiles ?? []).length === 0 || release.optional.includes(name),
  );
  return {
    memory: [...release.application].flatMap((name) => memoryLimit(services[name])),
    ports: [
      ...new Set(running.flatMap(([, service]) => (service?.ports ?? []).flatMap(publishedPort))),
    ],
  };
}

const units: Readonly<Record<string, number>> = { b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };

function memoryLimit(service: Services[string] | undefined): number[] {
  const text = String(service?.mem_limit ?? service?.deploy?.resources?.limits?.memory ?? '');
  const [, amount, unit = 'b'] = /^(\d+(?:\.\d+)?)\s*([bkmg])?b?$/i.exec(text) ?? [];
  return amount === undefined ? [] : [Math.ceil(Number(amount) * (units[unit.toLowerCase()] ?? 1))];
}

/** `8081:80`, `127.0.0.1:5433:5432/tcp` or `{ published: 8081 }`; a port alone gets one that is free. */
function publishedPort(port: unknown): number[] {
  const published =
    typeof port === 'object' && port !== null && 'published' in port
      ? String(port.published)
      : /:?(\d+):\d+(?:\/\w+)?$/.exec(String(port))?.[1];
  return published !== undefined && /^\d+$/.test(published) ? [Number(published)] : [];
}

/** What of a service says whether two containers of it can run at the same time. */
export interface SideBySide {
  readonly container_name?: unknown;
  readonly network_mode?: unknown;
  readonly scale?: unknown;
  readonly deploy?: { readonly replicas?: unknown } | null | undefined;
  readonly ports?: readonly unknown[] | null;
}

/**
 * What stands in the way of what a release needs of a service, with its key and what mends it: for a moment the old
 * container and the new one run side by side, and afterwards there is one. Undefined where nothing does.
 */
export function obstacleOf(service: SideBySide): string | undefined {
  const { container_name, network_mode, scale, deploy, ports } = service;
  if (container_name !== undefined)
    return `container_name: ${container_name}, which only one container can have: take it out, Compose gives names of its own`;
  if (network_mode === 'host')
    return 'network_mode: host, where only one container can listen on a port: give it a network, and let the proxy reach it there';
  for (const [key, count] of [
    ['scale', scale],
    ['deploy.replicas', deploy?.replicas],
  ] as const) {
    if (count !== undefined && Number(count) !== 1)
      return `${key}: ${count}, and a release has one container of each service: take it out`;
  }
  const fixed = (ports ?? []).find(isFixed);
  if (fixed !== undefined)
    return `the port ${typeof fixed === 'object' ? JSON.stringify(fixed) : fixed} of the host, which only one container can have: take it out (the proxy reaches the container without)`;
  return undefined;
}

/** Whether an entry of `ports` names a port of the host: one that is not named, is 0 or a range is any that is free. */
function isFixed(port: unknown): boolean {
  if (typeof port === 'object' && port !== null) {
    const { published } = port as { readonly published?: unknown };
    return published !== undefined && isOnePort(String(published));
  }
  const parts = String(port)
    .replace(/\/\w+$/, '')
    .split(/:(?![^{]*\})(?![^[]*\])/);
  return parts.length > 1 && isOnePort(parts.at(-2) ?? '');
}

function isOnePort(published: string): boolean {
  return !['', '0'].includes(published) && !/^\d+-\d+$/.test(published);
}

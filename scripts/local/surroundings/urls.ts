import type { Instance } from './instance.ts';

/** The addresses that the settings name, as they are on this machine, and what people have to know. */
export function urlTable(instance: Instance, monitoring: readonly string[]): readonly string[] {
  const { stagingUrl, stagingPorts, project } = instance;
  const { addresses = { Application: '/' }, hint } = project.local;
  const rows = [
    ...Object.entries(addresses).map(([name, path]) => [
      name,
      path === '/' ? stagingUrl : `${stagingUrl}${path}`,
    ]),
    ...stagingPorts
      .filter(({ service }) => monitoring.includes(service))
      .map(({ service, port }) => [
        capitalised(service),
        `http://localhost:${port + instance.offset}`,
      ]),
    ['Slack messages', `http://localhost:${instance.ports.slack}`],
  ];
  return [
    'Staging is up',
    ...rows.map(([name = '', url]) => `  ${name.padEnd(15)} ${url}`),
    ...(hint ? [`  ${hint.replaceAll('{secrets}', `${instance.directory}/secrets.json`)}`] : []),
  ];
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

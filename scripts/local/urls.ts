import { type Instance, stagingPorts } from './instance.ts';

/** The URLs of the guide, as they are on this machine, and how to sign in. */
export function urlTable(instance: Instance, monitoring: readonly string[]): readonly string[] {
  const { stagingUrl } = instance;
  const rows = [
    ['Frontend', stagingUrl],
    ['API', `${stagingUrl}/api`],
    ['API Docs', `${stagingUrl}/docs`],
    ...stagingPorts
      .filter(({ service }) => monitoring.includes(service))
      .map(({ service, port }) => [
        capitalised(service),
        `http://localhost:${port + instance.offset}`,
      ]),
    ['Slack messages', `http://localhost:${instance.ports.slack}`],
  ];
  const signIn = `Sign in to tenant-test as qa@azals.test; the password is testTenantPassword in ${instance.directory}/secrets.json`;
  return [
    'Staging is up',
    ...rows.map(([name = '', url]) => `  ${name.padEnd(15)} ${url}`),
    `  ${signIn}`,
  ];
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

import type { LocalRun } from './local-run.ts';

const variable = /^[A-Za-z_]\w*$/;

/** What is wrong with the settings of the local run, each a sentence that begins with the setting. */
export function localRunFaults(local: LocalRun): readonly string[] {
  const { environment = {}, passwords = [], serverFiles = {}, afterDeploy } = local;
  return [
    ...[...Object.keys(environment), ...passwords]
      .filter((name) => !variable.test(name))
      .map((name) => `local: ${JSON.stringify(name)} is no name of a variable`),
    ...Object.entries(environment)
      .filter(([, value]) => typeof value === 'string' && /[\r\n]/.test(value))
      .map(([name]) => `local.environment.${name}: a value has one line`),
    ...(afterDeploy?.passwords ?? [])
      .filter((name) => !passwords.includes(name))
      .map((name) => `local.afterDeploy.passwords: ${name} is none of local.passwords`),
    ...Object.entries(serverFiles).flatMap(([path, content]) => [
      ...(path.startsWith('/') || path.split('/').includes('..')
        ? [`local.serverFiles: ${path} does not lie below the server's base directory`]
        : []),
      ...[...content.matchAll(/\{md5:(.*?)\}/g)]
        .filter(([, name = '']) => !passwords.includes(name))
        .map(
          ([, name]) =>
            `local.serverFiles: ${path} has the sum of ${name}, which is none of local.passwords`,
        ),
    ]),
  ];
}

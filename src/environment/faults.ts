import { type EnvironmentFile, type NamedVariable, variablesOf } from './variable.ts';

const nameOfVariable = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** What is wrong with the variables of an environment file, each a sentence that begins with the setting. */
export function environmentFaults(
  file: EnvironmentFile,
  services: readonly string[],
): readonly string[] {
  const variables = variablesOf(file);
  const names = variables.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return [
    ...(twice === undefined ? [] : [`environment: ${twice} is there twice`]),
    ...variables.flatMap((each, index) =>
      faultsOf(each, { services, above: names.slice(0, index), all: names }).map(
        (fault) => `environment: ${each.name} ${fault}`,
      ),
    ),
  ];
}

interface Around {
  readonly services: readonly string[];
  /** The variables that stand above it. */
  readonly above: readonly string[];
  readonly all: readonly string[];
}

function faultsOf(variable: NamedVariable, { services, above, all }: Around): readonly string[] {
  const { name, kind, required, example } = variable;
  const asked = [...variable.for, ...(typeof required === 'string' ? [required] : [])];
  const used = [...example.matchAll(/\$\{(\w+)\}/g)].map(([, each = '']) => each);
  const words = Object.values(kind)
    .flat()
    .filter((each) => typeof each === 'string');
  const named = kind.is === 'database' ? [kind.user, kind.password, kind.name] : [];
  return [
    ...(nameOfVariable.test(name) ? [] : ['is no name of a variable']),
    ...asked
      .filter((service) => !services.includes(service))
      .map((service) => `is for ${service}, which is no service of the Compose file`),
    ...(kind.is === 'database' && !services.includes(kind.service)
      ? [`leads to ${kind.service}, which is no service of the Compose file`]
      : []),
    ...named
      .filter((each) => !all.includes(each))
      .map((each) => `takes ${each}, which there is not`),
    ...used
      .filter((each) => !above.includes(each))
      .map((each) => `takes ${each}, which does not stand above it`),
    ...words
      .filter((word) => word === '' || /[\s\\]/.test(word))
      .map(
        (word) =>
          `has ${JSON.stringify(word)} in its kind: words without blanks and backslashes are possible`,
      ),
    ...(/[\r\n]/.test(example) ? ['has an example of more than one line'] : []),
    ...(example.includes('CHANGE_ME') && !['secret', 'key'].includes(kind.is)
      ? ['has CHANGE_ME in its example, and is neither a secret nor a key: nobody could make it']
      : []),
  ];
}

import type { ComposeServices } from '../project/compose-services.ts';
import { type EnvironmentFile, type NamedVariable, variablesOf } from './variable.ts';

const nameOfVariable = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** What is wrong with the variables of an environment file, each a sentence that begins with the setting. */
export function environmentFaults(
  file: EnvironmentFile,
  composeServices: ComposeServices,
): readonly string[] {
  const services = Object.keys(composeServices);
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
    ...Object.entries(composeServices).flatMap(([service, { env_file, environment }]) =>
      env_file === undefined ? [] : leaksTo(service, environment, variables),
    ),
  ];
}

/** Compose gives a container all of a file: what is not for it has to be set, to nothing, beside. */
function leaksTo(
  service: string,
  environment: unknown,
  variables: readonly NamedVariable[],
): readonly string[] {
  const own = namesIn(environment);
  return variables
    .filter((variable) => !variable.for.includes(service) && !own.has(variable.name))
    .map(
      ({ name, for: [owner] }) =>
        `environment: ${service} gets ${name} from its env_file, which is for ${owner}: write ${name}: "" in its environment`,
    );
}

/** The names that `environment` gives values to, as a map or as a list. */
function namesIn(environment: unknown): ReadonlySet<string> {
  if (Array.isArray(environment))
    return new Set(
      environment
        .map(String)
        .filter((line) => line.includes('='))
        .map((line) => line.replace(/=.*/s, '')),
    );
  return new Set(
    Object.entries(environment ?? {})
      .filter(([, value]) => value !== null)
      .map(([name]) => name),
  );
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

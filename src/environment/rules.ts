import { type EnvironmentFile, type NamedVariable, variablesOf } from './variable.ts';

/**
 * What the server asks of the values, a line each: the executor's part 44-environment-rules.sh says what they mean. No
 * part of a line has a blank in it.
 */
export function environmentRules(file: EnvironmentFile): readonly string[] {
  return ['closed', ...variablesOf(file).flatMap(rulesOf)];
}

function rulesOf(variable: NamedVariable): readonly string[] {
  const { name, required } = variable;
  const need = typeof required === 'string' ? required : required ? 'required' : 'optional';
  const words = wordsOf(variable);
  return [`variable ${name} ${need}`, ...(words === undefined ? [] : [words.join(' ')])];
}

function wordsOf({ name, kind }: NamedVariable): readonly string[] | undefined {
  switch (kind.is) {
    case 'choice':
      return ['choice', name, ...kind.of];
    case 'text':
      return kind.pattern === undefined ? undefined : ['pattern', name, kind.pattern];
    case 'secret':
      return ['secret', name, String(kind.least)];
    case 'key':
      return ['key', name, ...kind.prefixes];
    case 'origins':
      return ['origins', name];
    case 'url':
      return ['url', name, ...kind.schemes];
    case 'database':
      return ['database', name, kind.driver, kind.service, kind.user, kind.password, kind.name];
  }
}

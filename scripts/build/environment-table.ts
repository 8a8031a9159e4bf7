import {
  type EnvironmentFile,
  type NamedVariable,
  variablesOf,
} from '../../src/environment/variable.ts';
import { code, table } from '../terminal/markdown.ts';

/** The variables of the server's environment file, for the documentation. */
export function environmentTable(file: EnvironmentFile): string {
  return table(
    ['Variable', 'What it is', 'Who gets it', 'Value', 'Needed', 'Production has'],
    variablesOf(file).map((variable) => [
      code(variable.name),
      variable.what,
      variable.for.map(code).join(', '),
      describedValue(variable),
      whenNeeded(variable),
      variable.production,
    ]),
  );
}

function describedValue({ kind, example }: NamedVariable): string {
  switch (kind.is) {
    case 'choice':
      return kind.of.map(code).join(', ');
    case 'secret':
      return `generated, ${kind.least} characters or more`;
    case 'key':
      return `yours, begins with ${kind.prefixes.map(code).join(' or ')}`;
    case 'origins':
      return 'origins, with commas between';
    case 'database':
      return `made from ${[kind.user, kind.password, kind.name].map(code).join(', ')}`;
    default:
      return example === '' ? 'yours' : code(example);
  }
}

function whenNeeded({ required }: NamedVariable): string {
  if (typeof required === 'string') return `with ${code(required)}`;
  return required ? 'yes' : 'no';
}

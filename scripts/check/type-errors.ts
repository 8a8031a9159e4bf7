/** How many errors are told: the others mostly follow from them. */
const most = 3;

interface TypeError {
  readonly place: string;
  readonly message: string;
}

/**
 * The compiler's errors as lines that begin with their places. A sentence of the typed layer stands for the type that
 * holds it; of errors that say the same the first is told, and of many the first few.
 */
export function readableTypeErrors(printed: string): string {
  const errors = printed.split(/\n(?=\S)/).flatMap(errorOf);
  if (errors.length === 0) return printed.trim();
  const distinct = errors.filter(
    ({ message }, at) => errors.findIndex((each) => each.message === message) === at,
  );
  const told = preferred(distinct).slice(0, most);
  const left = errors.length - told.length;
  return [
    ...told.map(({ place, message }) => `${place}: ${message}`),
    ...(left > 0 ? [`… and ${left} more, which mostly follow from these`] : []),
  ].join('\n');
}

function errorOf(text: string): TypeError[] {
  const [, file, line, column, message = ''] =
    /^(.*?)\((\d+),(\d+)\): error TS\d+: (.*)/s.exec(text.trim()) ?? [];
  if (file === undefined) return [];
  return [{ place: `${file}:${line}:${column}`, message: sentence(message) }];
}

function sentence(message: string): string {
  const [, own] = /Problem<[`"]((?:[^"`\\]|\\.)*)[`"]>/.exec(message) ?? [];
  if (own !== undefined) return own.replaceAll('\\"', '"');
  const unfit = /Unfit<[`"]([^"`]*)[`"], (.*?)>(?:'|$)/m.exec(message);
  if (unfit) return `${unfit[1]}: ${unfit[2]}`;
  const [, action] =
    /^Type '"([^"]+)"' is not assignable to type 'keyof Actions'/.exec(message) ?? [];
  if (action !== undefined)
    return `${action} is not in the lock: npx staging-pipeline actions add ${action}`;
  const lines = message.split('\n').map((each) => each.trim());
  // The last line is the nearest to the mistake, and the first says of what.
  const missing = lines.find((each) => /^Property '.*' is missing/.test(each));
  if (missing) return missing.replace(/ in type .* but required in type '?(\w+).*$/s, ' in $1');
  const last = lines.at(-1) ?? '';
  const [first = ''] = lines;
  const shortened = (each: string) => (each.length > 300 ? `${each.slice(0, 300)}…` : each);
  return first === last || last === '' ? shortened(first) : `${shortened(last)}`;
}

/** What cannot be used, since the place is wrong already, says less than why. */
function preferred(errors: readonly TypeError[]): readonly TypeError[] {
  // Whatever else is said of a constant that is used too early follows from it.
  const early = errors.filter(({ message }) => /used before its declaration/.test(message));
  if (early.length > 0) return early;
  const vague = ({ message }: TypeError) =>
    /cannot be used here$|is not assignable to type 'unknown'|implicitly has (?:type|return type) 'any'|is used before being assigned/.test(
      message,
    );
  const clear = errors.filter((each) => !vague(each));
  return clear.length > 0 ? clear : errors;
}

import { maskableParts } from '../../shared/src/mask.ts';

// A shorter text is no secret, and taking it out of an error would leave nothing to read.
const shortest = 6;

/** A function that takes secrets, as they are or as part of an address, out of a text. */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const parts = secrets
    .flatMap((secret) => [...maskableParts(secret), ...partsOfAddress(secret)])
    .flatMap((part) => [part, encodeURIComponent(part), JSON.stringify(part).slice(1, -1)])
    .filter((part) => part.length >= shortest)
    .sort((one, other) => other.length - one.length);
  return (text) => parts.reduce((rest, part) => rest.replaceAll(part, '***'), text);
}

/** The path of a webhook's address is its secret, whatever stands before it. */
function partsOfAddress(secret: string): string[] {
  if (!URL.canParse(secret)) return [];
  const { href, pathname, search } = new URL(secret);
  const last = pathname.split('/').at(-1) ?? '';
  return [href, `${pathname}${search}`, pathname, ...(last.length >= 16 ? [last] : [])];
}

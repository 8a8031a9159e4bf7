/** A script or style that something names. */
export interface Reference {
  readonly url: URL;
  readonly as: 'script' | 'style';
}

/** The scripts and styles that an HTML page names, module preloads among them. */
export function referencesOf(html: string, base: URL): Reference[] {
  const live = html.replaceAll(/<!--[\s\S]*?-->/g, '');
  return [...live.matchAll(/<(script|link)\b([^>]*)>/gi)].flatMap(([, element = '', text = '']) => {
    const value = (name: string) => attribute(text, name);
    if (element.toLowerCase() === 'script') return reference(value('src'), 'script', base);
    const rel = (value('rel') ?? '').toLowerCase().split(/\s+/);
    if (rel.includes('stylesheet')) return reference(value('href'), 'style', base);
    const preloads = rel.includes('preload') && value('as')?.toLowerCase() === 'script';
    return rel.includes('modulepreload') || preloads
      ? reference(value('href'), 'script', base)
      : [];
  });
}

/** What a script or style imports by an address; a script as a browser would read it, not by the look of its text. */
export async function importsOf(text: string, { url, as }: Reference): Promise<Reference[]> {
  const found =
    as === 'style'
      ? [...text.matchAll(/@import\s+(?:url\(\s*)?["']?([^"')\s;]+)/g)].map(([, path]) => path)
      : (await specifiersIn(text)).filter((path) => /^(?:\.{0,2}\/|https?:)/.test(path));
  return found.flatMap((path) => reference(path, as, url));
}

async function specifiersIn(script: string): Promise<string[]> {
  // The build describes checks and makes none: it does without.
  const { initSync, parse } = await import('es-module-lexer');
  try {
    initSync();
    const [imports] = parse(script);
    return imports.flatMap(({ n: name }) => (name === undefined ? [] : [name]));
  } catch {
    // It is no script at all: the browser says so, and the type of the answer.
    return [];
  }
}

function reference(path: string | undefined, as: Reference['as'], base: URL): Reference[] {
  if (path === undefined || path === '' || /^(?:data|blob):/i.test(path)) return [];
  try {
    return [{ url: new URL(path.replaceAll('&amp;', '&'), base), as }];
  } catch {
    return [];
  }
}

function attribute(text: string, name: string): string | undefined {
  const match = new RegExp(
    `(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`,
    'i',
  ).exec(text);
  return match?.[1] ?? match?.[2] ?? match?.[3];
}

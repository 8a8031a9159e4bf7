import type { PageCheck } from '../checks/types.ts';
import type { Answer } from '../http/answer.ts';
import type { Client } from '../http/client.ts';
import { NoAnswer } from '../http/no-answer.ts';
import { type Deviation, excerpt } from '../judge/deviation.ts';
import { importsOf, type Reference, referencesOf } from '../page-references.ts';
import { failedTrial, type Kind } from '../run.ts';
import { noneBecause } from './request.ts';

const types: Readonly<Record<Reference['as'], RegExp>> = {
  script: /^(?:text|application)\/(?:x-)?(?:java|ecma)script\b/i,
  style: /^text\/css\b/i,
};
// A page that names more than this has run away.
const mostAssets = 200;

/** The page, what it names, what that imports, its deep links, and an asset that is not there. */
export const page: Kind<PageCheck> = {
  expected: (check) =>
    [
      `${check.path} and every script and style that it names`,
      ...(check['deep-links'] ?? []).map((link) => `${link} the same page`),
      ...(check['missing-asset'] === undefined ? [] : [`${check['missing-asset']} 404`]),
    ].join(', '),
  async attempt(check, { client }, limit) {
    const deadline = Date.now() + limit;
    const get = (path: string) =>
      client.send(
        { method: 'GET', path, headers: {} },
        { limit: Math.max(deadline - Date.now(), 1000) },
      );
    try {
      const answer = await get(check.path);
      const broken = judgePage(check.path, answer);
      if (broken.length > 0) return { deviations: broken, seen: `${answer.status}` };
      const assets = await followAssets(check.path, answer.body, get, client);
      const links = await Promise.all(
        (check['deep-links'] ?? []).map(async (link) =>
          judgeDeepLink(link, await get(link), answer.body),
        ),
      );
      const missing = await judgeMissing(check['missing-asset'], get);
      return {
        deviations: [...assets.deviations, ...links.flat(), ...missing],
        seen: `${assets.count} scripts and styles`,
      };
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      return failedTrial('status 200', noneBecause(error));
    }
  },
};

type Get = (path: string) => Promise<Answer>;

async function followAssets(
  path: string,
  html: string,
  get: Get,
  { way }: Client,
): Promise<{ readonly count: number; readonly deviations: Deviation[] }> {
  const base = new URL(way.url.pathname.replace(/\/$/, '') + path, way.url);
  const found = referencesOf(html, base);
  const deviations: Deviation[] = [];
  const seen = new Set<string>();
  // A page without any script does nothing; a style alone is no application.
  if (!found.some(({ as }) => as === 'script')) {
    deviations.push({ what: path, expected: 'names a script', actual: 'none' });
  }
  for (let next = found; next.length > 0 && seen.size < mostAssets; ) {
    const fresh = next.filter(({ url }) => url.origin === way.url.origin && !seen.has(url.href));
    for (const { url } of fresh) seen.add(url.href);
    const judged = await Promise.all(fresh.map((each) => judgeAsset(each, get, way.url)));
    deviations.push(...judged.flatMap((each) => each.deviations));
    next = judged.flatMap(({ imports }) => imports);
  }
  return { count: seen.size, deviations };
}

async function judgeAsset(reference: Reference, get: Get, base: URL) {
  const { url, as } = reference;
  const path = pathBelow(url, base);
  const answer = await get(path);
  const type = answer.headers.get('content-type') ?? 'none';
  const what = `${as} ${path}`;
  const fault = (expected: string, actual: string) => ({
    deviations: [{ what, expected, actual }],
    imports: [] as Reference[],
  });
  if (answer.status !== 200) return fault('status 200', String(answer.status));
  if (isHtml(answer)) return fault(`a ${as}`, `HTML (${type}): ${excerpt(answer.body)}`);
  if (!types[as].test(type)) return fault(`the type of a ${as}`, type);
  if (answer.body.trim() === '') return fault(`a ${as}`, 'empty');
  return { deviations: [], imports: await importsOf(answer.body, { url, as }) };
}

function judgePage(path: string, answer: Answer): Deviation[] {
  if (answer.status !== 200) {
    return [{ what: path, expected: 'status 200', actual: String(answer.status) }];
  }
  if (isHtml(answer)) return [];
  const type = answer.headers.get('content-type') ?? 'none';
  return [{ what: path, expected: 'HTML', actual: `${type}: ${excerpt(answer.body)}` }];
}

function judgeDeepLink(link: string, answer: Answer, html: string): Deviation[] {
  const what = `deep link ${link}`;
  if (answer.status !== 200) {
    return [{ what, expected: 'status 200', actual: String(answer.status) }];
  }
  const scripts = (text: string) =>
    referencesOf(text, new URL('http://page/'))
      .map(({ url }) => url.href)
      .join();
  if (scripts(answer.body) === scripts(html)) return [];
  return [{ what, expected: 'the same page', actual: excerpt(answer.body) }];
}

async function judgeMissing(path: string | undefined, get: Get): Promise<Deviation[]> {
  if (path === undefined) return [];
  const { status, headers } = await get(path);
  if (status === 404) return [];
  const type = headers.get('content-type') ?? 'no type';
  return [{ what: `missing asset ${path}`, expected: 'status 404', actual: `${status} (${type})` }];
}

function isHtml({ body, headers }: Answer): boolean {
  return (
    /^text\/html\b/i.test(headers.get('content-type') ?? '') ||
    /^\s*<(?:!doctype|html)\b/i.test(body)
  );
}

function pathBelow(url: URL, base: URL): string {
  const prefix = base.pathname.replace(/\/$/, '');
  const path = url.pathname + url.search;
  return prefix !== '' && path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path;
}

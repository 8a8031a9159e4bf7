import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the stand-in knows of one repository. */
export interface RepositoryState {
  /** By name; a tag object's SHA for an annotated one. */
  readonly tags?: Readonly<Record<string, string>>;
  /** The annotated tags by their own SHA: what they point to. */
  readonly tagObjects?: Readonly<Record<string, string>>;
  /** Time of each commit, by SHA. */
  readonly commits?: Readonly<Record<string, string>>;
  /** Time of each release, by tag. */
  readonly releases?: Readonly<Record<string, string>>;
  /** By `path@sha`. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface GitHub extends AsyncDisposable {
  readonly url: string;
  /** `METHOD path`, as they came. */
  readonly requests: readonly string[];
  /** The `authorization` headers that came. */
  readonly authorizations: ReadonlySet<string | undefined>;
}

/** Serves what GitHub's REST API says of commits, tags, releases and files of the repositories in `state`. */
export async function startGitHub(state: Record<string, RepositoryState>): Promise<GitHub> {
  const requests: string[] = [];
  const authorizations = new Set<string | undefined>();
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    authorizations.add(request.headers.authorization);
    const [status, body] = answer(request, state);
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    authorizations,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const notFound = [404, { message: 'Not Found' }] as const;

function answer(
  request: IncomingMessage,
  state: Record<string, RepositoryState>,
): readonly [number, object] {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
  const [, name = '', rest = ''] = /^\/repos\/([^/]+\/[^/]+)\/(.+)$/.exec(pathname) ?? [];
  const repository = state[name];
  if (request.method !== 'GET') return [405, { message: 'Method Not Allowed' }];
  if (!/^application\/vnd\.github(\.v3)?\+json$/.test(request.headers.accept ?? ''))
    return [415, { message: "Unsupported 'Accept' header" }];
  if (!repository) return notFound;
  const path = decodeURIComponent(rest);
  const after = (prefix: string) => (path.startsWith(prefix) ? path.slice(prefix.length) : '');

  const commit = repository.commits?.[after('git/commits/')];
  if (commit) return [200, { sha: after('git/commits/'), committer: { date: commit } }];

  const target = repository.tags?.[after('git/ref/tags/')];
  if (target) {
    const type = repository.tagObjects?.[target] ? 'tag' : 'commit';
    return [200, { ref: `refs/tags/${after('git/ref/tags/')}`, object: { type, sha: target } }];
  }
  const pointed = repository.tagObjects?.[after('git/tags/')];
  if (pointed) return [200, { object: { type: 'commit', sha: pointed } }];

  const published = repository.releases?.[after('releases/tags/')];
  if (published) return [200, { tag_name: after('releases/tags/'), published_at: published }];

  if (path === 'releases/latest') {
    const [newest] = Object.entries(repository.releases ?? {}).toSorted(([, one], [, other]) =>
      one < other ? 1 : -1,
    );
    return newest ? [200, { tag_name: newest[0], published_at: newest[1] }] : notFound;
  }
  if (path === 'tags') {
    const page = Number(searchParams.get('page') ?? 1);
    const size = Number(searchParams.get('per_page') ?? 30);
    const tags = Object.entries(repository.tags ?? {}).map(([tag, target]) => ({
      name: tag,
      commit: { sha: repository.tagObjects?.[target] ?? target },
    }));
    return [200, tags.slice((page - 1) * size, page * size)];
  }

  const file = repository.files?.[`${after('contents/')}@${searchParams.get('ref')}`];
  if (file === undefined) return notFound;
  const content = Buffer.from(file).toString('base64').replaceAll(/.{60}/g, '$&\n');
  return [200, { type: 'file', encoding: 'base64', content }];
}

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { execa } from 'execa';

export interface TestProxy extends AsyncDisposable {
  /** As a variable names it. */
  readonly url: string;
  /** What it was asked for, such as `CONNECT slack.test:443` and `POST http://slack.test/api/`. */
  readonly asked: string[];
  /** The credentials of each, decoded. */
  readonly credentials: string[];
}

/** What becomes of the requests to a name: the address of a server, a status of the proxy's own, or nothing ever. */
export type Ways = Readonly<Record<string, string | number | 'silence'>>;

/** An HTTP proxy for names that only it knows. */
export async function startProxy(ways: Ways): Promise<TestProxy> {
  const asked: string[] = [];
  const credentials: string[] = [];
  const sockets = new Set<Socket>();
  const note = (what: string, authorization: string | undefined) => {
    asked.push(what);
    if (authorization !== undefined)
      credentials.push(Buffer.from(authorization.replace('Basic ', ''), 'base64').toString());
  };
  const server = createServer((incoming, outgoing) => {
    note(`${incoming.method} ${incoming.url}`, incoming.headers['proxy-authorization']);
    const url = new URL(incoming.url ?? '');
    const way = ways[url.host];
    if (way === 'silence') return;
    if (typeof way !== 'string') return outgoing.writeHead(way ?? 502).end('the proxy’s own words');
    const target = new URL(url.pathname + url.search, way);
    const { method, headers } = incoming;
    const onward = request(target, { method: method ?? 'GET', headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  server.on('connection', (socket) => sockets.add(socket));
  server.on('connect', (incoming, client: Socket, head) => {
    note(`CONNECT ${incoming.url}`, incoming.headers['proxy-authorization']);
    const way = ways[incoming.url ?? ''];
    if (way === 'silence') return;
    if (typeof way !== 'string')
      return client.end(`HTTP/1.1 ${way ?? 502} No\r\nContent-Length: 2\r\n\r\nno`);
    const { hostname, port } = new URL(way);
    const onward = connect(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.write(head);
      onward.pipe(client).pipe(onward);
    });
    for (const each of [onward, client]) each.on('error', () => onward.destroy());
  });
  const url = await listen(server, 'http');
  return {
    url,
    asked,
    credentials,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await close(server);
    },
  };
}

export interface Certificate extends AsyncDisposable {
  /** Path of the certificate, for NODE_EXTRA_CA_CERTS. */
  readonly file: string;
  /** Puts TLS before a server; returns the address. */
  before(address: string): Promise<string>;
}

/** A certificate for names, and what answers with it. */
export async function certificateFor(...names: string[]): Promise<Certificate> {
  const directory = await mkdtemp(join(tmpdir(), 'certificate-'));
  const [key, file] = [join(directory, 'key.pem'), join(directory, 'certificate.pem')];
  const alternatives = `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`;
  await execa('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
    ...['-days', '30', '-subj', '/CN=test', '-addext', alternatives, '-keyout', key, '-out', file],
  ]);
  const servers: Server[] = [];
  return {
    file,
    async before(address) {
      const { hostname, port } = new URL(address);
      const options = { key: readFileSync(key), cert: readFileSync(file) };
      const server = createTlsServer(options, (socket) => {
        const onward = connect(Number(port), hostname);
        onward.pipe(socket).pipe(onward);
        for (const each of [onward, socket]) each.on('error', () => each.destroy());
      });
      servers.push(server);
      return await listen(server, 'https');
    },
    [Symbol.asyncDispose]: async () => {
      for (const server of servers) server.close();
      await rm(directory, { recursive: true });
    },
  };
}

async function listen(server: Server, protocol: string): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `${protocol}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function close(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}

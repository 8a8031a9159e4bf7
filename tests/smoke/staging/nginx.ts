import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

/** What the proxy of a broken staging does differently. */
export interface ProxySettings {
  /** What is done with an address that is no file: `index.html`, or 404. */
  readonly otherPages: '/index.html' | '=404';
  /** The same below /assets. */
  readonly otherAssets: '/index.html' | '=404';
  readonly limit: boolean;
  /** The type of scripts. */
  readonly scriptType: string;
  /** Files of a certificate and its key: https. */
  readonly certificate?: { readonly certificate: string; readonly key: string };
}

/** The proxy as it should be. */
export const rightProxy: ProxySettings = {
  otherPages: '/index.html',
  otherAssets: '=404',
  limit: true,
  scriptType: 'text/javascript',
};

export interface Nginx extends AsyncDisposable {
  readonly port: number;
  /** Begins to work another way. */
  change(settings: ProxySettings): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** Starts a real nginx that serves the folder `page` below `directory`, and sends /api to the ports in turn. */
export async function startNginx(directory: string, apiPorts: readonly number[]): Promise<Nginx> {
  const port = await freePort();
  const file = join(directory, 'nginx.conf');
  const write = (settings: ProxySettings) =>
    writeFile(file, configuration(directory, port, apiPorts, settings));
  await mkdir(join(directory, 'tmp'), { recursive: true });
  await write(rightProxy);
  let running: ChildProcess | undefined;
  const start = async () => {
    running = spawn('/usr/sbin/nginx', ['-e', join(directory, 'error.log'), '-c', file], {
      stdio: 'ignore',
    });
    await untilListening(port);
  };
  const stop = async () => {
    if (running === undefined) return;
    const exited = once(running, 'exit');
    running.kill('SIGTERM');
    await exited;
    running = undefined;
  };
  await start();
  return {
    port,
    start,
    stop,
    change: async (settings) => {
      await write(settings);
      await stop();
      await start();
    },
    [Symbol.asyncDispose]: stop,
  };
}

function configuration(
  directory: string,
  port: number,
  apiPorts: readonly number[],
  settings: ProxySettings,
): string {
  const { otherPages, otherAssets, limit, scriptType, certificate } = settings;
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${directory}/tmp/${name};`,
  );
  return `
daemon off;
${userInfo().uid === 0 ? 'user root;' : ''}
worker_processes 1;
pid ${directory}/nginx.pid;
events { worker_connections 256; }
http {
  types { text/html html; text/css css; ${scriptType} js; application/json json; }
  default_type application/octet-stream;
  access_log ${directory}/access.log;
  ${paths.join('\n  ')}
  gzip on;
  gzip_proxied any;
  gzip_types application/json text/css text/javascript;
  limit_req_zone $binary_remote_addr zone=client:1m rate=500r/m;
  limit_req_status 429;
  ${limit ? 'limit_req zone=client burst=100 nodelay;' : ''}
  upstream api { ${apiPorts.map((each) => `server 127.0.0.1:${each} max_fails=0;`).join(' ')} }
  map $status $retry_after { default ''; 429 1; }
  server {
    listen 127.0.0.1:${port}${certificate ? ' ssl' : ''};
    ${certificate ? `ssl_certificate ${certificate.certificate}; ssl_certificate_key ${certificate.key};` : ''}
    root ${directory}/page;
    add_header X-Content-Type-Options nosniff always;
    add_header X-Frame-Options DENY always;
    add_header Cache-Control no-cache always;
    add_header Retry-After $retry_after always;
    location /api/ { proxy_pass http://api/; proxy_set_header Host $http_host; }
    location ~ ^/(docs|openapi.json)$ { proxy_pass http://api; proxy_set_header Host $http_host; }
    location = / { try_files /index.html =404; }
    location /assets/ { try_files $uri ${otherAssets}; }
    location / { try_files $uri ${otherPages}; }
  }
}
`;
}

/** A port of 127.0.0.1 that nobody listens at. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function untilListening(port: number): Promise<void> {
  for (const deadline = Date.now() + 10_000; ; ) {
    const isListening = await new Promise<boolean>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port });
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
    if (isListening) return;
    if (Date.now() > deadline) throw new Error(`nginx does not listen at ${port}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Makes a certificate for 127.0.0.1 that signs itself and is valid for so many days, fewer than none if it has ended. */
export async function makeCertificate(
  directory: string,
  days: number,
): Promise<{ readonly certificate: string; readonly key: string }> {
  const certificate = join(directory, 'certificate.pem');
  const key = join(directory, 'key.pem');
  const day = (offset: number) =>
    `${new Date(Date.now() + offset * 86_400_000).toISOString().replaceAll(/[-:T]|\..*/g, '')}Z`;
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const request = join(directory, 'request.pem');
  const extension = join(directory, 'extension');
  await writeFile(extension, 'subjectAltName=IP:127.0.0.1\nbasicConstraints=CA:TRUE\n');
  await execa('openssl', [
    ...['req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
    ...['-keyout', key, '-out', request, ...subject],
  ]);
  await writeFile(join(directory, 'index.txt'), '');
  await writeFile(join(directory, 'serial'), '01\n');
  const configuration = join(directory, 'ca.conf');
  await writeFile(
    configuration,
    `[ca]\ndefault_ca=own\n[own]\ndatabase=${directory}/index.txt\nserial=${directory}/serial\nnew_certs_dir=${directory}\ndefault_md=sha256\npolicy=any\n[any]\ncommonName=supplied\n`,
  );
  await execa('openssl', [
    ...['ca', '-batch', '-notext', '-selfsign', '-config', configuration, '-keyfile', key],
    ...['-in', request, '-out', certificate, '-extfile', extension],
    ...['-startdate', day(Math.min(days, 0) - 30), '-enddate', day(days)],
  ]);
  return { certificate, key };
}

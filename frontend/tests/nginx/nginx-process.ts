import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Runs the real nginx on the real nginx.conf, with another port, root and place for its files. */
export class NginxProcess implements AsyncDisposable {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.#child = child;
  }

  static async start({ root, directory }: { root: string; directory: string }) {
    const port = await freePort();
    const original = await readFile(new URL('../../nginx.conf', import.meta.url), 'utf8');
    const config = original
      .replaceAll('/tmp/', `${directory}/`)
      .replace('listen 80;', `listen 127.0.0.1:${port};`)
      .replace('root /srv/frontend;', `root ${root};`)
      .replace('access_log /dev/stdout', `access_log ${directory}/access.log`)
      .replace('error_log /dev/stderr', 'error_log stderr');
    const file = join(directory, 'nginx.conf');
    await writeFile(file, config);

    const child = spawn('nginx', ['-e', 'stderr', '-c', file, '-g', 'daemon off;'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const nginx = new NginxProcess(`http://127.0.0.1:${port}`, child);
    await nginx.#answers();
    return nginx;
  }

  async #answers(): Promise<void> {
    let errors = '';
    this.#child.stderr?.setEncoding('utf8').on('data', (text) => {
      errors += text;
    });
    const ended = once(this.#child, 'exit').then(([code]) => {
      throw new Error(`nginx ended with exit code ${code}:\n${errors}`);
    });
    await Promise.race([ended, this.#poll()]);
    ended.catch(() => {});
  }

  async #poll(): Promise<void> {
    for (;;) {
      const response = await fetch(`${this.url}/healthz`).catch(() => null);
      if (response?.ok) return;
      await delay(50);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGQUIT');
    await exited;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port was assigned.');
  return address.port;
}

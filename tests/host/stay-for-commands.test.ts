import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ensureBaseImages } from '../../scripts/local/base-images.ts';
import { docker, type Engine, ensureEngine } from '../../scripts/local/engine.ts';
import { repositoryRoot } from '../../scripts/repository.ts';
import { whyNoDocker } from '../end-to-end/docker.ts';

const withoutDocker = await whyNoDocker();

/** Takes a moment to end when it is told to, with a code of its own; says what it is told. */
const application = `
import os, signal, sys, time

def told(number, _):
    print(signal.Signals(number).name, flush=True)
    if number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
        time.sleep(0.3)
        print("ended", flush=True)
        sys.exit(7)

for name in ("HUP", "INT", "QUIT", "TERM", "TTIN", "TTOU", "USR1", "USR2", "WINCH"):
    signal.signal(getattr(signal, f"SIG{name}"), told)
print("ready", flush=True)
while True:
    if os.path.exists("/tmp/die"):
        os._exit(3)
    time.sleep(0.05)
`;

describe.skipIf(withoutDocker)(
  `process 1 of the API${withoutDocker ? ` (${withoutDocker})` : ''}`,
  () => {
    let engine: Engine;
    let container: string;

    beforeAll(async () => {
      engine = await ensureEngine();
      await ensureBaseImages(engine);
    });

    async function start(): Promise<void> {
      const script = join(repositoryRoot, 'api/stay-for-commands.sh');
      container = await docker(engine, [
        ...['run', '--detach', '--volume', `${script}:/stay.sh:ro`, 'python:3.11-slim'],
        ...['/stay.sh', 'python3', '-c', application],
      ]);
      await said('ready');
    }

    async function said(line: string): Promise<void> {
      const deadline = Date.now() + 10_000;
      while (!(await docker(engine, ['logs', container])).split('\n').includes(line)) {
        if (Date.now() > deadline) throw new Error(`The application did not say ${line}`);
        await sleep(50);
      }
    }

    const exec = async (command: string) =>
      await docker(engine, ['exec', container, 'sh', '-c', command]);
    const tell = async (signal: string) =>
      await docker(engine, ['kill', '--signal', signal, container]);

    /** The code the container ends with, and how long that takes (ms). */
    async function end(): Promise<{ code: number; took: number }> {
      const from = Date.now();
      const code = Number(await docker(engine, ['wait', container]));
      return { code, took: Date.now() - from };
    }

    afterEach(async () => {
      await docker(engine, ['rm', '--force', '--volumes', container]);
    });

    test.each(['TERM', 'INT', 'QUIT'])(
      'stays after SIG%s for commands that began before and after the application ended, and ends with its code',
      async (signal) => {
        await start();
        const before = exec('sleep 2; echo done');
        await tell(signal);
        await said('ended');
        const after = exec('sleep 2; echo done');
        expect(await before).toBe('done');
        expect(await after).toBe('done');
        const { code, took } = await end();
        expect(code).toBe(7);
        expect(took).toBeLessThan(2000);
      },
    );

    test('ends by itself where nobody runs a command', async () => {
      await start();
      await tell('TERM');
      const { code, took } = await end();
      expect(code).toBe(7);
      expect(took).toBeLessThan(5000);
    });

    test('where commands keep coming, ends between two of them, in less than the 10 s that Docker gives', async () => {
      await start();
      const stopping = docker(engine, ['stop', container]);
      const command = ['exec', container, 'sh', '-c', 'echo begun; sleep 0.2; echo done'];
      const outputs: string[] = [];
      do {
        const { stdout } = await execa('docker', command, { env: engine.env, reject: false });
        outputs.push(stdout);
      } while (outputs.at(-1) === 'begun\ndone');
      await stopping;
      expect(outputs.length).toBeGreaterThan(5);
      // The one that came too late was not begun; Docker has several ways to say that.
      expect(outputs.at(-1)).not.toContain('begun');
      expect((await end()).code).toBe(7);
    });

    test('an application that ends unasked takes the container with it, so that Docker restarts it', async () => {
      await start();
      const cutOff = expect(exec('touch /tmp/die; sleep 60')).rejects.toThrow();
      expect((await end()).code).toBe(3);
      await cutOff;
    });

    test.each(['HUP', 'TTIN', 'TTOU', 'USR1', 'USR2', 'WINCH'])(
      'passes SIG%s on, and goes on',
      async (signal) => {
        await start();
        await tell(signal);
        await said(`SIG${signal}`);
        expect(await exec('echo runs')).toBe('runs');
      },
    );
  },
);

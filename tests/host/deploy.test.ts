import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { whyNoDocker } from '../end-to-end/docker.ts';
import { plainStack } from './application.ts';
import { onlyVersion } from './ask.ts';
import { startBed, type TestBed } from './bed.ts';
import { startCommands } from './commands.ts';
import { type Answer, ExecutorClient, succeeded } from './executor-client.ts';
import { faults } from './fault.ts';
import { startLoad } from './load.ts';
import type { Release } from './release-archive.ts';
import { baseDirectory, deployUser } from './staging-server.ts';
import { holdAt, untilHeld } from './trip.ts';

const withoutDocker = await whyNoDocker();
const composeInCurrent = `cd ${baseDirectory}/current && docker compose -f docker-compose.staging.yml`;

describe.skipIf(withoutDocker)(`a real host${withoutDocker ? ` (${withoutDocker})` : ''}`, () => {
  let bed: TestBed;
  let client: ExecutorClient;
  let live: Release;

  beforeAll(async () => {
    bed = await startBed();
    client = new ExecutorClient(bed.server);
    live = await bed.release();
    await client.deploy(live);
  });
  afterAll(async () => {
    await bed?.[Symbol.asyncDispose]();
  });
  // What one test leaves must not stand in the way of the next one.
  beforeEach(async () => {
    await writeEnvironment(plainStack.environment);
  });

  const asDeployer = async (command: string) =>
    await bed.server.onHost(command, { user: deployUser });
  const writeEnvironment = async (text: string) =>
    await bed.server.onHost(`cat > ${baseDirectory}/shared/.env.staging`, {
      user: deployUser,
      input: text,
    });
  const deploy = async (release: Release) => {
    await client.deploy(release);
    live = release;
  };

  test('nobody notices a deploy: no request fails, and commands in the container go on working', async () => {
    const next = await bed.release();
    await using load = startLoad(bed.server.url);
    const commands = startCommands(bed.server);
    await sleep(1000);
    await deploy(next);
    await sleep(1000);
    const { ran, refused, cutOff } = await commands.stop();
    const { failures, answered, sent } = await load.stop();
    expect(failures).toEqual([]);
    expect(Object.keys(answered)).toHaveLength(4);
    expect(sent).toBeGreaterThan(500);
    // One that begins in the instant in which the old container ends may have to be run again.
    expect(cutOff + refused).toBeLessThanOrEqual(2);
    expect(ran).toBeGreaterThan(5);
    expect(await onlyVersion(bed.server)).toBe(next.images.version);
  });

  test('a request that takes longer than the switch is answered by the release that got it', async () => {
    const before = live.images.version;
    const next = await bed.release();
    succeeded(await client.stage(next));
    const releasing = client.call('release', { release: next.id });
    const slow = await untilSwitched(async () => {
      const answer = await fetch(`${bed.server.url}/api/slow?ms=4000`, {
        method: 'POST',
        body: 'é',
      });
      return (await answer.json()) as { version: string; echo: string };
    });
    succeeded(await releasing);
    succeeded(await client.call('confirm', { release: next.id }));
    live = next;
    expect(slow).toMatchObject({ version: before, echo: 'é' });
  });

  /** Asks again and again until another release is live; the answer to what was asked last before that. */
  async function untilSwitched<T>(askSlowly: () => Promise<T>): Promise<T> {
    const deadline = Date.now() + 60_000;
    const link = await asDeployer(`readlink ${baseDirectory}/current`);
    let asked = askSlowly();
    for (;;) {
      const newer = askSlowly();
      if ((await asDeployer(`readlink ${baseDirectory}/current`)) !== link) {
        await newer;
        return await asked;
      }
      if (Date.now() > deadline) throw new Error('The switch did not come');
      asked = newer;
      await sleep(100);
    }
  }

  test('a page that was loaded before a deploy still gets its files, in any encoding', async () => {
    const before = live.images.version;
    const file = (version: string) => `${bed.server.url}/assets/page-${version}.js`;
    expect((await fetch(file(before))).status).toBe(200);
    const next = await bed.release();
    // Nobody has asked for it while there was nothing to give.
    expect((await fetch(file(next.images.version))).status).toBe(404);
    await deploy(next);
    for (const encoding of ['identity', 'gzip', 'gzip, deflate, br']) {
      const kept = await fetch(file(before), { headers: { 'Accept-Encoding': encoding } });
      expect(kept.status).toBe(200);
      expect(await kept.json()).toMatchObject({ service: 'frontend', version: before });
    }
    const own = await fetch(file(next.images.version));
    expect(await own.json()).toMatchObject({ version: next.images.version });
    expect((await fetch(file('never-seen'))).status).toBe(404);
  });

  test('a rollback brings back compose file, infrastructure and environment, byte for byte', async () => {
    const own = 'find . -mindepth 1 \\( -path "./routes*" -o -path "./by-*" \\) -prune -o';
    const sums = `cd ${baseDirectory}/current && find . -type f ! -name manifest.json | sort | xargs sha256sum; stat -c %a .env.staging; cd ${baseDirectory}/mounts/proxy/infra/nginx && ${own} -type f -print | sort | xargs sha256sum && ${own} -printf '%M %P\\n' | sort`;
    const mail = 'first $value # kept "as is" \\ 100 % é';
    await writeEnvironment(`${plainStack.environment}MAIL='${mail}'\n`);
    const first = await bed.release({
      change: (path, text) => (path.endsWith('nginx.conf') ? `${text}# first\n` : text),
      added: { 'infra/nginx/.htpasswd': 'anna:x', 'infra/nginx/snippets/tls.conf': '# tls\n' },
    });
    await deploy(first);
    const before = await asDeployer(sums);
    for (const path of ['.htpasswd', 'snippets/tls.conf']) expect(before).toContain(`r-- ${path}`);
    const printMail = `${composeInCurrent} exec -T api printenv MAIL`;
    expect(await asDeployer(printMail)).toBe(mail);
    await writeEnvironment(`${plainStack.environment}MAIL=second\n`);
    const second = await bed.release({
      change: (path, text) => (path.endsWith('.gitkeep') ? text : `${text}# second\n`),
    });
    await deploy(second);
    expect(await asDeployer(sums)).not.toMatch(/htpasswd|snippets/);
    expect(await asDeployer(printMail)).toBe('second');

    const back = succeeded(await client.call('rollback'));
    live = first;
    expect(back.value('release')).toBe(first.id);
    expect(back.value('previous')).toBe(second.id);
    expect(back.value('older-environment')).toBe('MAIL');
    expect(back.stderr).not.toContain('first $value');
    expect(await asDeployer(sums)).toBe(before);
    expect(await asDeployer(printMail)).toBe(mail);
    expect(await onlyVersion(bed.server)).toBe(first.images.version);
  });

  test('a release that asks for the whole host is refused before its images are pulled', async () => {
    const greedy = await bed.releaseOf(live.images, {
      change: (path, text) =>
        path === 'docker-compose.staging.yml'
          ? text.replace(
              '  redis:\n',
              '  redis:\n    privileged: true\n    pid: host\n    devices: [/dev/fuse]\n    volumes: ["/:/host", "/run/docker.sock:/run/docker.sock"]\n',
            )
          : text,
    });
    const refused = await client.stage(greedy);
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain(
      ': redis=/, redis=/run/docker.sock, redis=devices:/dev/fuse, redis=pid:host, redis=privileged. Take it out',
    );
  });

  test('a configuration that nginx does not accept is refused before anything depends on it', async () => {
    const broken = await bed.releaseOf(live.images, {
      change: (path, text) => (path.endsWith('nginx.conf') ? 'this is no configuration' : text),
    });
    const refused = await client.stage(broken);
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toMatch(/\[emerg\].*\n(?:.*\n)*error: nginx does not accept the config/);
  });

  test('a configuration that nginx refuses only when it is reloaded does not stay', async () => {
    const before = live;
    const next = await bed.release({
      change: (path, text) =>
        path.endsWith('nginx.conf')
          ? text.replace('limit_req_zone $limited_client', 'limit_req_zone $binary_remote_addr')
          : text,
    });
    succeeded(await client.stage(next));
    const refused = await client.call('release', { release: next.id });
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toMatch(/error: nginx does not take .*limit_req "limited_clients" uses/);
    expect(succeeded(await client.call('status')).value('current')).toBe(before.id);
    expect(await onlyVersion(bed.server)).toBe(before.images.version);
    const conf = `${baseDirectory}/mounts/proxy/infra/nginx/nginx.conf`;
    expect(await asDeployer(`grep -c 'limit_req_zone .limited_client' ${conf}`)).toBe('1');
  });

  test('a release that nobody confirms is rolled back by the host itself, which says so', async () => {
    const before = live;
    const next = await bed.release();
    succeeded(await client.stage(next));
    succeeded(await client.call('release', { release: next.id, 'confirm-timeout': 5 }));
    expect(await onlyVersion(bed.server)).toBe(next.images.version);
    const status = await untilStatus((each) => each.value('transaction-phase') === '');
    expect(status.value('current')).toBe(before.id);
    expect(status.value('last-outcome')).toContain(`rolled back by the host: release ${next.id}`);
    expect(await onlyVersion(bed.server)).toBe(before.images.version);
    const journal = await client.call('journal', { lines: 100 });
    const by = journal.all('line').map((line) => JSON.parse(line) as Record<string, string>);
    expect(by).toContainEqual(
      expect.objectContaining({ owner: 'host', step: 'recover', event: 'done' }),
    );
    const late = await client.call('confirm', { release: next.id });
    expect(late.exitCode).toBe(1);
    expect(late.stderr).toContain('was not confirmed before');
  });

  async function untilStatus(wanted: (status: Answer) => boolean): Promise<Answer> {
    const deadline = Date.now() + 90_000;
    for (;;) {
      const status = succeeded(await client.call('status'));
      if (wanted(status)) return status;
      if (Date.now() > deadline) throw new Error(`The host stays as it is:\n${status.stdout}`);
      await sleep(500);
    }
  }

  describe('the host brings itself back, though nobody asks it anything', () => {
    test('after a restart in the middle of a trial', async () => {
      // Odd names stand in nobody's way.
      await bed.server.onHost('mkdir -p "/odd:name" "/with blanks" "/\\$(id)"');
      const next = await bed.release();
      succeeded(await client.stage(next));
      succeeded(await client.call('release', { release: next.id, 'confirm-timeout': 10 }));
      expect(await rightsOfGuard()).toBe('deploy 0000000000000000');
      await bed.server.reboot();
      expect(await untilOutcome(next)).toContain('rolled back by the host');
      expect(await onlyVersion(bed.server)).toBe(live.images.version);
    });

    test('after the death of all that worked for a deploy', async () => {
      const next = await bed.release();
      succeeded(await client.stage(next));
      await holdAt(bed.server, 'retire');
      const command = await client.start('release', { release: next.id });
      const held = await untilHeld(bed.server, command.done);
      await faults['kill -9 of the whole operation']({ server: bed.server, command, held });
      expect(await untilOutcome(next)).toContain('did not go live');
      expect(await onlyVersion(bed.server)).toBe(live.images.version);
    });

    /** The user of its process, and the capabilities that it has or could get. */
    async function rightsOfGuard(): Promise<string> {
      const guard = '$(docker ps --quiet --filter label=staging-pipeline.guard)';
      return await bed.server.onHost(
        `pid=$(docker inspect --format '{{.State.Pid}}' "${guard}") && echo $(ps -o user= -p "$pid") $(grep -E '^Cap(Eff|Bnd)' "/proc/$pid/status" | cut -f 2 | sort -u)`,
      );
    }

    /** What became of a release, read from the host's disk: no command of the executor has a part in it. */
    async function untilOutcome({ id }: Release): Promise<string> {
      const deadline = Date.now() + 120_000;
      for (;;) {
        const [outcome = '', ...guards] = (
          await asDeployer(
            `cat ${baseDirectory}/state/outcome; docker ps --all --quiet --filter label=staging-pipeline.guard`,
          )
        ).split('\n');
        // When its work is done the guard is gone, too.
        if (outcome.includes(id) && guards.length === 0) return outcome;
        if (Date.now() > deadline) throw new Error(`${outcome}, guards: ${guards}`);
        await sleep(500);
      }
    }
  });

  test('what was prepared and given up leaves nothing behind', async () => {
    const next = await bed.release();
    succeeded(await client.stage(next));
    succeeded(await client.call('prepare', { release: next.id }));
    expect(await onlyVersion(bed.server)).toBe(live.images.version);
    const given = succeeded(await client.call('abort'));
    expect(given.value('release')).toBe(live.id);
    expect(await onlyVersion(bed.server)).toBe(live.images.version);
    const labels = await asDeployer(
      `docker ps --all --filter label=staging-pipeline.release --format '{{.Label "staging-pipeline.release"}}'`,
    );
    expect(new Set(labels.split('\n'))).toEqual(new Set([live.id]));
  });

  test('retention takes old releases with their images, and nothing of another project', async () => {
    // Another project runs the image of an old release of ours, and has one of its own that nothing runs.
    await asDeployer(`docker run --detach --name other ${live.images.api}`);
    await asDeployer('docker tag redis:7-alpine other/project:1');
    const old = live;
    await asDeployer(`touch ${baseDirectory}/shared/backups/${old.id}.dump`).catch(() => undefined);
    const newer = [await bed.release(), await bed.release(), await bed.release()];
    for (const release of newer) await client.deploy(release, { keep: 2 });
    live = newer.at(-1) ?? live;
    const entries = (await client.call('releases')).all('entry').map((line) => line.split(' ')[0]);
    expect(entries).toEqual(newer.slice(1).map(({ id }) => id));
    expect(await asDeployer(`ls ${baseDirectory}/releases`)).not.toContain(old.id);
    const images = await asDeployer(
      `docker images --digests --format '{{.Repository}}@{{.Digest}}'`,
    );
    expect(images).not.toContain(newer[0]?.images.api);
    expect(images).not.toContain(old.images.frontend);
    for (const kept of [old.images.api, ...newer.slice(1).map((each) => each.images.api)])
      expect(images).toContain(kept);
    expect(await asDeployer('docker images --format {{.Repository}}')).toContain('other/project');
    expect(await asDeployer(`docker inspect --format '{{.State.Running}}' other`)).toBe('true');
    await asDeployer('docker rm --force other && docker rmi other/project:1');
  });

  test('of two deploys at once one wins; the other says who it waits for, and gives up or goes on as told', async () => {
    const [first, second] = [await bed.release(), await bed.release()];
    const other = new ExecutorClient(bed.server, 'example/shop#8');
    succeeded(await client.stage(first));
    const impatient = await other.stage(second, { 'lock-timeout': 1 });
    expect(impatient.exitCode).toBe(75);
    expect(impatient.stderr).toContain(`release ${first.id} of example/shop#7`);
    expect(impatient.stderr).toContain('https://github.com/example/shop/actions/runs/7');
    const intruder = await other.call('release', { release: first.id });
    expect(intruder.exitCode).toBe(1);
    expect(await onlyVersion(bed.server)).toBe(live.images.version);

    const waiting = other.stage(second);
    succeeded(await client.call('release', { release: first.id }));
    succeeded(await client.call('confirm', { release: first.id }));
    const patient = succeeded(await waiting);
    expect(patient.stderr).toContain('waiting (at most');
    succeeded(await other.call('release', { release: second.id }));
    succeeded(await other.call('confirm', { release: second.id }));
    live = second;
    expect(await onlyVersion(bed.server)).toBe(second.images.version);
  });

  test('of runs that died in a queue none stands in the way of the one that lives', async () => {
    const [dead, queued, next] = [await bed.release(), await bed.release(), await bed.release()];
    const third = new ExecutorClient(bed.server, 'example/shop#9');
    succeeded(await client.stage(dead));
    const waiting = await new ExecutorClient(bed.server, 'example/shop#8').startStage(queued);
    await sleep(3000);
    waiting.kill('SIGKILL');
    await waiting.done;
    await third.deploy(next, { 'lock-timeout': 60 });
    live = next;
    expect(await onlyVersion(bed.server)).toBe(next.images.version);
    await expect
      .poll(async () => succeeded(await client.call('status')).stdout, { timeout: 60_000 })
      .not.toContain('working=');
    expect(succeeded(await client.call('releases')).stdout).not.toContain(queued.id);
    const journal = succeeded(await client.call('journal', { lines: 1000 })).stdout;
    expect(journal).not.toContain(queued.id);
  });

  test('while deploys are held by hand, one waits and says for whom', async () => {
    succeeded(await client.call('lock', { reason: 'demonstration for a client' }));
    const next = await bed.release();
    const refused = await client.stage(next, { 'lock-timeout': 1 });
    expect(refused.exitCode).toBe(75);
    expect(refused.stderr).toMatch(/hold: by camille since \S+Z: demonstration for a client/);
    succeeded(await client.call('unlock'));
    await deploy(next);
  });

  test('the journal shows a line that somebody changed, or took out', async () => {
    const file = `${baseDirectory}/state/journal.jsonl`;
    const sound = succeeded(await client.call('journal', { lines: 1000 }));
    const lines = (await asDeployer(`wc -l < ${file}`)).trim();
    expect(sound.value('verified')).toBe(lines);
    expect(sound.all('line')).toHaveLength(Number(lines));
    expect(sound.value('journal')).toMatch(new RegExp(`^${lines} [0-9a-f]{64}$`));
    expect(await asDeployer(`find ${baseDirectory}/state -perm /077`)).toBe('');
    for (const damage of ['3s/"event":"[a-z]*"/"event":"failed"/', '4d']) {
      await asDeployer(`cp ${file} ${file}.kept && sed -i '${damage}' ${file}`);
      const broken = await client.call('journal');
      expect(broken.exitCode).toBe(1);
      expect(broken.stderr).toMatch(/error: line 4 of \S+ does not continue the line before/);
      await asDeployer(`mv ${file}.kept ${file}`);
    }
    succeeded(await client.call('journal'));
  });

  describe('a host that is not fit is left alone, and the reason names the fix', () => {
    const refusals: ReadonlyArray<{
      readonly title: string;
      readonly environment?: string;
      readonly options?: Readonly<Record<string, number>>;
      readonly before?: string;
      readonly after?: string;
      readonly says: RegExp;
    }> = [
      {
        title: 'a disk without room',
        options: { 'disk-margin': 100_000_000 },
        says: /has \d+ MiB free, but 100000000 MiB are needed/,
      },
      {
        title: 'a placeholder',
        environment: 'SECRET_KEY=CHANGE_ME_secret_key\n',
        says: /line 1: SECRET_KEY still has the placeholder CHANGE_ME/,
      },
      {
        title: 'a live Stripe key',
        environment: 'STRIPE_SECRET_KEY=sk_live_very_secret\n',
        says: /line 1: STRIPE_SECRET_KEY has a live Stripe key/,
      },
      {
        title: 'a variable that is not set',
        environment: 'SECRET_KEY=\nSTRIPE_SECRET_KEY=sk_test_a\n',
        says: /line 1: SECRET_KEY is empty/,
      },
      {
        title: 'a clock that is wrong',
        options: { now: 1_700_000_000 },
        says: /clock of this host is \d+ s off/,
      },
      {
        title: 'a port that is taken by something else',
        before: `${composeInCurrent} stop nginx; socat TCP-LISTEN:8081,reuseaddr,fork OPEN:/dev/null >/dev/null 2>&1 & sleep 1`,
        after: `pkill -x socat -u ${deployUser}; sleep 1; ${composeInCurrent} start nginx`,
        says: /port 8081 is taken by a process outside of Docker/,
      },
    ];

    test.each(refusals)('$title', async ({ environment, options, before, after, says }) => {
      const next = await bed.release({ variables: ['SECRET_KEY'] });
      if (environment !== undefined) await writeEnvironment(environment);
      if (before !== undefined) await asDeployer(before);
      const refused = await client.stage(next, options);
      if (after !== undefined) await asDeployer(after);
      expect(refused.exitCode).toBe(1);
      expect(refused.stderr.split('\n').at(-1)).toMatch(says);
      expect(refused.stderr).not.toContain('very_secret');
      const status = succeeded(await client.call('status'));
      expect(status.value('current')).toBe(live.id);
      expect(status.value('transaction-phase')).toBe('');
      expect(status.stdout).not.toContain(`${next.id} staged`);
    });
  });

  test('a rollback to before a migration is refused with the reason; force goes, and is journaled', async () => {
    const before = live;
    await deploy(await bed.release());
    const migrating = await bed.release();
    await client.stage(migrating);
    succeeded(await client.call('migrated', { release: migrating.id, from: 'aaa', to: 'bbb' }));
    succeeded(await client.call('release', { release: migrating.id }));
    succeeded(await client.call('confirm', { release: migrating.id }));
    live = migrating;
    const refused = await client.call('rollback', { release: before.id });
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain(`the database has moved past what release ${before.id}`);
    expect(refused.stderr).toContain('aaa to bbb');
    expect(await onlyVersion(bed.server)).toBe(migrating.images.version);
    const forced = succeeded(await client.call('rollback', { release: before.id, force: 'yes' }));
    live = before;
    expect(forced.value('release')).toBe(before.id);
    expect(await onlyVersion(bed.server)).toBe(before.images.version);
    const journal = await client.call('journal', { lines: 100 });
    expect(journal.all('line').some((line) => /"release":"[^"]+","step":"force"/.test(line))).toBe(
      true,
    );
  });
});

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { receivedMessages } from '../../scripts/local/run/slack-messages.ts';
import type { Snapshot } from '../../scripts/local/run/snapshot.ts';
import { runSuite } from '../../scripts/local/suites/suites.ts';
import { onStagingHost } from '../../scripts/local/surroundings/staging-host.ts';
import { openTunnel } from '../../scripts/local/surroundings/tunnel.ts';
import { packageRoot } from '../../scripts/repository/repository.ts';
import { run } from '../../scripts/terminal/process.ts';
import { whyNoDocker } from './docker.ts';
import {
  ask,
  type EmptyStaging,
  emptyStaging,
  inRelease,
  localPort,
  push,
  type Run,
  redeploy,
  runningCommits,
  snapshot,
  staging,
} from './staging.ts';

const compose = 'docker compose -f docker-compose.staging.yml';
const withoutDocker = await whyNoDocker();

/** Whether a run had Trivy's database of known vulnerabilities, which not every machine can download. */
async function checkedVulnerabilities({ log }: Run): Promise<boolean> {
  return /Database of known vulnerabilities: of /.test(await readFile(log, 'utf8'));
}

describe.skipIf(withoutDocker)(`the pipeline${withoutDocker ? ` (${withoutDocker})` : ''}`, () => {
  let up: EmptyStaging;
  let good: Snapshot;

  beforeAll(async () => {
    up = await emptyStaging();
  });
  afterAll(async () => {
    await up?.[Symbol.asyncDispose]();
  });

  describe('for a good commit', () => {
    let result: Run;
    beforeAll(async () => {
      good = await snapshot(packageRoot);
      result = await push(up, good);
    });

    test('every job succeeds, and there is nothing to roll back', () => {
      // What reports to GitHub's code scanning is for repositories that have it.
      const { rollback, load, 'code-scanning': codeScanning, ...others } = result.results;
      expect([rollback, load, codeScanning]).toEqual(['skipped', 'skipped', 'skipped']);
      expect(new Set(Object.values(others))).toEqual(new Set(['success']));
      expect(Object.keys(others)).toEqual(
        expect.arrayContaining(['build', 'scan', 'tag', 'deploy', 'smoke', 'confirm', 'notify']),
      );
      expect(result.succeeded).toBe(true);
    });

    test('the suites have judged it, and their reports are kept', async () => {
      expect(result.results).toMatchObject({ integration: 'success', browser: 'success' });
      const kept = await readdir(result.artifacts ?? '', { recursive: true });
      for (const id of ['integration', 'browser']) {
        expect(kept).toContain(`${id}/${id}.xml`);
        const report = await readFile(join(result.artifacts ?? '', id, `${id}.xml`), 'utf8');
        expect(report.split('<testcase').length).toBeGreaterThan(10);
      }
    });

    test('the scan says what it could not check, or has checked it', async () => {
      const log = await readFile(result.log, 'utf8');
      for (const image of ['api', 'frontend'])
        expect(log).toMatch(new RegExp(`Scanned ${image}, \\S+@sha256:[0-9a-f]{64} \\(debian`));
      for (const image of ['postgres', 'redis', 'nginx'])
        expect(log).toMatch(
          new RegExp(`Scanned ${image}, ${image}:\\S+ \\(debian \\S+, \\d+ packages`),
        );
      expect(result.state.warnings.some((text) => text.includes('known vulnerabilities'))).toBe(
        !(await checkedVulnerabilities(result)),
      );
    });

    test('staging runs the commit', async () => {
      expect(await runningCommits()).toEqual({ api: good.commit, frontend: good.commit });
    });

    test("the guide's addresses answer", async () => {
      await openTunnel(staging);
      const statuses = async (path: string) => (await ask(path)).status;
      expect(await statuses('/')).toBe(200);
      expect(await statuses('/clients')).toBe(200);
      expect(await statuses('/api')).toBe(200);
      expect(await statuses('/docs')).toBe(200);
      const prometheus = await fetch(`http://localhost:${localPort('prometheus')}/-/ready`);
      expect(prometheus.status).toBe(200);
    });

    test('Slack got one message about this commit, which followed the run to its end', async () => {
      const received = await receivedMessages(staging);
      expect(received.map(({ accepted }) => accepted)).not.toContain(false);
      const shown = received.filter(({ kind }) => kind !== 'reply');
      // It begins, is ticked off in two jobs, and ends.
      expect(shown.map(({ kind }) => kind)).toEqual(['message', 'update', 'update', 'update']);
      expect(shown[0]?.lines[0]).not.toContain('✅');
      // What nobody looked at is no green headline.
      expect(shown.at(-1)?.lines[0]).toContain((await checkedVulnerabilities(result)) ? '✅' : '⚠️');
      expect(shown.at(-1)?.lines.join('\n')).toContain(good.commit.slice(0, 7));
    });

    test('no secret is in what the run printed or logged', async () => {
      const { sshKey, ...others } = up.surroundings.secrets;
      const shown = result.printed + (await readFile(result.log, 'utf8'));
      const keyLines = sshKey.split('\n').filter((line) => line && !line.startsWith('-----'));
      for (const secret of [...Object.values(others), ...keyLines])
        expect(shown).not.toContain(secret);
    });

    test("the server's engine holds only what it pulled, and the guard's image, which is empty", async () => {
      const format = '{{range .RepoDigests}}{{.}} {{end}}|{{.Size}}';
      const images = await onStagingHost(
        staging,
        `docker image inspect --format '${format}' $(docker images -q | sort -u)`,
      );
      const lines = images.trim().split('\n');
      const pulled = lines.filter((line) => /@sha256:[0-9a-f]{64} \|[1-9]/.test(line));
      expect(pulled.length).toBeGreaterThanOrEqual(5);
      expect(lines.filter((line) => !pulled.includes(line))).toEqual(['|0']);
    });
  });

  describe("the guide's commands, on the server", () => {
    test('status, logs and migrations', async () => {
      expect(await inRelease(`${compose} ps --format '{{.Service}} {{.Health}}'`)).toMatch(
        /^api healthy$/m,
      );
      expect(await inRelease(`${compose} logs --tail 5 api`)).toMatch(/api-\d+ /);
      await inRelease(`${compose} exec -T api alembic upgrade head`);
      const connect = 'from app.core.database import engine; engine.connect()';
      await inRelease(`${compose} exec -T api python -c "${connect}"`);
    });

    test('the test tenant can be made twice, and signs in', async () => {
      const provision = `${compose} exec -T -e TEST_TENANT_PASSWORD api python scripts/provision_test_tenant.py`;
      const command = `read -r TEST_TENANT_PASSWORD && export TEST_TENANT_PASSWORD && ${provision} && ${provision}`;
      const password = up.surroundings.secrets.passwords.TEST_TENANT_PASSWORD;
      await inRelease(command, `${password}\n`);
      const headers = { 'X-Tenant-ID': 'tenant-test', 'Content-Type': 'application/json' };
      const body = JSON.stringify({ email: 'qa@azals.test', password });
      const answer = await ask('/api/v1/auth/login', { method: 'POST', headers, body });
      expect(answer.status).toBe(200);
    });

    test('the suites of the guide find nothing wrong, and leave nothing behind', async () => {
      const customers = `${compose} exec -T postgres psql -XAt -U azals_staging_user azals_staging -c 'SELECT count(*) FROM customers'`;
      const before = await inRelease(customers);
      const suite = (name: string, ...args: string[]) =>
        runSuite({
          name,
          project: staging.project,
          instance: staging,
          args,
          signal: new AbortController().signal,
        });
      expect(await suite('integration')).toBe(0);
      expect(await suite('browser')).toBe(0);
      expect(await suite('load', '--vus', '3', '--duration', '10s')).toBe(0);
      expect(await inRelease(customers)).toBe(before);
    });

    test('nginx limits whoever has not the key of this staging', async () => {
      const answered = async (key: string) => {
        const headers = { 'X-Rate-Limit-Key': key };
        const answers = Array.from({ length: 200 }, () => ask('/version.json', { headers }));
        return new Set((await Promise.all(answers)).map(({ status }) => status));
      };
      const rateLimitKey = up.surroundings.secrets.passwords.STAGING_RATE_LIMIT_KEY ?? '';
      expect(await answered(rateLimitKey)).toEqual(new Set([200]));
      expect(await answered('0'.repeat(rateLimitKey.length))).toEqual(new Set([200, 429]));
      expect(await answered(rateLimitKey)).toEqual(new Set([200]));
      expect(await inRelease(`${compose} logs nginx api`)).not.toContain(rateLimitKey);
    });

    test('backup, export with anonymised data, and import over what is there', async () => {
      const backup = await inRelease(
        `${compose} exec -T postgres pg_dump -U azals_staging_user azals_staging`,
      );
      expect(backup).toContain('qa@azals.test');
      const environment = await onStagingHost(
        staging,
        'grep ^POSTGRES_PASSWORD= /srv/azals-staging/shared/.env.staging',
      );
      const password = environment.trim().split('=')[1];
      const source = `postgresql://azals_staging_user:${password}@127.0.0.1:${localPort('postgres')}/azals_staging`;
      await run(join(packageRoot, 'scripts/export_anonymized.sh'), ['production'], {
        cwd: staging.directory,
        env: { PRODUCTION_DATABASE_URL: source },
      });
      const dump = await readFile(join(staging.directory, 'anonymized_dump.sql'), 'utf8');
      expect(dump).not.toContain('qa@azals.test');
      await inRelease(
        `${compose} exec -T postgres psql -q -U azals_staging_user azals_staging`,
        dump,
      );
      expect((await ask('/api/health/ready')).status).toBe(200);
    });
  });

  describe('for a commit whose API never becomes healthy', () => {
    let result: Run;
    beforeAll(async () => {
      const dockerfile = join(good.directory, 'api/Dockerfile');
      const text = await readFile(dockerfile, 'utf8');
      await writeFile(dockerfile, text.replace(/^CMD .*gunicorn.*$/m, 'CMD ["sleep", "3600"]'));
      const author = ['-c', 'user.name=Test', '-c', 'user.email=test@localhost'];
      await run('git', [
        '-C',
        good.directory,
        ...author,
        'commit',
        '--quiet',
        '--all',
        '-m',
        'Break the API',
      ]);
      const commit = (await run('git', ['-C', good.directory, 'rev-parse', 'HEAD'])).trim();
      expect(commit).not.toBe(good.commit);
      const broken = { ...good, commit, parent: good.commit, message: 'Break the API' };
      // Nothing that they test is another.
      result = await push(up, broken, ['test-api', 'test-frontend']);
    });

    test('the run is red in the deploy job, and shows why', async () => {
      expect(result.succeeded).toBe(false);
      const { 'test-api': tests, build, scan, deploy, smoke, rollback, notify } = result.results;
      expect({ tests, build, scan, deploy, smoke, rollback, notify }).toEqual({
        tests: 'success',
        build: 'success',
        scan: 'success',
        deploy: 'failure',
        smoke: 'skipped',
        // It found that the host had never left the release before.
        rollback: 'success',
        notify: 'success',
      });
      expect(result.printed).toMatch(/✗.* Release/);
      expect(result.printed).toMatch(/api of release \S+ is (unhealthy|not healthy)/);
      const log = await readFile(result.log, 'utf8');
      expect(log).toContain('is not live, so there is nothing to roll back');
    });

    test('staging still answers with the first commit', async () => {
      expect(await runningCommits()).toEqual({ api: good.commit, frontend: good.commit });
      expect((await ask('/api/health/ready')).status).toBe(200);
    });

    test('Slack holds a failure message that Slack would take', async () => {
      const received = await receivedMessages(staging);
      expect(received.map(({ accepted }) => accepted)).not.toContain(false);
      expect(received.filter(({ kind }) => kind === 'message')).toHaveLength(2);
      const own = received.slice(received.findLastIndex(({ kind }) => kind === 'message'));
      const text = own.flatMap(({ lines }) => lines).join('\n');
      expect(text).toContain('❌');
      expect(text).toContain('Release');
      expect(text).not.toContain('✅ Staging');
      expect(text).not.toContain('${{');
    });
  });

  describe('for a run by hand that redeploys the first commit', () => {
    let result: Run;
    beforeAll(async () => {
      result = await redeploy(up, good, good.commit.slice(0, 7));
    });

    test('nothing is tested, built or scanned, and still it is deployed', () => {
      const skipped = [
        ...['test-api', 'test-frontend', 'build', 'scan', 'code-scanning', 'tag'],
        ...['load', 'rollback'],
      ];
      const expected = Object.keys(result.results).map((id) => [
        id,
        skipped.includes(id) ? 'skipped' : 'success',
      ]);
      expect(result.results).toEqual(Object.fromEntries(expected));
      expect(result.succeeded).toBe(true);
      expect(result.printed).toContain('✓ Stage the recorded release');
    });

    test('staging runs that commit', async () => {
      expect(await runningCommits()).toEqual({ api: good.commit, frontend: good.commit });
      expect((await ask('/api/health/ready')).status).toBe(200);
    });
  });

  describe('a complete reset, as the guide writes it', () => {
    test('down -v removes the data, up -d starts again without --env-file', async () => {
      await inRelease(`${compose} down -v && ${compose} up -d`);
      await expect
        .poll(async () => (await ask('/api/health')).status, { timeout: 90_000, interval: 1000 })
        .toBe(200);
      expect((await ask('/api/health/ready')).status).toBe(503);
      await inRelease(`${compose} exec -T api alembic upgrade head`);
      expect((await ask('/api/health/ready')).status).toBe(200);
    });
  });
});

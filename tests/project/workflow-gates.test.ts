import { describe, expect, it } from 'vitest';
import project from '../../workflows/settings.ts';
import { job, jobs, steps, workflow } from './compiled-workflow.ts';

const { branch, images, services } = project;

it('starts on a push to develop, and to no other branch', () => {
  expect(workflow.on.push.branches).toEqual([branch]);
});

describe('deploying', () => {
  it('stages, migrates, releases, asks, and confirms', () => {
    const titles = steps
      .filter(({ uses }) => uses?.startsWith('./actions/'))
      .map(({ job: id, uses, with: inputs }) => [id, uses?.slice(10), inputs?.command ?? '']);
    expect(titles).toEqual([
      ['scan', 'scan-report', ''],
      ['announce', 'slack-notify', ''],
      ['deploy', 'slack-notify', ''],
      ['deploy', 'ssh-deploy', 'stage'],
      ['deploy', 'ssh-deploy', 'stage'],
      ['deploy', 'run-migrations', ''],
      ['deploy', 'ssh-deploy', 'release'],
      ['smoke', 'slack-notify', ''],
      ['smoke', 'smoke-test', ''],
      ['confirm', 'ssh-deploy', 'confirm'],
      ['rollback', 'ssh-deploy', 'rollback'],
      ['notify', 'ssh-deploy', 'status'],
      ['notify', 'slack-notify', ''],
    ]);
  });
});

it('tells what the server says, and holds the message up for it neither long nor for good', () => {
  const { steps: all, 'timeout-minutes': limit } = job('notify');
  const [look, ...others] = all.filter(({ with: inputs }) => inputs?.command === 'status');
  expect(others).toEqual([]);
  expect(look).toMatchObject({ 'continue-on-error': true, 'timeout-minutes': expect.any(Number) });
  expect(Number(look?.['timeout-minutes'])).toBeLessThan(Number(limit) - 1);
  expect(Number(look?.with?.['connect-timeout'])).toBeLessThan(20);
  const told = all.find(({ uses }) => uses === './actions/slack-notify')?.with?.['host-status'];
  expect(told).toContain(`steps.${look?.id}.outputs.status`);
});

it('notifies of everything that happened', () => {
  // What GitHub shows in its code scanning is no matter of the deployment.
  const apart = ['notify', 'code-scanning'];
  const others = jobs.map(({ id }) => id).filter((id) => !apart.includes(id));
  expect([...(job('notify').needs ?? [])].sort()).toEqual(others.sort());
});

it('tests with the images that staging runs', () => {
  const tested = Object.entries(job('test-api').services ?? {});
  expect(tested.map(([name]) => name)).toEqual(['postgres', 'redis']);
  for (const [name, { image }] of tested) expect(image).toBe(services[name]?.image);
});

describe('images', () => {
  const built = Object.keys(images);

  it('leave the build as digests', () => {
    const outputs = job('build').outputs ?? {};
    expect(Object.keys(outputs)).toEqual(built);
    for (const name of built) {
      const step = job('build').steps.find(({ id }) => id === name);
      expect(step?.uses).toMatch(/^docker\/build-push-action@/);
      expect(outputs[name]).toMatch(
        new RegExp(`/${name}@\\$\\{\\{ steps\\.${name}\\.outputs\\.digest \\}\\}$`),
      );
    }
  });

  it('are scanned and deployed by the digest that was built', () => {
    const digests = built.map((name) => `\${{ needs.build.outputs.${name} }}`);
    const scans = steps.filter(({ uses }) => uses === './actions/scan-report');
    expect(scans.map(({ job: id, if: condition }) => [id, condition])).toEqual([
      ['scan', undefined],
    ]);
    expect(scans[0]?.with?.images).toBe(
      built.map((name, at) => `${name}=${digests[at]}`).join('\n'),
    );
    const staged = steps.find(({ with: inputs }) => inputs?.command === 'stage')?.with?.images;
    expect(staged).toBe(built.map((name, at) => `${name}=${digests[at]}`).join('\n'));
  });

  it('are all scanned, those that others made too', () => {
    const [scan] = steps.filter(({ uses }) => uses === './actions/scan-report');
    const scanned: { kind: string; name: string; image?: string }[] = JSON.parse(
      String(scan?.with?.scans),
    );
    const ofImages = scanned.filter(({ kind }) => kind === 'image');
    expect(ofImages.map(({ name }) => name).sort()).toEqual(Object.keys(services).sort());
    for (const { name, image } of ofImages)
      expect(image).toBe(built.includes(name) ? undefined : services[name]?.image);
  });

  it('are built once', () => {
    const builds = steps.filter(({ uses }) => uses?.startsWith('docker/build-push-action@'));
    expect(builds.map(({ job: id, with: inputs }) => [id, inputs?.file])).toEqual(
      Object.values(images).map(({ dockerfile }) => ['build', dockerfile]),
    );
  });

  it('get the tag of the environment after tests and scan only, in a job that can do nothing else', () => {
    const { needs, permissions, environment, steps: moving } = job('tag');
    expect(needs).toEqual(['test-api', 'test-frontend', 'build', 'scan']);
    expect(permissions).toEqual({ packages: 'write' });
    expect(environment).toBeUndefined();
    const [moved, ...others] = steps.filter(({ run }) => run?.includes('imagetools create'));
    expect([moved?.job, others]).toEqual(['tag', []]);
    const { TAG, ...images } = moving.find(({ run }) => run === moved?.run)?.env ?? {};
    expect(TAG).toBe('staging');
    expect(Object.values(images)).toEqual(
      built.map((name) => `\${{ needs.build.outputs.${name} }}`),
    );
    const each = Object.keys(images).map((name) => `"$${name}"`);
    expect(moved?.run).toContain(`for image in ${each.join(' ')}; do`);
  });
});

import { tmpdir } from 'node:os';
import * as core from '@actions/core';
import { explain, PhaseFailed } from '../../shared/src/errors.ts';
import { escapeHtml } from '../../shared/src/html.ts';
import { maskableParts } from '../../shared/src/mask.ts';
import { openSession } from '../../shared/src/ssh.ts';
import { releasePaths } from './compose.ts';
import { type Inputs, readInputs, secretInputs } from './inputs.ts';
import { isReached, type MigrationPlan, planMigration } from './plan.ts';
import { remoteAlembic } from './remote.ts';

/** Migrates the staging database to the target with the release's image. */
export async function main(): Promise<void> {
  try {
    for (const name of secretInputs) maskableParts(core.getInput(name)).forEach(core.setSecret);
    const started = Date.now();
    const inputs = readInputs(core.getInput);
    const plan = await migrate(inputs);
    const applied = plan.revisions.map(({ revision, message }) => ({ revision, message }));
    core.setOutput('from', name(plan.from));
    core.setOutput('to', name(plan.to));
    core.setOutput('applied', JSON.stringify(applied));
    core.setOutput('duration-ms', Date.now() - started);
    await writeSummary(plan);
  } catch (error) {
    core.setFailed(explain(error));
  }
}

async function migrate(inputs: Inputs): Promise<MigrationPlan> {
  await using session = await openSession(inputs.connection, {
    temporaryDirectory: process.env.RUNNER_TEMP ?? tmpdir(),
    onDirectory: (directory) => core.saveState('ssh-directory', directory),
    keep: true,
  });
  const paths = releasePaths(inputs.baseDirectory, inputs.release, inputs.composeFile);
  const alembic = remoteAlembic(session, paths, inputs.service, core.info);
  await alembic.startDependencies();
  const before = await alembic.inspect();
  const plan = planMigration(before, inputs.target);
  if (plan.revisions.length === 0) {
    core.info(`nothing to apply: the database is at ${name(plan.from)}`);
    return plan;
  }
  core.info(`migrating from ${name(plan.from)} to ${name(plan.to)}`);
  await alembic.upgrade(inputs.target);
  const after = await alembic.inspect();
  if (!isReached(plan, after)) {
    throw new PhaseFailed(
      'migration check',
      `alembic reported success, but the database is at ${name(after.current)} instead of ${name(plan.to)}`,
    );
  }
  await alembic.record(plan.from, after.current);
  return { ...plan, to: after.current };
}

function name(revisions: readonly string[]): string {
  return revisions.length === 0 ? 'base' : revisions.join(' ');
}

async function writeSummary(plan: MigrationPlan): Promise<void> {
  core.summary.addHeading(`Migrations: ${name(plan.from)} → ${name(plan.to)}`, 3);
  if (plan.revisions.length === 0) core.summary.addRaw('Nothing to apply.', true);
  else {
    core.summary.addTable([
      ['Revision', 'Message'].map((data) => ({ data, header: true })),
      ...plan.revisions.map(({ revision, message }) => [revision, escapeHtml(message)]),
    ]);
  }
  await core.summary.write();
}

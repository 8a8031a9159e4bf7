import { join } from 'node:path';
import { Command } from 'commander';
import { neededSettings } from '../build/needed-settings.ts';
import { compileWorkflows } from '../build/workflows.ts';
import { openAsker } from '../first-run/ask.ts';
import { checkRepository } from '../first-run/check.ts';
import { isReady, reportLines } from '../first-run/report.ts';
import type { Invocation } from '../invocation.ts';
import { workflowOf } from '../local/run/pipeline.ts';
import { repositoryName } from '../local/surroundings/repository-name.ts';
import { usedActions } from '../local/workflow-actions/used-actions.ts';
import { openRepository } from '../repository/repository.ts';
import { UserError } from '../terminal/errors.ts';
import { attempt } from '../terminal/process.ts';

const program = new Command('staging-pipeline first-run')
  .description(
    "Asks GitHub's API, before the first push, whether the repository is ready for the pipeline: environments and who may use them, variables and secrets (their names), what Actions may do, packages, the branch's protection. Changes nothing; prints the command that mends each.",
  )
  .addHelpText(
    'after',
    '\nAsks with GITHUB_TOKEN, GH_TOKEN or the token of `gh auth login`, about GITHUB_REPOSITORY or the remote origin; GITHUB_API_URL names another server than api.github.com. Ends with 0 only where everything was asked and is right.',
  );

/** Checks the settings of the repository on GitHub. */
export async function run({ words, signal }: Invocation): Promise<number> {
  program.parse(words, { from: 'user' });
  const repository = await openRepository(process.cwd());
  const { project, root } = repository;
  const token = await tokenOf(process.env);
  const name = process.env.GITHUB_REPOSITORY || (await repositoryName(project));
  const [owner = '', repo = ''] = name.split('/');
  if (owner === 'local' || repo === '')
    throw new UserError(
      'Which repository on GitHub? There is no remote origin that leads there: set GITHUB_REPOSITORY=owner/name.',
    );
  const workflows = await compileWorkflows(repository);
  const used = await usedActions(root, workflowOf(project)).catch((error: unknown) => {
    throw new UserError(
      `${join(root, workflowOf(project))} cannot be read: run npm run build first.`,
      { cause: error },
    );
  });
  const apiUrl = process.env.GITHUB_API_URL || 'https://api.github.com';
  const findings = await checkRepository(openAsker({ apiUrl, token, signal }), {
    ...{ owner, repo, branch: project.branch },
    settings: neededSettings(workflows),
    actions: [...new Set(used.map(({ uses }) => uses))],
    images: Object.keys(project.images),
  });
  for (const line of reportLines(name, findings)) console.log(line);
  return isReady(findings) ? 0 : 1;
}

async function tokenOf(environment: NodeJS.ProcessEnv): Promise<string> {
  const given = environment.GITHUB_TOKEN || environment.GH_TOKEN;
  const token = given || (await attempt('gh', ['auth', 'token']))?.trim();
  if (token) return token;
  throw new UserError(
    'GitHub tells these things to those who sign in only: gh auth login, or set GITHUB_TOKEN (repository: administration, actions, environments, secrets and variables, read).',
  );
}

import { UserError } from '../terminal/errors.ts';
import type { Asker } from './ask.ts';
import { checkActions } from './checks/actions.ts';
import { checkBranch } from './checks/branch.ts';
import { checkEnvironments } from './checks/environments.ts';
import { checkPackages } from './checks/packages.ts';
import { askForSettings, checkSettings, type PlaceSettings } from './checks/settings.ts';
import type { Finding } from './finding.ts';
import type { Question, Wanted } from './wanted.ts';

/**
 * Asks GitHub whether a repository is ready for the first push. Throws `UserError` where it cannot be asked at all, or
 * does not show the repository.
 */
export async function checkRepository(asker: Asker, wanted: Wanted): Promise<Finding[]> {
  const { owner, repo } = wanted;
  const answer = await asker.ask((octokit, request) => octokit.repos.get({ owner, repo, request }));
  if (answer.kind === 'absent')
    throw new UserError(
      `GitHub shows no ${owner}/${repo} to this token, so nothing was checked. Is it spelt right (GITHUB_REPOSITORY), and may the token read it? gh repo create ${owner}/${repo} --private makes it.`,
    );
  if (answer.kind === 'unknown')
    throw new UserError(`${owner}/${repo}: ${answer.why}, so nothing was checked.`);
  const isAdmin = answer.data.data.permissions?.admin === true;
  const question: Question = { asker, wanted, isAdmin };
  const places = new Map<string, PlaceSettings>();
  for (const name of new Set(['', ...wanted.settings.map(({ environment }) => environment)]))
    places.set(name, await askForSettings(question, name));
  const variables = places.get('')?.variable;
  const value = (name: string) =>
    variables?.kind === 'told' ? variables.data.get(name) : undefined;
  const registry = { registry: value('REGISTRY'), imageRepository: value('IMAGE_REPOSITORY') };
  return [
    ...(await checkActions(question)),
    ...(await checkEnvironments(question)),
    ...checkSettings(question, (name) => places.get(name)),
    ...(await checkPackages(question, registry)),
    ...(await checkBranch(question)),
  ];
}

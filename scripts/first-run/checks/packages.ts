import { type Finding, note, right, unknown, wrong } from '../finding.ts';
import type { Question } from '../wanted.ts';

export interface Registry {
  /** Values of the variables, undefined where they could not be read. */
  readonly registry: string | undefined;
  readonly imageRepository: string | undefined;
}

/** The images go to packages of this repository, or to such as are not there yet. */
export async function checkPackages(
  question: Question,
  { registry, imageRepository }: Registry,
): Promise<Finding[]> {
  if (question.wanted.images.length === 0) return [];
  const about = 'access to the packages';
  if (registry === undefined || imageRepository === undefined)
    return [unknown(about, 'the variables REGISTRY and IMAGE_REPOSITORY are not known')];
  if (registry !== 'ghcr.io')
    return [note(`${registry} is not GitHub's registry: ${about} was not checked`)];
  const [owner = '', ...rest] = imageRepository.split('/');
  const findings = question.wanted.images.map(async (image) =>
    checkPackage(question, owner, [...rest, image].join('/')),
  );
  return await Promise.all(findings);
}

async function checkPackage(question: Question, owner: string, name: string): Promise<Finding> {
  const { asker, wanted } = question;
  const about = `the package ${owner}/${name}`;
  const mend = [`gh auth refresh --scopes read:packages    # and run this again`];
  const place = { package_type: 'container', package_name: name } as const;
  const account = await asker.ask((octokit, request) =>
    octokit.users.getByUsername({ username: owner, request }),
  );
  if (account.kind !== 'told')
    return unknown(
      about,
      account.kind === 'unknown' ? account.why : `there is no ${owner} on GitHub`,
    );
  const isOrganization = account.data.data.type === 'Organization';
  const answer = await asker.ask((octokit, request) =>
    isOrganization
      ? octokit.packages.getPackageForOrganization({ ...place, org: owner, request })
      : octokit.packages.getPackageForUser({ ...place, username: owner, request }),
  );
  if (answer.kind === 'unknown') return unknown(about, answer.why, mend);
  const ours = `${wanted.owner}/${wanted.repo}`.toLowerCase();
  if (answer.kind === 'absent')
    return note(
      `${about} is not there, or this token does not see it: the first run makes it, where ${owner} lets it`,
    );
  const linked = answer.data.data.repository?.full_name;
  if (linked?.toLowerCase() === ours) return right(`${about} belongs to the repository`);
  const page = isOrganization
    ? `https://github.com/orgs/${owner}/packages/container/${encodeURIComponent(name)}/settings`
    : `https://github.com/users/${owner}/packages/container/${encodeURIComponent(name)}/settings`;
  return wrong(
    `${about} belongs to ${linked ?? 'no repository'}, so that a run here may not push to it unless it was given the role Write`,
    `open ${page}    # Manage Actions access: add ${wanted.owner}/${wanted.repo} with the role Write`,
  );
}

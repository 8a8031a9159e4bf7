import { apiCall, type Finding, right, unknown, wrong } from '../finding.ts';
import { hidden, type Question } from '../wanted.ts';

/** Nobody pushes to the branch that deploys without a review: who can is root on the server. */
export async function checkBranch(question: Question): Promise<Finding[]> {
  const { asker, wanted } = question;
  const { owner, repo, branch } = wanted;
  const about = `the protection of ${branch}`;
  const rules = await asker.ask((octokit, request) =>
    octokit.paginate(octokit.repos.getBranchRules, {
      ...{ owner, repo, branch, per_page: 100, request },
    }),
  );
  if (rules.kind === 'told' && rules.data.some(({ type }) => type === 'pull_request'))
    return [right(`${branch} takes pull requests only`)];
  // The older kind of protection, which rules do not show.
  const protection = await asker.ask((octokit, request) =>
    octokit.repos.getBranchProtection({ owner, repo, branch, request }),
  );
  if (
    protection.kind === 'told' &&
    protection.data.data.required_pull_request_reviews !== undefined
  )
    return [right(`${branch} takes reviewed pull requests only`)];
  for (const each of [rules, protection])
    if (each.kind === 'unknown') return [unknown(about, each.why, [mendOf(question)])];
  if (rules.kind === 'absent')
    return [unknown(about, hidden(question) ?? 'GitHub does not show it')];
  const why = protection.kind === 'absent' ? hidden(question) : undefined;
  if (why !== undefined) return [unknown(about, why, [mendOf(question)])];
  return [
    wrong(
      `${branch} can be pushed to without a review, and what is in it runs on the server as root`,
      mendOf(question),
    ),
  ];
}

function mendOf({ wanted: { owner, repo, branch } }: Question): string {
  const ruleset = {
    name: `Review of ${branch}`,
    target: 'branch',
    enforcement: 'active',
    conditions: { ref_name: { include: [`refs/heads/${branch}`], exclude: [] } },
    rules: [
      { type: 'deletion' },
      { type: 'non_fast_forward' },
      {
        type: 'pull_request',
        parameters: {
          required_approving_review_count: 1,
          require_code_owner_review: true,
          dismiss_stale_reviews_on_push: true,
          require_last_push_approval: false,
          required_review_thread_resolution: false,
        },
      },
    ],
  };
  return apiCall('POST', `repos/${owner}/${repo}/rulesets`, ruleset);
}

import { apiCall, type Finding, note, quoted, right, unknown, wrong } from '../finding.ts';
import { hidden, type Question } from '../wanted.ts';

/** Each environment is there, and only the branch that deploys may use it. */
export async function checkEnvironments(question: Question): Promise<Finding[]> {
  const names = new Set(question.wanted.settings.map(({ environment }) => environment));
  names.delete('');
  const findings = await Promise.all([...names].map((name) => checkEnvironment(name, question)));
  return findings.flat();
}

async function checkEnvironment(name: string, question: Question): Promise<Finding[]> {
  const { asker, wanted } = question;
  const { owner, repo, branch } = wanted;
  const about = `the environment ${name}`;
  const place = { owner, repo, environment_name: name };
  const path = `repos/${owner}/${repo}/environments/${name}`;
  const policy = { protected_branches: false, custom_branch_policies: true };
  const mend = [
    apiCall('PUT', path, { deployment_branch_policy: policy }),
    `gh api --method POST ${quoted(`${path}/deployment-branch-policies`)} -f name=${quoted(branch)}`,
  ];
  const answer = await asker.ask((octokit, request) =>
    octokit.repos.getEnvironment({ ...place, request }),
  );
  if (answer.kind === 'unknown') return [unknown(about, answer.why)];
  if (answer.kind === 'absent') {
    const why = hidden(question);
    return [
      why === undefined ? wrong(`${about} is not there`, ...mend) : unknown(about, why, mend),
    ];
  }
  const { deployment_branch_policy: given, protection_rules: rules = [] } = answer.data.data;
  const notes = rules.some(({ type }) => type === 'required_reviewers')
    ? [note(`${about} wants reviewers: each job that uses it will wait for them`)]
    : [];
  if (given === null || given === undefined)
    return [wrong(`${about} may be used by every branch, with its secrets`, ...mend), ...notes];
  if (given.protected_branches)
    return [
      wrong(`${about} may be used by every protected branch, not by ${branch} alone`, ...mend),
      ...notes,
    ];
  return [...(await checkBranches(name, mend, question)), ...notes];
}

async function checkBranches(
  name: string,
  mend: readonly string[],
  { asker, wanted: { owner, repo, branch } }: Question,
): Promise<Finding[]> {
  const about = `the branch rule of the environment ${name}`;
  const answer = await asker.ask((octokit, request) =>
    octokit.paginate(octokit.repos.listDeploymentBranchPolicies, {
      ...{ owner, repo, environment_name: name, per_page: 100, request },
    }),
  );
  if (answer.kind !== 'told')
    return [unknown(about, answer.kind === 'unknown' ? answer.why : 'GitHub does not show it')];
  const allowed = answer.data.filter(({ type }) => type !== 'tag');
  if (!allowed.some((each) => each.name === branch))
    return [wrong(`${about} does not name ${branch}: its jobs would be refused`, ...mend.slice(1))];
  const others = answer.data.filter((each) => each.name !== branch || each.type === 'tag');
  if (others.length === 0) return [right(`the environment ${name} is for ${branch} alone`)];
  return [
    wrong(
      `${about} lets in more than ${branch}: ${others.map((each) => each.name).join(', ')}`,
      ...others.map(
        ({ id }) =>
          `gh api --method DELETE ${quoted(`repos/${owner}/${repo}/environments/${name}/deployment-branch-policies/${id}`)}`,
      ),
    ),
  ];
}

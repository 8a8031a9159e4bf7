import { apiCall, type Finding, quoted, right, unknown, wrong } from '../finding.ts';
import { hidden, type Question } from '../wanted.ts';

/** Workflows run, and the actions of others that the pipeline uses are allowed. */
export async function checkActions(question: Question): Promise<Finding[]> {
  const { asker, wanted } = question;
  const { owner, repo } = wanted;
  const about = 'what GitHub Actions may do';
  const path = `repos/${owner}/${repo}/actions/permissions`;
  const answer = await asker.ask((octokit, request) =>
    octokit.actions.getGithubActionsPermissionsRepository({ owner, repo, request }),
  );
  if (answer.kind === 'unknown') return [unknown(about, answer.why)];
  if (answer.kind === 'absent')
    return [unknown(about, hidden(question) ?? 'GitHub does not show it')];
  const { enabled, allowed_actions: allowed } = answer.data.data;
  const allow = `gh api --method PUT ${quoted(path)} -F enabled=true -f allowed_actions=all`;
  if (!enabled) return [wrong('GitHub Actions is off for this repository', allow)];
  const running = right('GitHub Actions is on');
  if (allowed === undefined || allowed === 'all')
    return [running, right('actions of others are allowed')];
  if (allowed === 'selected') return [running, ...(await checkSelected(question))];
  const others = wanted.actions.filter((uses) => uses.split('/')[0] !== owner);
  if (others.length === 0) return [running, right('no actions of others are needed')];
  return [
    running,
    wrong(`only actions of ${owner} are allowed, and the pipeline uses ${names(others)}`, allow),
  ];
}

async function checkSelected(question: Question): Promise<Finding[]> {
  const { asker, wanted } = question;
  const { owner, repo } = wanted;
  const answer = await asker.ask((octokit, request) =>
    octokit.actions.getAllowedActionsRepository({ owner, repo, request }),
  );
  if (answer.kind !== 'told') {
    const why = answer.kind === 'unknown' ? answer.why : 'GitHub does not show it';
    return [unknown('which actions are allowed', why)];
  }
  const {
    github_owned_allowed: ofGitHub = false,
    verified_allowed: verified = false,
    patterns_allowed: patterns = [],
  } = answer.data.data;
  const left = wanted.actions.filter((uses) => {
    const [publisher = ''] = uses.split('/');
    if (publisher === owner) return false;
    if (ofGitHub && (publisher === 'actions' || publisher === 'github')) return false;
    return !isAllowed(uses, patterns);
  });
  if (left.length === 0)
    return [right('the actions that the pipeline uses are among those allowed')];
  if (verified)
    return [
      unknown(
        `whether ${names(left)} may be used`,
        'actions of verified publishers are allowed, and GitHub does not tell who is one',
      ),
    ];
  const all = [...new Set([...patterns, ...left.map((uses) => `${nameOf(uses)}@*`)])];
  const body = {
    github_owned_allowed: ofGitHub,
    verified_allowed: verified,
    patterns_allowed: all,
  };
  const path = `repos/${owner}/${repo}/actions/permissions/selected-actions`;
  return [wrong(`${names(left)} may not be used`, apiCall('PUT', path, body))];
}

/** As GitHub reads them: `*` is any text, `!` forbids, and a name without @ stands for every ref of it. */
function isAllowed(uses: string, patterns: readonly string[]): boolean {
  const matches = (pattern: string) => {
    const whole = pattern.includes('@') || pattern.endsWith('*') ? pattern : `${pattern}@*`;
    const source = whole
      .split('*')
      .map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*');
    return new RegExp(`^${source}$`, 'i').test(uses);
  };
  const forbidden = patterns.filter((each) => each.startsWith('!')).map((each) => each.slice(1));
  return patterns.some(matches) && !forbidden.some(matches);
}

function nameOf(uses: string): string {
  return uses.split('@')[0] ?? uses;
}

function names(all: readonly string[]): string {
  return [...new Set(all.map(nameOf))].join(', ');
}

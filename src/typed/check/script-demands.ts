import type { PermissionLevel } from '../action-facts.ts';
import type { PlainJob, PlainStep } from '../plain.ts';
import { type Command, calledBy, commandsOf } from './shell-commands.ts';

/** A permission that a command of a script needs. */
export interface ScriptDemand {
  readonly scope: string;
  readonly level: PermissionLevel;
  /** What needs it, such as `gh pr comment`. */
  readonly command: string;
  readonly scriptLine: number;
}

const commands: readonly (readonly [RegExp, string, PermissionLevel])[] = [
  [
    /^gh pr (?:comment|edit|create|close|merge|review|ready|reopen|lock)\b/,
    'pull-requests',
    'write',
  ],
  [/^gh pr (?:view|list|diff|checks|status)\b/, 'pull-requests', 'read'],
  [/^gh issue (?:comment|edit|create|close|delete|reopen|lock|pin|transfer)\b/, 'issues', 'write'],
  [/^gh issue (?:view|list|status)\b/, 'issues', 'read'],
  [/^gh label (?:create|edit|delete|clone)\b/, 'issues', 'write'],
  [/^gh release (?:create|upload|edit|delete|delete-asset)\b/, 'contents', 'write'],
  [
    /^gh (?:workflow (?:run|enable|disable)|run (?:cancel|rerun|delete)|cache delete)\b/,
    'actions',
    'write',
  ],
  [
    /^gh (?:run (?:list|view|watch|download)|cache list|workflow (?:list|view))\b/,
    'actions',
    'read',
  ],
  [
    /^gh api\b(?=.*(?:-X|--method)[= ]?(?:POST|PATCH|PUT|DELETE)|.*\s-[fF]\b).*\/statuses\b/,
    'statuses',
    'write',
  ],
  [
    /^gh api\b(?=.*(?:-X|--method)[= ]?(?:POST|PATCH|PUT|DELETE)|.*\s-[fF]\b).*\/check-runs\b/,
    'checks',
    'write',
  ],
  [
    /^gh api\b(?=.*(?:-X|--method)[= ]?(?:POST|PATCH|PUT|DELETE)|.*\s-[fF]\b).*\/deployments\b/,
    'deployments',
    'write',
  ],
  [
    /^gh api\b(?=.*(?:-X|--method)[= ]?(?:POST|PATCH|PUT|DELETE)|.*\s-[fF]\b).*\/(?:releases|git\/refs|contents)\b/,
    'contents',
    'write',
  ],
  [/^git (?:-\S+ \S+ )*push\b(?!.*--dry-run)/, 'contents', 'write'],
];

/** Whether the job's own token is in the environment of a step. */
function ownToken(step: PlainStep, job: PlainJob): boolean {
  return Object.values({ ...job.env, ...step.env }).some((value) =>
    /\b(?:github\.token|secrets\.GITHUB_TOKEN)\b/.test(String(value)),
  );
}

function otherToken(step: PlainStep, job: PlainJob): boolean {
  return Object.entries({ ...job.env, ...step.env }).some(
    ([name, value]) =>
      /TOKEN|PAT$|KEY/.test(name) && /\b(?:secrets\.(?!GITHUB_TOKEN)|steps\.)/.test(String(value)),
  );
}

/** What the scripts of a job need of its token; with another token nothing. */
export function scriptDemands(
  job: PlainJob,
): readonly (ScriptDemand & { readonly step: number })[] {
  return job.steps.flatMap((step, index) => {
    if (step.run === undefined || otherToken(step, job)) return [];
    return commandsOf(step.run).flatMap((command) =>
      demandsOf(command).map((demand) => ({ ...demand, step: index })),
    );
  });
}

function demandsOf({ text, line }: Command): readonly ScriptDemand[] {
  const called = calledBy(text);
  return commands
    .filter(([pattern]) => pattern.test(called))
    .map(([pattern, scope, level]) => ({
      scope,
      level,
      command: called.startsWith('gh api')
        ? 'gh api'
        : (pattern.exec(called)?.[0] ?? '').replace(/ -\S+ \S+/g, ''),
      scriptLine: line,
    }));
}

/** Why a script that asks GitHub for something gets no answer: it has no token. */
export function tokenFaults(
  job: PlainJob,
  workflowEnv: object | undefined,
): readonly { readonly step: number; readonly scriptLine: number; readonly message: string }[] {
  return job.steps.flatMap((step, index) => {
    if (step.run === undefined) return [];
    const names = Object.keys({ ...workflowEnv, ...job.env, ...step.env });
    const own = commandsOf(step.run);
    const logged =
      /\bgh auth login\b|\b(?:GH|GITHUB)_TOKEN=/.test(step.run) ||
      job.steps
        .slice(0, index)
        .some(({ run = '' }) => /\bgh auth login\b|(?:GH|GITHUB)_TOKEN/.test(run));
    const asking = own.find(({ text }) =>
      /^gh (?:pr|issue|release|run|workflow|api|repo|label|cache|variable|secret|attestation)\b/.test(
        calledBy(text),
      ),
    );
    const gh =
      asking &&
      !logged &&
      !names.some((name) => /^(?:GH|GITHUB)(?:_ENTERPRISE)?_TOKEN$/.test(name));
    const push = own.find(({ text }) => /^git (?:-\S+ \S+ )*push\b/.test(calledBy(text)));
    return [
      ...(gh
        ? [
            {
              step: index,
              scriptLine: asking.line,
              message: 'gh has no token: add GH_TOKEN: github.token to the env of this step',
            },
          ]
        : []),
      ...(push && !hasCredentials(job, index)
        ? [
            {
              step: index,
              scriptLine: push.line,
              message:
                'git push has no credentials: the check-out before does not keep them (persist-credentials: true)',
            },
          ]
        : []),
    ];
  });
}

function hasCredentials(job: PlainJob, index: number): boolean {
  const step = job.steps[index];
  const before = job.steps.slice(0, index);
  const kept = before.some(
    ({ uses = '', with: given = {} }) =>
      uses.startsWith('actions/checkout@') &&
      (String(given['persist-credentials'] ?? 'true') !== 'false' ||
        given['ssh-key'] !== undefined),
  );
  const byHand = [...before, ...(step ? [step] : [])].some(({ run = '' }) =>
    /x-access-token|remote set-url|extraheader|credential|ssh-add|GIT_ASKPASS|gh auth setup-git|https:\/\/[^/\s]*@|insteadOf/.test(
      run,
    ),
  );
  // Whoever has a token in the environment may have told Git of it.
  const token =
    step !== undefined &&
    (ownToken(step, job) || otherToken(step, job)) &&
    /TOKEN|KEY|PAT/.test(step.run ?? '');
  const ssh = before.some(({ uses = '' }) =>
    /ssh-agent|git-auto-commit|app-token|import-gpg/.test(uses),
  );
  return kept || byHand || token || ssh;
}

/** Whether a job pushes images with what it logged in as. */
export function pushesImages({ steps }: PlainJob): string | undefined {
  for (const { uses = '', with: given = {}, run = '' } of steps) {
    if (
      uses.startsWith('docker/build-push-action@') &&
      (String(given.push) === 'true' || /push=true|type=registry/.test(String(given.outputs ?? '')))
    )
      return 'docker/build-push-action';
    if (
      /\bdocker\s+(?:image\s+)?push\b|\bimagetools create\b|\bbuildx\s+build\b[^\n]*--push|\bdocker compose [^\n]*push\b|\bcrane (?:push|copy|tag)\b|\bskopeo copy\b|\bhelm push\b|\boras push\b/.test(
        run,
      )
    )
      return /imagetools/.test(run) ? 'docker buildx imagetools' : 'docker push';
  }
  return undefined;
}

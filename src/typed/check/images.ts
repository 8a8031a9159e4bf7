import { type Checked, type Fault, type PlacedStep, stepsOf } from './fault.ts';

/** Images that are pushed to a registry where nobody has logged in, or built as Docker's own builder cannot. */
export function imageFaults(checked: Checked): Fault[] {
  return stepsOf(checked).flatMap((placed): Fault[] => {
    const { step, path, before } = placed;
    if (!isOf(step, 'docker/build-push-action')) return [];
    const registry = withoutLogin(placed);
    const builds = before.some(
      (each) =>
        isOf(each, 'docker/setup-buildx-action') ||
        /\bbuildx (?:create|use)\b/.test(each.run ?? ''),
    );
    const special = builds ? undefined : needsBuilder(step.with ?? {});
    return [
      ...(registry === undefined
        ? []
        : [
            {
              path: [...path, 'with', 'push'],
              message: `no step before logs in to ${registry}: add docker/login-action with registry: ${registry}`,
            },
          ]),
      ...(special === undefined
        ? []
        : [
            {
              path: [...path, 'with', special],
              message: `Docker's own builder knows no such ${special}: add docker/setup-buildx-action before`,
            },
          ]),
    ];
  });
}

type Step = PlacedStep['step'];
type Given = Readonly<Record<string, unknown>>;

function isOf({ uses = '' }: Step, action: string): boolean {
  return uses.split('@')[0] === action;
}

/** The registry of a pushed image that no step before has logged in to; none where the run makes its name. */
function withoutLogin({ step, before }: PlacedStep): string | undefined {
  const { push, tags = '' } = step.with ?? {};
  if (String(push) !== 'true') return undefined;
  const registries = String(tags)
    .split(/[\n,]/)
    .map((tag) => /^([\w-]+(?:\.[\w-]+)+)(?::\d+)?\//.exec(tag.trim())?.[1])
    .filter((each) => each !== undefined);
  const logged = before.flatMap((each): string[] => {
    if (isOf(each, 'docker/login-action')) return [String(each.with?.registry ?? 'docker.io')];
    // A script or another action logs in where it likes.
    return /login|configure-docker|ecr|\bauth\b/i.test(`${each.run ?? ''} ${each.uses ?? ''}`)
      ? ['*']
      : [];
  });
  if (logged.some((each) => each === '*' || each.includes('${{'))) return undefined;
  return registries.find((registry) => !logged.some((each) => each.includes(registry)));
}

/** The input that only a builder of Buildx takes. */
function needsBuilder(given: Given): string | undefined {
  const several = String(given.platforms ?? '').split(/[\n,]/).length > 1;
  if (several && !String(given.platforms).includes('${{')) return 'platforms';
  return ['cache-to', 'cache-from'].find((key) =>
    /type=(?:gha|registry)/.test(String(given[key] ?? '')),
  );
}

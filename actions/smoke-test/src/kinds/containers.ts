import { CommandFailed, ConnectionLost, PhaseFailed } from '../../../shared/src/errors.ts';
import type { ContainersCheck } from '../checks/types.ts';
import type { Container, HostReport } from '../host/report.ts';
import type { Deviation } from '../judge/deviation.ts';
import { failedTrial, type Kind, type Run, withoutHost } from '../run.ts';

/** The label by which images name the commit that they were built from. */
const revisionLabel = 'org.opencontainers.image.revision';

/** What runs on the host is what was built: by digest, label and release, on every replica. */
export const containers: Kind<ContainersCheck> = {
  expected: (check, { commit, images }) => {
    const services = check.services ?? [...images.keys()];
    const named = services.length === 0 ? 'every service' : services.join(', ');
    return `${named} run what was built from ${commit.slice(0, 7)}`;
  },
  async attempt(check, run) {
    if (run.host === undefined) return withoutHost;
    try {
      const report = await run.host.report();
      const deviations = judgeReport(check, run, report);
      const running = report.containers.filter(({ state }) => state === 'running').length;
      return { deviations, seen: `release ${report.release}, ${running} containers run` };
    } catch (error) {
      const isKnown = [CommandFailed, PhaseFailed, ConnectionLost].some(
        (each) => error instanceof each,
      );
      if (!isKnown) throw error;
      return failedTrial('what the host runs', `unknown: ${(error as Error).message}`);
    }
  },
};

/** All that differs between what a host runs and what was built. */
export function judgeReport(
  check: ContainersCheck,
  { commit, images }: Pick<Run, 'commit' | 'images'>,
  report: HostReport,
): Deviation[] {
  const built = images.size > 0 ? images : report.images;
  const services = check.services ?? [...built.keys()];
  const about = { check, commit, built, report };
  const release: Deviation[] =
    report.commit === commit
      ? []
      : [
          {
            what: 'live release',
            expected: `commit ${commit}`,
            actual: `${report.release}, commit ${report.commit || 'unknown'}`,
          },
        ];
  const nothing: Deviation[] =
    services.length > 0
      ? []
      : [{ what: 'images', expected: 'an image for each service', actual: 'none known' }];
  return [...release, ...nothing, ...services.flatMap((service) => judgeService(service, about))];
}

interface About {
  readonly check: ContainersCheck;
  readonly commit: string;
  readonly built: ReadonlyMap<string, string>;
  readonly report: HostReport;
}

function judgeService(service: string, about: About): Deviation[] {
  const { check, report } = about;
  const own = report.containers.filter((each) => each.service === service);
  const running = own.filter(({ state }) => state === 'running');
  const wanted = check.replicas?.[service];
  const isEnough = wanted === undefined ? running.length > 0 : running.length === wanted;
  const count: Deviation[] = isEnough
    ? []
    : [
        {
          what: service,
          expected: `${wanted ?? 'at least 1'} running`,
          actual: own.map(({ name, state }) => `${name} is ${state}`).join(', ') || 'none',
        },
      ];
  // One that works does not hide another that ends again and again.
  const ended = own
    .filter(({ state, release }) => state !== 'running' && release === report.release)
    .map(({ name, state }) => ({ what: `${name}: state`, expected: 'running', actual: state }));
  const judged = running.flatMap((container) => judgeContainer(container, about));
  return [...count, ...(isEnough ? ended : []), ...judged];
}

function judgeContainer(container: Container, { check, commit, built, report }: About) {
  const { name, service, release, health, imageLabels } = container;
  const label = check.label ?? revisionLabel;
  const deviation = (what: string, expected: string, actual: string): Deviation => ({
    what: `${name}: ${what}`,
    expected,
    actual: actual || 'unknown',
  });
  const image = built.get(service) ?? '';
  return [
    ...(runs(container, image) ? [] : [deviation('image', image || 'known', shown(container))]),
    ...(release === report.release ? [] : [deviation('release', report.release, release)]),
    ...(label === false || imageLabels[label] === commit
      ? []
      : [deviation(`label ${label}`, commit, imageLabels[label] ?? '')]),
    ...(health === '' || health === 'healthy' ? [] : [deviation('health', 'healthy', health)]),
  ];
}

/** By the digest of the image that it runs; by the name that it was started with where that has none. */
function runs({ image, digests }: Container, built: string): boolean {
  if (built === '') return false;
  const digest = digestOf(built);
  if (digest === undefined) return image === built;
  return digests.length > 0
    ? digests.some((each) => digestOf(each) === digest)
    : digestOf(image) === digest;
}

function digestOf(reference: string): string | undefined {
  return /@(sha256:[0-9a-f]{64})$/.exec(reference)?.[1];
}

function shown({ image, digests }: Container): string {
  return digests.length > 0 ? digests.join(', ') : image;
}

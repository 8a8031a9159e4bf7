import type { Call, DeployVerb } from '../../../shared/src/executor/call.ts';
import type { Requester } from '../../../shared/src/requester.ts';
import type { Limits } from '../read/limits.ts';

/** What all calls of one run of the action or the command line have in common. */
export interface CallContext {
  readonly baseDirectory: string;
  readonly requester: Requester;
  readonly limits: Limits;
}

/** What a call may say beyond the context. */
export interface CallDetails {
  /** An id; a commit too where a release is staged again. */
  readonly release?: string | undefined;
  /** Rollback: only if this release is live. */
  readonly leave?: string | undefined;
  readonly force?: boolean;
  /** Rollback: why no deploy starts from there until somebody unlocks the host. */
  readonly pin?: string | undefined;
  readonly dryRun?: boolean;
  /** The runner's clock, for the host to compare with its own. */
  readonly now?: Date;
}

const second = 1000;
const minute = 60 * second;

/** The call of a verb that changes something. */
export function planOperation<Verb extends DeployVerb>(
  verb: Verb,
  context: CallContext,
  { release, leave, force = false, pin, dryRun = false, now }: CallDetails = {},
): Call<Verb> {
  const { baseDirectory, requester, limits } = context;
  return {
    verb,
    options: {
      base: baseDirectory,
      ...(release !== undefined && { release }),
      ...(leave !== undefined && { leave }),
      owner: requester.owner,
      actor: requester.actor,
      ...(requester.runUrl !== '' && { 'run-url': requester.runUrl }),
      'lock-timeout': String(limits.lockTimeout),
      ...limitOptions(verb, limits),
      ...(now !== undefined && { now: String(Math.floor(now.getTime() / second)) }),
      ...(force && { force: 'yes' }),
      ...(pin !== undefined && { pin: 'yes', reason: pin }),
      ...(dryRun && { 'dry-run': 'yes' }),
    },
    timeout: limits.lockTimeout * second + workLimit(verb, limits),
  };
}

function limitOptions(verb: DeployVerb, limits: Limits): Record<string, string> {
  const deadline = { 'confirm-timeout': String(limits.confirmTimeout) };
  switch (verb) {
    case 'stage':
    case 'restage':
      // 0: nobody has asked the registry how large the images are.
      return { 'disk-margin': String(limits.diskMargin), 'image-bytes': '0', ...deadline };
    case 'confirm':
      return { keep: String(limits.keep) };
    case 'prepare':
    case 'switch':
    case 'release':
    case 'rollback':
    case 'abort':
    case 'recover':
      return {
        'health-timeout': String(limits.healthTimeout),
        'healthy-checks': String(limits.healthyChecks),
        'drain-timeout': String(limits.drainTimeout),
        ...deadline,
      };
  }
}

/** Milliseconds that the work itself may take, once nobody is in its way. */
function workLimit(verb: DeployVerb, { healthTimeout, drainTimeout }: Limits): number {
  switch (verb) {
    case 'stage':
    case 'restage':
      return 20 * minute;
    case 'confirm':
      return 10 * minute;
    case 'prepare':
    case 'switch':
    case 'release':
    case 'rollback':
    case 'abort':
    case 'recover':
      // The way there and twice the way back may each take the whole health time-out, and drain.
      return 10 * minute + 3 * (healthTimeout + drainTimeout) * second;
  }
}

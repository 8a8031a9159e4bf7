import { z } from 'zod';

function wholeNumber(options: {
  readonly what: string;
  readonly from: number;
  readonly to: number;
  readonly default: number;
}) {
  const { what, from, to } = options;
  return z
    .string()
    .default(String(options.default))
    .refine(
      (text) => /^\d{1,9}$/.test(text) && Number(text) >= from && Number(text) <= to,
      `must be ${what} from ${from} to ${to}`,
    )
    .transform(Number);
}

const seconds = (from: number, to: number, normally: number) =>
  wholeNumber({ what: 'a number of seconds', from, to, default: normally });

/** The inputs that say how long, how often and how much. */
export const limitInputs = {
  'lock-timeout': seconds(0, 7200, 300),
  'health-timeout': seconds(1, 9999, 180),
  'healthy-checks': wholeNumber({ what: 'a number of checks', from: 1, to: 100, default: 5 }),
  'drain-timeout': seconds(0, 3600, 30),
  'confirm-timeout': seconds(30, 86_400, 900),
  keep: wholeNumber({ what: 'a number of releases', from: 1, to: 100, default: 5 }),
  'disk-margin': wholeNumber({ what: 'a number of MiB', from: 0, to: 10_000_000, default: 1024 }),
} as const;

/** How long, how often and how much; times in seconds, the margin in MiB. */
export interface Limits {
  readonly lockTimeout: number;
  readonly healthTimeout: number;
  readonly healthyChecks: number;
  readonly drainTimeout: number;
  readonly confirmTimeout: number;
  readonly keep: number;
  readonly diskMargin: number;
}

/** Takes the limits out of parsed inputs. */
export function limitsFrom(inputs: Readonly<Record<keyof typeof limitInputs, number>>): Limits {
  return {
    lockTimeout: inputs['lock-timeout'],
    healthTimeout: inputs['health-timeout'],
    healthyChecks: inputs['healthy-checks'],
    drainTimeout: inputs['drain-timeout'],
    confirmTimeout: inputs['confirm-timeout'],
    keep: inputs.keep,
    diskMargin: inputs['disk-margin'],
  };
}

/** The limits where nobody says otherwise. */
export const defaultLimits: Limits = limitsFrom(z.object(limitInputs).parse({}));

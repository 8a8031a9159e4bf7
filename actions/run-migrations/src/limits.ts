import { z } from 'zod';

function wholeNumber(what: string, from: number, to: number, normally: number) {
  return z
    .string()
    .default(String(normally))
    .refine(
      (text) => /^\d{1,9}$/.test(text) && Number(text) >= from && Number(text) <= to,
      `must be ${what} from ${from} to ${to}`,
    )
    .transform(Number);
}

/** The inputs that say how long, how often and how much. */
export const limitInputs = {
  'lock-timeout': wholeNumber('a number of seconds', 0, 7200, 300),
  'table-lock-timeout': wholeNumber('a number of milliseconds', 10, 600_000, 1000),
  'table-lock-attempts': wholeNumber('a number of attempts', 1, 1000, 20),
  'statement-timeout': wholeNumber('a number of seconds', 1, 86_400, 900),
  'keep-backups': wholeNumber('a number of backups', 1, 1000, 10),
  'disk-margin': wholeNumber('a number of MiB', 0, 10_000_000, 1024),
} as const;

export interface Limits {
  /** Seconds to wait for others: the host's lock, and that of migrations. */
  readonly lockTimeout: number;
  /** Milliseconds that a statement waits for a table. */
  readonly tableLockTimeout: number;
  readonly tableLockAttempts: number;
  /** Seconds that a statement may take. */
  readonly statementTimeout: number;
  readonly keepBackups: number;
  /** MiB that must stay free beside a backup. */
  readonly diskMargin: number;
}

/** Takes the limits out of parsed inputs. */
export function limitsFrom(inputs: Readonly<Record<keyof typeof limitInputs, number>>): Limits {
  return {
    lockTimeout: inputs['lock-timeout'],
    tableLockTimeout: inputs['table-lock-timeout'],
    tableLockAttempts: inputs['table-lock-attempts'],
    statementTimeout: inputs['statement-timeout'],
    keepBackups: inputs['keep-backups'],
    diskMargin: inputs['disk-margin'],
  };
}

/** The limits where nobody says otherwise. */
export const defaultLimits: Limits = limitsFrom(z.object(limitInputs).parse({}));

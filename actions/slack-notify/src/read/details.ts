import * as z from 'zod/mini';
import { inputLines } from '../../../shared/src/inputs.ts';

/** One applied migration. */
export interface Migration {
  readonly revision: string;
  readonly message: string | undefined;
}

/** What one scan found, by severity. */
export interface ScanCount {
  readonly name: string;
  readonly counts: Readonly<Record<string, number>>;
  /** What it did not look at; '' where it looked at everything. */
  readonly notChecked: string;
}

/** One smoke test. */
export interface SmokeResult {
  readonly name: string;
  readonly passed: boolean;
  readonly detail: string | undefined;
}

/** What a suite of tests against staging found. */
export interface SuiteResult {
  readonly name: string;
  readonly tests: number;
  readonly failed: number;
  /** The first test that failed, and why; '' where none did. */
  readonly first: string;
}

const word = z.pipe(
  z.union([z.string(), z.number()]),
  z.transform((value) => String(value)),
);

const migrations = z.array(
  z.union([
    z.pipe(
      word,
      z.transform((revision): Migration => ({ revision, message: undefined })),
    ),
    z.pipe(
      z.object({ revision: word, message: z.optional(z.nullable(z.string())) }),
      z.transform(
        ({ revision, message }): Migration => ({ revision, message: message ?? undefined }),
      ),
    ),
  ]),
);

const counts = z.catchall(z.object({ 'not checked': z.optional(z.string()) }), z.number());
const scans = z.pipe(
  z.record(z.string(), z.union([z.number(), counts])),
  z.transform((value): ScanCount[] =>
    Object.entries(value).map(([name, found]) => {
      if (typeof found === 'number') return { name, counts: { '': found }, notChecked: '' };
      const { 'not checked': notChecked = '', ...numbers } = found;
      return { name, counts: numbers as ScanCount['counts'], notChecked };
    }),
  ),
);

const smoke = z.array(
  z.pipe(
    z.object({
      name: z.string(),
      passed: z.boolean(),
      detail: z.optional(z.nullable(z.string())),
    }),
    z.transform(
      ({ name, passed, detail }): SmokeResult => ({ name, passed, detail: detail ?? undefined }),
    ),
  ),
);

const suite = z.object({
  name: z.string(),
  tests: z.number(),
  failed: z.number(),
  first: z.string(),
});

/** Reads the input `migrations`. Throws where it is not what README.md says. */
export function parseMigrations(text: string): Migration[] {
  return migrations.parse(JSON.parse(text));
}

/** Reads the input `scan-counts`. Throws where it is not what README.md says. */
export function parseScanCounts(text: string): ScanCount[] {
  return scans.parse(JSON.parse(text));
}

/** Reads the input `smoke-results`. Throws where it is not what README.md says. */
export function parseSmokeResults(text: string): SmokeResult[] {
  return smoke.parse(JSON.parse(text));
}

/** Reads the input `suite-results`. Throws where it is not what README.md says. */
export function parseSuiteResults(text: string): SuiteResult[] {
  return inputLines(text).map((line) => suite.parse(JSON.parse(line)));
}

import { parse } from 'yaml';
import type { Plain, PlainJob, PlainStep } from '../yaml.ts';

/**
 * A workflow that was written by hand, in the one shape that the rules know: lists where YAML allows one name, nothing
 * missing. What is no workflow at all has no jobs; the linters say so.
 */
export function readPlain(yaml: string): Plain {
  const { name, on, permissions, jobs, ...rest } = record(parse(yaml, { strict: false }));
  return {
    ...rest,
    name: String(name ?? ''),
    on: events(on),
    permissions: levels(permissions),
    jobs: Object.fromEntries(Object.entries(record(jobs)).map(([id, job]) => [id, plainJob(job)])),
  };
}

function plainJob(job: unknown): PlainJob {
  const { name, needs, permissions, steps, ...rest } = record(job);
  return {
    ...rest,
    name: String(name ?? ''),
    ...(needs === undefined ? {} : { needs: [needs].flat().map(String) }),
    ...(permissions === undefined ? {} : { permissions: levels(permissions) }),
    steps: Array.isArray(steps) ? steps.map((step) => record(step) as unknown as PlainStep) : [],
  } as unknown as PlainJob;
}

function events(on: unknown): Readonly<Record<string, unknown>> {
  if (typeof on === 'string' || Array.isArray(on))
    return Object.fromEntries([on].flat().map((event) => [String(event), {}]));
  return record(on);
}

function levels(permissions: unknown): Readonly<Record<string, string>> {
  return record(permissions) as Readonly<Record<string, string>>;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

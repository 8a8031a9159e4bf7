import type { Finding } from '../finding.ts';

/** What a report says, and what shows that the scanner has not done its work. */
export interface Reading {
  readonly findings: readonly Finding[];
  /** Why the report is no proof of anything; empty where it is one. */
  readonly problems: readonly string[];
  /** What was looked at, in words. */
  readonly seen: string;
}

/** The reading of a report that cannot be read. */
export function unreadable(problem: string): Reading {
  return { findings: [], problems: [problem], seen: '' };
}

/** Parses JSON, or says why not. */
export function parseReport(text: string): { data: unknown } | { problem: string } {
  if (text.trim() === '') return { problem: 'the report is empty' };
  try {
    return { data: JSON.parse(text) };
  } catch {
    return {
      problem: 'the report is no JSON: the scanner was broken off, or wrote something else',
    };
  }
}

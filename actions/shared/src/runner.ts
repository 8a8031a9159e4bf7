import * as core from '@actions/core';
import { logText, plainText } from './foreign-text.ts';
import type { ReadInput } from './inputs.ts';
import type { SummaryPart } from './summary-page.ts';

/**
 * The runner, which takes lines of a step's output for commands: the only module of the actions that writes there. What
 * others wrote is text when it leaves here.
 */

/** Gives the text of an input, '' where it is not set. */
export const readInput: ReadInput = core.getInput;

/** Gives what the step's main part saved for its post step, '' where it saved nothing. */
export const readState: (name: string) => string = core.getState;

export function saveState(name: string, value: string): void {
  core.saveState(name, value);
}

/** Has the runner show `***` wherever one of these texts would stand in a log. */
export function mask(secrets: readonly string[]): void {
  for (const secret of secrets) core.setSecret(secret);
}

export function log(text: string): void {
  core.info(logText(text));
}

export function notice(text: string): void {
  core.notice(logText(text));
}

export function warn(text: string, title?: string): void {
  core.warning(logText(text), titled(title));
}

/** An annotation; the step does not fail by it. */
export function annotateError(text: string, title?: string): void {
  core.error(logText(text), titled(title));
}

/** Fails the step. */
export function fail(text: string): void {
  core.setFailed(logText(text));
}

/** What a later step prints of an output is no longer in our hands. */
export function setOutput(name: string, value: string | number | boolean): void {
  core.setOutput(name, typeof value === 'string' ? plainText(value) : value);
}

/** Adds parts to the page that the run has for the job. */
export async function addToSummary(parts: readonly SummaryPart[]): Promise<void> {
  await core.summary.addRaw(parts.join('')).write();
}

function titled(title: string | undefined): core.AnnotationProperties {
  return title === undefined ? {} : { title: logText(title) };
}

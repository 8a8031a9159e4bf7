import type { Deviation } from './judge/deviation.ts';

const mostInARow = 24;

/**
 * Whether a check has passed often enough in a row: more often each time that it fails after it had passed, so that what
 * flickers between two versions does not pass by chance. Failures before the first success cost nothing: that is a start.
 */
export class Steadiness {
  readonly #wanted: number;
  #needed: number;
  #streak: number;
  #relapses = 0;
  #failures = 0;
  #tries = 0;

  /** `again`: it has passed before, and once more is enough. */
  constructor(wanted: number, again: boolean) {
    this.#wanted = again ? 1 : wanted;
    this.#needed = again ? 2 : wanted;
    this.#streak = again ? 1 : 0;
  }

  record(passed: boolean): void {
    this.#tries += 1;
    if (passed) {
      this.#streak += 1;
      return;
    }
    this.#failures += 1;
    if (this.#streak > 0) {
      this.#relapses += 1;
      this.#needed = Math.min(Math.max(2 * this.#needed, 8), mostInARow);
    }
    this.#streak = 0;
  }

  get isProven(): boolean {
    return this.#streak >= this.#needed;
  }

  /** Whether it passes, and has not failed since it first did: enough where no time is left to see more. */
  get isGoodSoFar(): boolean {
    return this.#streak > 0 && this.#relapses === 0;
  }

  /** That it passed and failed in turn, if it did. */
  deviations(): Deviation[] {
    if (this.#relapses === 0) return [];
    const times = this.#wanted > 1 ? `passes ${this.#wanted} times in a row` : 'goes on passing';
    const actual = `passes and fails in turn: ${this.#failures} of ${this.#tries} tries failed`;
    return [{ what: 'steadiness', expected: times, actual }];
  }
}

import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a stand-in was sent and what it said to it: JSON lines in a file that outlives the process. */
export class Journal<Entry> {
  readonly #file: string;
  readonly #entries: Entry[];

  constructor(directory: string, name: string) {
    mkdirSync(directory, { recursive: true });
    this.#file = join(directory, name);
    const lines = existsSync(this.#file) ? readFileSync(this.#file, 'utf8').split('\n') : [];
    this.#entries = lines.filter((line) => line !== '').map((line) => JSON.parse(line));
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  add(entry: Entry): void {
    appendFileSync(this.#file, `${JSON.stringify(entry)}\n`);
    this.#entries.push(entry);
  }
}

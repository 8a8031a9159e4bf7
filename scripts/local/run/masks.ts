import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ActEvent } from './act-log.ts';
import { outputsStep } from './job-outputs.ts';

/** What must not be handed on from job to job, in a folder that the jobs can read. */
export interface Masks {
  /** Takes what act says: another value that is masked, or a job that waits for the last of them. */
  follow(event: ActEvent): Promise<void>;
}

/** The folder with the masks of a run. */
export function masksIn(directory: string): string {
  return join(directory, 'masks');
}

/** Begins with the secrets of the run. */
export async function openMasks(directory: string, secrets: readonly string[]): Promise<Masks> {
  const folder = masksIn(directory);
  const file = join(folder, 'values.jsonl');
  const linesOf = (values: readonly string[]) =>
    values.flatMap(maskedForms).map((value) => `${JSON.stringify(value)}\n`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(file, linesOf(secrets).join(''), { mode: 0o600 });
  return {
    async follow(event) {
      if (event.kind === 'secret') await appendFile(file, linesOf([event.value]).join(''));
      // It is told after everything that the job has masked before.
      if (event.kind === 'step-started' && event.step.id === `Main ${outputsStep}`)
        await writeFile(join(folder, `ready-${event.step.job}`), '');
    },
  };
}

/** What GitHub's runner masks of a secret: each of its lines, also in the notations in which it may travel. */
export function maskedForms(secret: string): string[] {
  const texts = [secret, ...secret.split(/[\r\n]+/)].map((text) => text.trim()).filter(Boolean);
  const forms = texts.flatMap((text) => [
    text,
    JSON.stringify(text).slice(1, -1),
    encodeURIComponent(text.toWellFormed()),
    ...base64Forms(text),
  ]);
  return [...new Set(forms)];
}

/** Base64 of a text at each of the three places that it can have in a longer one, without what depends on its neighbours. */
function base64Forms(text: string): string[] {
  return [0, 1, 2]
    .map((shift) => {
      const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(text)]);
      const whole = bytes.length - (bytes.length % 3);
      const encoded = bytes.subarray(0, whole).toString('base64');
      return encoded.slice(shift === 0 ? 0 : 4);
    })
    .filter((encoded) => encoded.length >= 8);
}

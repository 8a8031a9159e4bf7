import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import type { StagingServer } from './staging-server.ts';

/** A step of the journal, at the moment when its intent is written and nothing of it is done. */
export interface HeldStep {
  /** The process that writes the journal: it waits. */
  readonly executor: number;
  /** Lets it go on, if it is still alive. */
  letGo(): Promise<void>;
}

/** Makes the executor wait at the next time that it begins a step (see server/sync.sh). */
export async function holdAt(server: StagingServer, step: string): Promise<void> {
  await server.onHost(
    `cd /host-test && rm -f tripped go && echo '${step} intent' > trip && chmod 666 trip`,
  );
}

/** Returns when the executor has come to the step; throws where `ended` comes first. */
export async function untilHeld(server: StagingServer, ended: Promise<unknown>): Promise<HeldStep> {
  let over = '';
  ended.then(
    (answer) => {
      over = inspect(answer, { depth: 1 });
    },
    (error) => {
      over = String(error);
    },
  );
  const deadline = Date.now() + 120_000;
  for (;;) {
    const pid = await server.onHost('cat /host-test/tripped 2>/dev/null || :');
    if (pid !== '') return { executor: Number(pid), letGo: async () => await letGo(server) };
    if (over !== '' || Date.now() > deadline)
      throw new Error(`The executor never came to the step: ${over || 'it still works'}`);
    await sleep(300);
  }
}

/** Lets go whatever waits, and holds nothing any more. */
export async function letGo(server: StagingServer): Promise<void> {
  await server.onHost('rm -f /host-test/trip; touch /host-test/go');
}

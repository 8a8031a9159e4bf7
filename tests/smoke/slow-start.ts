import { setTimeout as pause } from 'node:timers/promises';
import type { Staging } from './staging/staging.ts';

/** Milliseconds. */
const longest = 4000;

/**
 * Lets a staging come up as real ones do: the proxy refuses connections at first, each replica answers with errors, one
 * long after the other, and the page is there before the API. It works when the promise is settled.
 */
export async function startSlowly(staging: Staging): Promise<void> {
  const { replicas, nginx } = staging;
  const later = () => pause(Math.random() * longest);
  const proxy = async () => {
    if (Math.random() < 0.5) return;
    await nginx.stop();
    await later();
    await nginx.start();
  };
  const starts = replicas.map(async ({ behaviour }) => {
    const { fails, database } = behaviour;
    behaviour.fails = () => true;
    behaviour.database = false;
    behaviour.delay = Math.random() * 200;
    await later();
    behaviour.fails = fails;
    await later();
    behaviour.database = database;
    behaviour.delay = Math.random() * 20;
  });
  await Promise.all([proxy(), ...starts]);
}

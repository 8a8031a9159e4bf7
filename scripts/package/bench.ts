// Measures what the actions cost. `npm run bench` runs all benches, `npm run bench notify` those that are named;
// with `-- --json` the last line is one JSON object, by bench. What goes on is told on standard error. The benches of deploys
// take minutes, and with `-- --thorough` as long as a number that nobody doubts needs.

import { parseArgs } from 'node:util';
import { UserError } from '../terminal/errors.ts';
import { main } from '../terminal/main.ts';
import { step } from '../terminal/progress.ts';
import type { Bench } from './bench/bench.ts';
import { benchDeploy } from './bench/deploy.ts';
import { benchBytes } from './bench/deploy-bytes.ts';
import { benchConnection } from './bench/deploy-connection.ts';
import { benchMigrations } from './bench/migrations.ts';
import { benchNotify } from './bench/notify.ts';
import { benchPeers } from './bench/peers.ts';
import { render } from './bench/render.ts';
import { benchSmoke } from './bench/smoke.ts';

const benches: Readonly<Record<string, Bench>> = {
  notify: benchNotify,
  smoke: benchSmoke,
  deploy: benchDeploy,
  'deploy-bytes': benchBytes,
  migrations: benchMigrations,
  // The only one that needs root: whoever is not root has the others' results by then.
  'deploy-connection': benchConnection,
  // Only where it is named: it needs programs that are not this project's.
  peers: benchPeers,
};

await main(async (signal) => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      thorough: { type: 'boolean', default: false },
    },
  });
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
  if (rounds !== undefined && !(Number.isInteger(rounds) && rounds >= 1 && rounds <= 1000))
    throw new UserError(`--rounds is ${values.rounds}: give a number from 1 to 1000`);
  const names =
    positionals.length > 0 ? positionals : Object.keys(benches).filter((name) => name !== 'peers');
  const results: [string, Awaited<ReturnType<Bench>>][] = [];
  for (const [at, name] of names.entries()) {
    const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
    if (bench === undefined)
      throw new UserError(
        `There is no bench ${name}; there are ${Object.keys(benches).join(', ')}`,
      );
    const { thorough } = values;
    const result = await step(`Bench ${at + 1} of ${names.length}: ${name}`, () =>
      bench({ signal, thorough, ...(rounds === undefined ? {} : { rounds }) }),
    );
    console.log(render(result));
    results.push([name, result]);
  }
  if (values.json) console.log(JSON.stringify(Object.fromEntries(results)));
  return 0;
});

import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);
import {
  askHost,
  openFleet,
  planOperation,
  planQuestion,
  readExecutor,
  readInputs,
  requesterOfRun,
  runOperation,
  statusFrom
} from "./chunk-67GQLD67.mjs";
import {
  __callDispose,
  __using,
  log,
  readInput
} from "./chunk-KQ6HCK5P.mjs";

// actions/ssh-deploy/src/operate/abandoned.ts
function isAbandoned({ transaction, working }, staged) {
  if (transaction?.owner !== staged.owner) return false;
  if (!isSame(transaction.release, staged.release)) return false;
  if (/^(?:release|switch)\b/.test(working)) return false;
  return ["staging", "staged", "releasing", "prepared"].includes(transaction.phase);
}
async function giveUpAbandoned(fleet, release) {
  const had = await Promise.all(fleet.hosts.map((host) => giveUp(fleet, host, release)));
  return fleet.hosts.flatMap(({ name }, index) => had[index] ? [name] : []);
}
async function giveUp({ context }, host, release) {
  const status = statusFrom(await askHost(host, planQuestion("status", context.baseDirectory)));
  if (!isAbandoned(status, { owner: context.requester.owner, release })) return false;
  await runOperation(host, { call: planOperation("abort", context) });
  return true;
}
function isSame(id, asked) {
  if (id === asked) return true;
  return /^[0-9a-f]{7,40}$/.test(asked) && id.endsWith(`-${asked.slice(0, 7)}`);
}

// actions/ssh-deploy/src/give-up-staged.ts
var patience = 60;
async function giveUpStaged(staged, temporaryDirectory, onDirectory) {
  var _stack = [];
  try {
    const { hosts, baseDirectory, limits } = readInputs(readInput);
    const requester = requesterOfRun(process.env);
    const fleet = __using(_stack, await openFleet({
      hosts,
      context: { baseDirectory, requester, limits: { ...limits, lockTimeout: patience } },
      script: await readExecutor(),
      temporaryDirectory,
      onDirectory,
      keep: true,
      onProgress: log
    }), true);
    for (const host of await giveUpAbandoned(fleet, staged)) {
      log(`${host}: the release was staged and not released, so it was given up`);
    }
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
export {
  giveUpStaged
};

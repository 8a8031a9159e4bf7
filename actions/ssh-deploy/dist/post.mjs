import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);
import {
  releasedInJob,
  stateNames
} from "./chunk-7BJ5C4KK.mjs";
import {
  closeSession,
  explain,
  fail,
  inputLines,
  readState,
  warn
} from "./chunk-KQ6HCK5P.mjs";

// actions/ssh-deploy/src/post.ts
import { tmpdir } from "node:os";
var temporaryDirectory = process.env.RUNNER_TEMP ?? tmpdir();
async function post() {
  const directories = inputLines(readState(stateNames.directories));
  try {
    const staged = readState(stateNames.staged);
    if (staged !== "" && !await releasedInJob(temporaryDirectory).has(staged)) {
      const { giveUpStaged } = await import("./give-up-staged-IIHD22XM.mjs");
      await giveUpStaged(staged, temporaryDirectory, (directory) => directories.push(directory));
    }
  } catch (error) {
    warn(
      `the release that this job staged could not be given up; the host does it by itself later: ${explain(error)}`
    );
  }
  for (const directory of new Set(directories)) await close(directory);
}
async function close(directory) {
  try {
    await closeSession(directory);
  } catch (error) {
    fail(explain(error));
  }
}
await post();

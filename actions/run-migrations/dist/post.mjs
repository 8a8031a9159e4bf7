import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);
import {
  closeSession,
  explain,
  fail,
  readState
} from "./chunk-WOYN2C6Y.mjs";

// actions/shared/src/ssh/post.ts
async function post() {
  try {
    const directory = readState("ssh-directory");
    if (directory !== "") await closeSession(directory);
  } catch (error) {
    fail(explain(error));
  }
}

// actions/run-migrations/src/post.ts
await post();

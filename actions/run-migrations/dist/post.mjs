import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);
import {
  closeSession,
  explain,
  getState,
  setFailed
} from "./chunk-YD3MB5K3.mjs";

// actions/shared/src/ssh/post.ts
async function post() {
  try {
    const directory = getState("ssh-directory");
    if (directory !== "") await closeSession(directory);
  } catch (error) {
    setFailed(explain(error));
  }
}

// actions/run-migrations/src/post.ts
await post();

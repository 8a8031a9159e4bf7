import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);
import {
  closeSession,
  explain,
  getState,
  setFailed
} from "./chunk-OB6YIOQU.mjs";
import "./chunk-42M5QKAK.mjs";

// actions/shared/src/ssh/post.ts
async function post() {
  try {
    const directory = getState("ssh-directory");
    if (directory !== "") await closeSession(directory);
  } catch (error) {
    setFailed(explain(error));
  }
}

// actions/smoke-test/src/post.ts
await post();

import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);
import {
  closeSession,
  explain,
  fail,
  readState
} from "./chunk-BVC7WBKF.mjs";
import "./chunk-42M5QKAK.mjs";

// actions/shared/src/ssh/post.ts
async function post() {
  try {
    const directory = readState("ssh-directory");
    if (directory !== "") await closeSession(directory);
  } catch (error) {
    fail(explain(error));
  }
}

// actions/smoke-test/src/post.ts
await post();

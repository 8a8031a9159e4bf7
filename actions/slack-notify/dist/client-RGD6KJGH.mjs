import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);
import {
  lightFetch
} from "./chunk-7PZ6K7SL.mjs";
import {
  getOctokit
} from "./chunk-OE4PCYL6.mjs";
import "./chunk-WJM6RJAM.mjs";

// actions/slack-notify/src/github/client.ts
function openGitHub(options) {
  const { token, apiUrl, owner, repo } = options;
  const { rest } = getOctokit(token, {
    baseUrl: apiUrl,
    log: silent,
    request: { fetch: lightFetch }
  });
  return { rest, repository: { owner, repo } };
}
var nothing = () => void 0;
var silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };
export {
  openGitHub
};

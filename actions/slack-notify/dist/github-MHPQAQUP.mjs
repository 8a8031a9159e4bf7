import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);
import {
  context,
  getOctokit
} from "./chunk-OE4PCYL6.mjs";
import "./chunk-WJM6RJAM.mjs";
export {
  context,
  getOctokit
};

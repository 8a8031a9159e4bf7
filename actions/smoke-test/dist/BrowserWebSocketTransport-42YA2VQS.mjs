import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);
import {
  BrowserWebSocketTransport
} from "./chunk-ZEPABVXY.mjs";
import "./chunk-RZVKVDD7.mjs";
import "./chunk-42M5QKAK.mjs";
export {
  BrowserWebSocketTransport
};

import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);
import {
  convertPuppeteerChannelToBrowsersChannel
} from "./chunk-6V4FUOHE.mjs";
import "./chunk-LLSITW3L.mjs";
import "./chunk-42M5QKAK.mjs";
export {
  convertPuppeteerChannelToBrowsersChannel
};

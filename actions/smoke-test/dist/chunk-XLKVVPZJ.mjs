import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

// node_modules/puppeteer-core/lib/puppeteer/util/version.js
var packageVersion = "25.16.0";

export {
  packageVersion
};
/*! Bundled license information:

puppeteer-core/lib/puppeteer/util/version.js:
  (**
   * @license
   * Copyright 2025 Google Inc.
   * SPDX-License-Identifier: Apache-2.0
   *)
*/

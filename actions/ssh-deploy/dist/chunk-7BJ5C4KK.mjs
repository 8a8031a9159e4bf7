import { createRequire as createRequireOfBundle } from 'node:module';
const require = createRequireOfBundle(import.meta.url);

// actions/ssh-deploy/src/operate/released.ts
import { existsSync } from "node:fs";
import { appendFile, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
function releasedInJob(temporaryDirectory) {
  const file = join(temporaryDirectory, "ssh-deploy-released");
  return {
    forget: () => rm(file, { force: true }),
    add: (release) => appendFile(file, `${release}
`),
    has: async (release) => existsSync(file) && (await readFile(file, "utf8")).split("\n").includes(release)
  };
}

// actions/ssh-deploy/src/operate/state.ts
var stateNames = {
  /** The directories of its SSH sessions, one a line. */
  directories: "ssh-directory",
  /** The release that it staged or began to release. */
  staged: "staged-release"
};

export {
  releasedInJob,
  stateNames
};

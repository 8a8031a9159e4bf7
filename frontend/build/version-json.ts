import type { Plugin } from 'vite';
import type { Build } from '../src/build-info.ts';

/** Returns the build described by the environment, with the defaults of a developer's machine. */
export function readBuild(env: Record<string, string | undefined>): Build {
  return { version: env.VERSION || '0.0.0-dev', commit: env.COMMIT || 'unknown' };
}

/** Writes `version.json` beside `index.html`, so that a running image can be asked what it is. */
export function versionJson(build: Build): Plugin {
  return {
    name: 'version-json',
    apply: 'build',
    generateBundle() {
      this.emitFile({
        type: 'asset',
        fileName: 'version.json',
        source: `${JSON.stringify(build)}\n`,
      });
    },
  };
}

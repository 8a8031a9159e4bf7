import { copyFile, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { joinScripts } from '../../actions/shared/src/join-scripts.ts';
import { packageRoot } from '../repository/repository.ts';

const root = packageRoot;
const actionsDirectory = join(root, 'actions');

export interface BuiltAction {
  readonly name: string;
  /** Paths of the files written. */
  readonly files: readonly string[];
  readonly bytes: number;
  /** Milliseconds. */
  readonly duration: number;
}

/**
 * Bundles every action (a folder of actions/ with an action.yml), or those in `names`, into its dist/, or into
 * OUT/NAME/dist where another directory is given; the same sources give the same bytes.
 */
export async function buildActions(
  outDirectory = actionsDirectory,
  names?: readonly string[],
): Promise<BuiltAction[]> {
  const built: BuiltAction[] = [];
  for (const name of names ?? (await actionNames())) {
    built.push(await buildAction(name, join(outDirectory, name, 'dist')));
  }
  return built;
}

/** The names of the actions: folders of actions/ that have an action.yml. */
export async function actionNames(): Promise<string[]> {
  const found = await readdir(actionsDirectory, { recursive: true });
  return found
    .filter((path) => basename(path) === 'action.yml' && dirname(dirname(path)) === '.')
    .map(dirname)
    .sort();
}

/**
 * @actions/core brings an HTTP client, half a megabyte that takes as long to load as all the rest, for identity tokens
 * that no action here asks for. Importing it does nothing, so the bundler may leave it out where it is not called.
 */
const withoutUnusedClients: Plugin = {
  name: 'without-unused-clients',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^(?:undici|@actions\/http-client)(?:\/|$)/ }, async (args) => {
      const { path, kind, importer, resolveDir } = args;
      if (args.pluginData === withoutUnusedClients) return undefined;
      const found = await resolve(path, {
        kind,
        importer,
        resolveDir,
        pluginData: withoutUnusedClients,
      });
      return { ...found, sideEffects: false };
    });
  },
};

/**
 * The toolkit's client of GitHub brings an HTTP client of its own, 0.8 MB that take 60 ms to load. The actions hand it
 * one, which follows proxies too, so that it is never called.
 */
const withoutToolkitTransport: Plugin = {
  name: 'without-toolkit-transport',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(?:undici|@actions\/http-client)$/ }, ({ importer }) =>
      /\/node_modules\/@actions\/github\//.test(importer)
        ? { path: 'transport', namespace: 'without-toolkit-transport', sideEffects: false }
        : undefined,
    );
    onLoad({ filter: /./, namespace: 'without-toolkit-transport' }, () => ({
      contents: `
        export class HttpClient { getAgent() {} getAgentDispatcher() {} }
        export const fetch = () => { throw new Error('the client was given no fetch'); };
      `,
    }));
  },
};

async function buildAction(name: string, outdir: string): Promise<BuiltAction> {
  const started = performance.now();
  const source = join(actionsDirectory, name, 'src');
  const found = await readdir(source, { withFileTypes: true });
  const files = found.filter((entry) => entry.isFile()).map(({ name: file }) => file);
  const entries = files.filter((file) => file === 'index.ts' || file === 'post.ts');
  // What a module reads beside itself at run time has to lie beside the bundle too.
  const beside = files.filter((file) => !file.endsWith('.ts'));
  await rm(outdir, { recursive: true, force: true });
  await mkdir(outdir, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: entries.map((file) => join(source, file)),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    // What is imported only where it is needed becomes a file of its own, and is loaded only then.
    splitting: true,
    chunkNames: '[name]-[hash]',
    plugins: [withoutToolkitTransport, withoutUnusedClients],
    platform: 'node',
    target: 'node24',
    minify: false,
    legalComments: 'eof',
    logLevel: 'warning',
    // Dependencies in CommonJS call require(), which an ES module does not have by itself.
    banner: {
      js: "import { createRequire as createRequireOfBundle } from 'node:module';\nconst require = createRequireOfBundle(import.meta.url);",
    },
  });
  for (const file of beside) await copyFile(join(source, file), join(outdir, file));
  for (const { folder, ending } of await scriptFolders(source)) {
    const script = await joinScripts(pathToFileURL(join(source, folder, '/')), ending);
    await writeFile(join(outdir, `${basename(folder)}${ending}`), script);
  }
  const written = (await readdir(outdir)).sort().map((file) => join(outdir, file));
  const sizes = await Promise.all(written.map(async (file) => (await stat(file)).size));
  return {
    name,
    files: written,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    duration: performance.now() - started,
  };
}

// What works on the host brings along what does the work there.
const executor = { folder: '../../shared/src/executor', ending: '.sh' } as const;
const withExecutor: readonly string[] = ['run-migrations', 'smoke-test', 'ssh-deploy'];

interface ScriptFolder {
  readonly folder: string;
  readonly ending: '.sh' | '.py';
}

/** The folders, seen from an action's sources, that hold the parts of a script: one script in the bundle. */
async function scriptFolders(source: string): Promise<ScriptFolder[]> {
  const found = await readdir(source, { recursive: true });
  const own = (['.sh', '.py'] as const).flatMap((ending) => {
    const folders = new Set(found.filter((path) => path.endsWith(ending)).map(dirname));
    return [...folders].filter((folder) => folder !== '.').map((folder) => ({ folder, ending }));
  });
  const all = withExecutor.includes(basename(dirname(source))) ? [...own, executor] : own;
  return all.sort((one, other) => one.folder.localeCompare(other.folder, 'en'));
}

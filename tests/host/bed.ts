import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Engine, ensureEngine } from '../../scripts/local/machine/engine.ts';
import {
  type ApplicationImages,
  buildApplication,
  type ChangeFile,
  plainStack,
  type Stack,
  type Version,
  writeWorkspace,
} from './application.ts';
import { removeLeftovers } from './containers.ts';
import { type Registry, startRegistry } from './registry.ts';
import { makeRelease, type Release } from './release-archive.ts';
import { type ServerOptions, type StagingServer, startServer } from './staging-server.ts';

/** A staging server, a registry, and releases of the tests' application. */
export interface TestBed extends AsyncDisposable {
  readonly engine: Engine;
  readonly registry: Registry;
  readonly server: StagingServer;
  /** Makes a release; its version is a number of its own where none is given. */
  release(options?: ReleaseRequest): Promise<Release>;
  /** Builds and pushes a version of the application. */
  images(version?: Partial<Version>): Promise<ApplicationImages>;
  /** Makes a release of images that are built already. */
  releaseOf(
    images: ApplicationImages,
    options?: Pick<ReleaseRequest, 'change' | 'added' | 'variables'>,
  ): Promise<Release>;
  /** Writes a workspace that holds the application; removed with the bed. */
  workspace(change?: ChangeFile, added?: Readonly<Record<string, string>>): Promise<string>;
}

export interface ReleaseRequest extends Partial<Version> {
  readonly change?: ChangeFile;
  /** More files of its workspace, by path. */
  readonly added?: Readonly<Record<string, string>>;
  readonly variables?: readonly string[];
}

export interface BedOptions extends Partial<Pick<ServerOptions, 'diskMib' | 'environment'>> {
  /** Makes what the releases are of; the plain stack where it is not given. */
  readonly stack?: (engine: Engine) => Promise<Stack>;
}

/** Starts what the tests on a real host need; removed at the end of the block. */
export async function startBed({
  stack: makeStack = async () => plainStack,
  ...options
}: BedOptions = {}): Promise<TestBed> {
  const engine = await ensureEngine();
  await removeLeftovers(engine);
  const stack = await makeStack(engine);
  await using started = new AsyncDisposableStack();
  const directory = await mkdtemp(join(tmpdir(), 'bed-'));
  started.defer(async () => await rm(directory, { recursive: true, force: true }));
  const registry = started.use(await startRegistry(engine));
  const server = started.use(
    await startServer({
      engine,
      registry,
      images: stack.images,
      environment: stack.environment,
      ...options,
    }),
  );
  let workspaces = 0;
  let versions = 0;
  const workspace: TestBed['workspace'] = async (change = (_, text) => text, added = {}) => {
    workspaces += 1;
    const path = join(directory, `workspace-${workspaces}`);
    await writeWorkspace(path, (file, text) => change(file, stack.change(file, text)), added);
    return path;
  };
  const images = async ({ version, behaviour }: Partial<Version> = {}) => {
    versions += 1;
    const wanted = { version: version ?? `v${versions}`, ...(behaviour && { behaviour }) };
    return await buildApplication(engine, registry, wanted, stack.base);
  };
  const releaseOf: TestBed['releaseOf'] = async (built, { change, added, variables } = {}) =>
    await makeRelease({
      workspace: await workspace(change, added),
      images: built,
      ...(variables && { variables }),
    });
  const all = started.move();
  return {
    engine,
    registry,
    server,
    workspace,
    images,
    releaseOf,
    release: async (request = {}) => await releaseOf(await images(request), request),
    [Symbol.asyncDispose]: async () => await all.disposeAsync(),
  };
}

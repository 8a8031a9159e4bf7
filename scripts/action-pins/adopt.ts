import { type CatalogFiles, packageCatalog } from '../generate-actions/catalog-files.ts';
import { readInterfaces } from '../generate-actions/interfaces.ts';
import { homeOf, readLock } from '../generate-actions/lock.ts';
import { packageRoot } from '../repository/repository.ts';
import { changedPins } from './changed-pins.ts';
import { entryDifferences } from './entry-differences.ts';
import { fetchEntry } from './fetch-entry.ts';
import { connect } from './github.ts';
import { rebuild } from './rebuild.ts';
import { readPins } from './workflow-pins.ts';
import { writeCatalog } from './write-catalog.ts';

export interface AdoptOptions {
  /** The repository's top folder. */
  readonly root: string;
  /** The catalog that follows the pins. */
  readonly files: CatalogFiles;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Only tells what would change. */
  readonly dryRun: boolean;
  readonly print: (line: string) => void;
}

/**
 * Makes the lock, and all that is made from it, follow the pins in the compiled workflows. Returns the command's exit
 * code: 1 where sources have to be mended. Throws `UserError`, with nothing written, where a pin cannot be trusted.
 */
export async function adoptPins(options: AdoptOptions): Promise<number> {
  const { root, files, dryRun, print } = options;
  const own = await readLock(root, files.lock);
  const ofPackage = await readLock(packageRoot, packageCatalog.lock);
  const lock = files === packageCatalog ? own : { ...ofPackage, ...own };
  const changed = changedPins(await readPins(root), lock, files.lock);
  if (changed.length === 0) {
    print(`Every pin in the workflows is the one of ${files.lock}: nothing to adopt.`);
    return 0;
  }
  const repository = connect(options);
  const adopted = await Promise.all(
    changed.map(async (pin) => ({
      pin,
      entry: await fetchEntry(repository(homeOf(pin.key).repository), pin),
    })),
  );
  for (const { pin, entry } of adopted) {
    print(`${pin.key} ${pin.locked.tag} → ${entry.tag}`);
    for (const line of entryDifferences(pin.locked, entry)) print(`  ${line}`);
  }
  const entries = adopted.map(({ pin, entry }) => [pin.key, entry] as const);
  const next = { ...own, ...Object.fromEntries(entries) };
  const { actions, problems } = await readInterfaces(root, files, next);
  if (dryRun) return report(problems, print, 'Nothing was written: this was a dry run.');
  await writeCatalog(root, files, { lock: next, actions });
  const broken = [...problems, ...(await rebuild(root))];
  return report(broken, print, advice(broken));
}

function advice(broken: readonly string[]): string {
  return broken.length === 0
    ? 'Adopted. Read the difference (git diff), run npm run check, and commit it.'
    : 'Adopted, but these lines do not fit the new versions. Mend them, then: npm run build && npm run check';
}

function report(broken: readonly string[], print: (line: string) => void, last: string): number {
  for (const text of broken) print(text);
  print(last);
  return broken.length === 0 ? 0 : 1;
}

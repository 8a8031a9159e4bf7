import { join } from 'node:path';

/** Where a catalog of actions lies, relative to the top folder of its repository. */
export interface CatalogFiles {
  /** Third-party actions: the commit of each, and what its metadata says there. */
  readonly lock: string;
  /** What no metadata can say. */
  readonly types: string;
  /** What is generated from both. */
  readonly generated: string;
  /** A pattern for the metadata of the package's own actions; nothing for a catalog that adds to the package's. */
  readonly ownActions?: string;
}

/** The catalog that the package brings along. */
export const packageCatalog: CatalogFiles = {
  lock: 'src/typed/actions.lock.json',
  types: 'src/typed/action-types.yml',
  generated: 'src/typed/actions.generated.ts',
  ownActions: 'actions/*/action.yml',
};

/** The catalog of a project whose definitions lie in a folder: actions that the package does not have, or other commits. */
export function projectCatalog(folder: string): CatalogFiles {
  return {
    lock: join(folder, 'actions.lock.json'),
    types: join(folder, 'action-types.yml'),
    generated: join(folder, 'actions.generated.ts'),
  };
}

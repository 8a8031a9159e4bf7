import type { ActionCatalog, ActionFacts, Pin } from './action-facts.ts';
import { actions } from './actions.generated.ts';

/** Where a repository has the package's actions: copies in a folder of its own, or those of a commit elsewhere. */
export type ActionsPlace =
  | { readonly folder: string }
  | { readonly repository: string; readonly sha: string; readonly version: string };

const prefix = './actions/';
const known = new Map<string, ActionFacts>(Object.entries(actions));
let place: ActionsPlace = { folder: 'actions' };

/** Makes actions known that the package does not have, or other commits of those that it has. */
export function defineActions(catalog: ActionCatalog): void {
  for (const [key, facts] of Object.entries(catalog)) known.set(key, facts);
}

/** Says where the package's own actions are found by the workflows that are compiled from now on. */
export function placeActions(where: ActionsPlace): void {
  place = where;
}

/** Every action by what an author writes in `uses`, with what is compiled for it. */
export function knownActions(): ReadonlyMap<string, ActionFacts> {
  return new Map([...known].map(([key, facts]) => [key, { ...facts, ...pinOf(key, facts) }]));
}

/** What is known of the action that an author names in `uses`. */
export function actionOf(key: string): ActionFacts | undefined {
  const facts = known.get(key);
  return facts && { ...facts, ...pinOf(key, facts) };
}

/** What is known of the action that a compiled step uses, whatever its ref; nothing of one that is not in the catalog. */
export function factsOf(uses: string | undefined): ActionFacts | undefined {
  const [path = ''] = uses?.split('@') ?? [];
  const start = compiledPrefix();
  return actionOf(path.startsWith(start) ? `${prefix}${path.slice(start.length)}` : path);
}

function pinOf(key: string, facts: ActionFacts): Pin {
  if (!key.startsWith(prefix) || !Object.hasOwn(actions, key)) return facts;
  const path = `${compiledPrefix()}${key.slice(prefix.length)}`;
  if ('folder' in place) return { uses: path };
  return { uses: `${path}@${place.sha}`, version: place.version };
}

function compiledPrefix(): string {
  return 'folder' in place ? `./${place.folder}/` : `${place.repository}/actions/`;
}

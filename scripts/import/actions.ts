import type { ActionFacts } from '../../src/typed/action-facts.ts';
import { knownActions } from '../../src/typed/catalog.ts';
import { type Code, quoted } from './code.ts';
import type { Importing } from './importing.ts';
import { untypedValue } from './untyped.ts';

/** An action that a step uses, as an author names it. */
export interface UsedAction {
  readonly key: string;
  readonly facts: ActionFacts | undefined;
}

/** The action of a `uses` as it is written in YAML. */
export function usedAction(uses: string): UsedAction {
  const [path = '', ref] = uses.startsWith('docker://') ? [uses] : uses.split('@');
  // Actions of the package are compiled to where the repository has them.
  for (const [key, facts] of knownActions())
    if (key === path || (ref === undefined && facts.uses === path)) return { key, facts };
  return { key: path, facts: undefined };
}

/** Whether the catalog has an action, or can have it. */
export function canBeAdded(uses: string): boolean {
  return usedAction(uses).facts !== undefined || !/^(?:\.|docker:)/.test(uses);
}

/** The `uses` of a definition. What the lock lacks, or has otherwise, is said. */
export function typedUses(uses: string, line: number, file: Importing): Code {
  const { key, facts } = usedAction(uses);
  const [, ref] = uses.split('@');
  if (!facts) {
    const isThirdParty = canBeAdded(uses);
    if (isThirdParty) file.missingActions.set(key, { key, ref, line });
    else file.mark(line, uses, 'the catalog has no such action, so it does not compile', true);
    return isThirdParty ? quoted(key) : untypedValue(quoted(key));
  }
  const [, sha] = facts.uses.split('@');
  if (ref !== undefined && sha !== undefined && ref !== sha && ref !== facts.version)
    file.otherVersions.set(`${key}@${ref}`, { key, was: ref, is: facts.version ?? sha });
  return quoted(key);
}

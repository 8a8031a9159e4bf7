import type { Path, RuledFault } from './fault.ts';
import type { RuleName, Waivers } from './rule-names.ts';

/** A waiver of a workflow, job or step. */
export interface PlacedWaiver {
  readonly path: Path;
  readonly rule: RuleName;
  readonly reason: string;
}

/** The waivers that a part of a definition has. */
export function placedWaivers(path: Path, waivers: Waivers | undefined): readonly PlacedWaiver[] {
  return Object.entries(waivers ?? {}).map(([rule, reason]) => ({
    ...{ path, reason },
    rule: rule as RuleName,
  }));
}

/** A fault that stays as it is, and why. */
export interface WaivedFault {
  readonly fault: RuledFault;
  readonly reason: string;
}

const shortest = 10;

/** The faults that no waiver covers, with one for each waiver that covers none or says too little; and those that are waived. */
export function separated(
  faults: readonly RuledFault[],
  waivers: readonly PlacedWaiver[],
): { readonly faults: readonly RuledFault[]; readonly waived: readonly WaivedFault[] } {
  const waived: WaivedFault[] = [];
  const used = new Set<PlacedWaiver>();
  const left = faults.filter((fault) => {
    const covering = waivers.find((waiver) => covers(waiver, fault));
    if (!covering) return true;
    used.add(covering);
    waived.push({ fault, reason: covering.reason });
    return false;
  });
  const wrong = waivers.flatMap(({ path, rule, reason, ...rest }): RuledFault[] => {
    const at = [...path, 'waive', rule];
    if (reason.length < shortest)
      return [{ path: at, rule, message: `a waiver says why, in ${shortest} letters at least` }];
    const waiver = waivers.find((each) => each.path === path && each.rule === rule);
    return waiver && used.has(waiver)
      ? []
      : [
          {
            path: at,
            rule,
            message: `the rule ${rule} finds nothing here: remove the waiver`,
            ...rest,
          },
        ];
  });
  return { faults: [...left, ...wrong], waived };
}

function covers({ path, rule }: PlacedWaiver, fault: RuledFault): boolean {
  return rule === fault.rule && path.every((key, index) => fault.path[index] === key);
}

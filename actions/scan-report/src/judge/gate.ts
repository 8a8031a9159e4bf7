import type { Finding } from '../finding.ts';
import type { Gate } from '../inputs.ts';
import type { Scan } from '../scan.ts';

/** Whether a finding must not be deployed. */
export function fails(finding: Finding, scan: Scan, gate: Gate): boolean {
  switch (finding.kind) {
    case 'secret':
      return true;
    case 'vulnerability':
      return gate.severities.has(finding.severity) && (finding.fix !== '' || !gate.ignoreUnfixed);
    case 'misconfiguration':
      return gate.severities.has(finding.severity) && !(scan.kind === 'image' && !scan.own);
    case 'code':
      return scan.kind === 'bandit' && atLeast(scan.severity).includes(finding.severity);
  }
}

const ofCode = ['LOW', 'MEDIUM', 'HIGH'] as const;

function atLeast(severity: (typeof ofCode)[number]): readonly string[] {
  return ofCode.slice(ofCode.indexOf(severity));
}

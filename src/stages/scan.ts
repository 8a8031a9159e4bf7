import type { Images, Project } from '../project/project.ts';
import { github } from '../typed/contexts.ts';
import { always, and, differs, type Expression, equals, text } from '../typed/expression.ts';
import { type Job, job } from '../typed/job.ts';
import { type StepDefinition, step } from '../typed/step.ts';
import { type Bandit, installBandit } from './bandit.ts';
import { checkout } from './checkout.ts';
import { basics, type StageOptions } from './job-basics.ts';
import { demandExceptions, type ScanException } from './scan-exceptions.ts';
import { scannedThings } from './scanned-things.ts';
import type { Registry } from './settings.ts';
import type { Trivy } from './trivy.ts';

/** What is scanned, and what of that is known. */
export interface Scans<Of extends Images> {
  readonly project: Project<Of>;
  /** The job that built the images; its outputs name them. */
  readonly build: Job<string, keyof Of & string>;
  readonly registry: Registry;
  readonly trivy: Trivy;
  /** Not at all where there is no Python code. */
  readonly bandit?: Bandit;
  /** Findings that fail nothing for a time. */
  readonly exceptions?: readonly ScanException[];
  /** A file with findings that were there before the gate; `staging-pipeline scan-baseline` writes it. */
  readonly baseline?: string;
  /** Minutes that the job may take; 15 where it is not given. */
  readonly limit?: number;
}

/** The release of Trivy. */
const trivyVersion = 'v0.70.0';

/** Where the reports are, in the job and among the run's artifacts. */
const reports = 'scan';

/**
 * The job that scans what will run: the application's images by their digests, those of others that the Compose file
 * names, the repository and its code. Its output `counts` is JSON: what was found, by scan and severity.
 */
export function scan<const Of extends Images>(scans: Scans<Of>, options: StageOptions) {
  const { project, registry, trivy, bandit, exceptions = [], baseline, limit = 15 } = scans;
  demandExceptions(exceptions);
  const judged = step({
    id: 'judge',
    name: 'Scan and judge',
    uses: './actions/scan-report',
    with: {
      scans: JSON.stringify(scannedThings(project, trivy, bandit), null, 2),
      images: imagesOf(scans),
      severity: trivy.severity,
      'ignore-unfixed': trivy.ignoreUnfixed,
      exceptions: JSON.stringify(exceptions, null, 2),
      baseline: baseline ?? '',
      'may-lack': registry.vars.SCAN_MAY_LACK,
      // No other program of the job gets it, and of the scans those of these images alone.
      'registry-username': github.actor,
      'registry-password': github.token,
      directory: reports,
    },
  });
  return job('scan', {
    name: bandit ? 'Scan images and code' : 'Scan images',
    ...basics(options),
    'timeout-minutes': limit,
    permissions: { contents: 'read', packages: 'read' },
  })
    .steps([
      baseline === undefined ? checkout : checkoutWithHistory,
      ...(bandit ? installBandit(bandit) : []),
    ])
    .steps(setUpTrivy())
    .step(judged)
    .steps([
      {
        name: 'Keep the reports',
        if: always(),
        uses: 'actions/upload-artifact',
        with: { name: reports, path: [reports], 'if-no-files-found': 'warn', overwrite: true },
      },
    ])
    .withOutputs({ counts: judged.outputs.counts });
}

/** Whether a baseline has grown is in the history. */
const checkoutWithHistory: StepDefinition = {
  name: 'Check out',
  uses: 'actions/checkout',
  with: { 'persist-credentials': false, 'fetch-depth': 0 },
};

/** Trivy, and its database of today; where that cannot be had, the newest that an earlier run kept. */
function setUpTrivy(): StepDefinition[] {
  const today = step({
    id: 'today',
    name: 'Which database is today’s',
    writes: ['day'],
    run: 'echo "day=$(date --utc +%F)" >> "$GITHUB_OUTPUT"',
  });
  return [
    {
      name: 'Set up Trivy',
      uses: 'aquasecurity/setup-trivy',
      with: { version: trivyVersion, cache: true },
    },
    today as StepDefinition,
    {
      name: 'Database of known vulnerabilities',
      uses: 'actions/cache',
      with: {
        path: '~/.cache/trivy/db',
        key: text`trivy-db-${today.outputs.day}`,
        'restore-keys': 'trivy-db-',
      },
    },
  ];
}

function imagesOf<Of extends Images>({ project, build }: Scans<Of>) {
  const built = build.outputs as Readonly<Record<string, Expression<string, `needs.${string}`>>>;
  return Object.keys(project.images).map((name) => text`${name}=${built[name] ?? ''}`);
}

/** What is published, and where it may be. */
export interface FindingsToPublish {
  readonly scan: Job;
  readonly registry: Registry;
}

/**
 * The job that shows in GitHub's code scanning what was found, in repositories that have it: the variable `CODE_SCANNING`
 * says so. It alone may write there, and runs no scanner.
 */
export function publishFindings({ scan: scanned, registry }: FindingsToPublish) {
  return job('code-scanning', {
    name: 'Code scanning',
    ...basics({ needs: [scanned] }),
    if: and(
      always(),
      differs(scanned.result, 'skipped'),
      equals(registry.vars.CODE_SCANNING, 'true'),
    ),
    'timeout-minutes': 5,
    permissions: { actions: 'read', contents: 'read', 'security-events': 'write' },
  }).steps([
    checkout,
    {
      name: 'Fetch the reports',
      uses: 'actions/download-artifact',
      with: { name: reports, path: reports },
    },
    {
      name: 'Publish what was found',
      uses: 'github/codeql-action/upload-sarif',
      // Each file says its category: the tool, and what was scanned.
      with: { sarif_file: `${reports}/sarif` },
    },
  ]);
}

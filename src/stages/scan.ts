import type { Images } from '../project/project.ts';
import { always, type Expression } from '../typed/expression.ts';
import { type Job, job } from '../typed/job.ts';
import { type StepDefinition, step } from '../typed/step.ts';
import { type Bandit, banditSteps } from './bandit.ts';
import { logIn } from './build-images.ts';
import { checkout } from './checkout.ts';
import { basics, type StageOptions } from './job-basics.ts';
import type { Registry } from './settings.ts';

/** What makes the scan of the images fail the run. */
export interface Trivy {
  readonly scanners: readonly ('vuln' | 'misconfig' | 'secret' | 'license')[];
  readonly severity: readonly Severity[];
  /** Vulnerabilities without a fix fail nothing. */
  readonly ignoreUnfixed: boolean;
  /** Findings to leave out, one id a line: a file of the repository. */
  readonly ignoreFile?: string;
}

type Severity = (typeof severities)[number];
const severities = ['UNKNOWN', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;

/** What is scanned. */
export interface Scans<Of extends Images> {
  /** The job that built the images; its outputs name them. */
  readonly build: Job<string, keyof Of & string>;
  readonly images: Of;
  readonly registry: Registry;
  readonly trivy: Trivy;
  /** Not at all where there is no Python code. */
  readonly bandit?: Bandit;
  /** Minutes that the job may take; 15 where it is not given. */
  readonly limit?: number;
}

/**
 * The job that scans the code and the images by their digests. Its output `counts` is JSON: what was found, by image and
 * severity.
 */
export function scan<const Of extends Images>(scans: Scans<Of>, options: StageOptions) {
  const { images, registry, bandit, limit = 15 } = scans;
  const count = countFindings();
  const built = Object.keys(images).map((name) => ({
    name,
    image: (scans.build.outputs as Readonly<Record<string, Image>>)[name] as Image,
  }));
  return job('scan', {
    name: bandit ? 'Scan images and code' : 'Scan images',
    ...basics(options),
    'timeout-minutes': limit,
    permissions: { contents: 'read', packages: 'read' },
  })
    .steps([
      checkout,
      ...(bandit ? banditSteps(bandit) : []),
      logIn(registry),
      ...built.map((each) => gate(each, scans.trivy)),
      ...built.map((each) => report(each, scans.trivy)),
    ])
    .step(count)
    .withOutputs({ counts: count.outputs.counts });
}

type Image = Expression<string, `needs.${string}`>;

interface BuiltImage {
  readonly name: string;
  readonly image: Image;
}

function gate({ name, image }: BuiltImage, trivy: Trivy): StepDefinition {
  return {
    name: `Trivy: ${name}`,
    uses: 'aquasecurity/trivy-action',
    with: {
      'image-ref': image,
      scanners: trivy.scanners,
      severity: trivy.severity,
      'ignore-unfixed': trivy.ignoreUnfixed,
      ...(trivy.ignoreFile && { trivyignores: [trivy.ignoreFile] }),
      'exit-code': 1,
    },
  };
}

/** The same scan once more, for a program to read: everything that was found, without a gate. */
function report({ name, image }: BuiltImage, trivy: Trivy): StepDefinition {
  return {
    name: `Trivy's report: ${name}`,
    if: always(),
    uses: 'aquasecurity/trivy-action',
    with: {
      'image-ref': image,
      scanners: trivy.scanners,
      severity: severities,
      'exit-code': 0,
      format: 'json',
      output: `trivy-${name}.json`,
    },
  };
}

function countFindings() {
  return step({
    id: 'count',
    name: 'Count what was found',
    if: always(),
    writes: ['counts'],
    // By image and severity: {"api":{"HIGH":2},"frontend":{}}
    run: `
      counts=$(jq --null-input --compact-output '
        [inputs | {
          key: (input_filename | ltrimstr("trivy-") | rtrimstr(".json")),
          value: ([.Results[]? | (.Vulnerabilities, .Misconfigurations, .Secrets)[]?.Severity]
            | group_by(.) | map({key: .[0], value: length}) | from_entries)
        }] | from_entries' trivy-*.json)
      echo "counts=$counts" >> "$GITHUB_OUTPUT"
    `,
  });
}

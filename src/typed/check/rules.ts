import { activityFaults } from './activities.ts';
import { artifactFaults } from './artifacts.ts';
import { cacheFaults } from './caches.ts';
import { callFaults } from './calls.ts';
import { concurrencyFaults } from './concurrency.ts';
import { conditionFaults } from './conditions.ts';
import { controlCharacterFaults } from './control-characters.ts';
import { deploymentFaults } from './deployments.ts';
import { downloadFaults } from './downloads.ts';
import { environmentFaults } from './environments.ts';
import { eventFaults } from './events.ts';
import { explicitFaults } from './explicit.ts';
import type { Rule } from './fault.ts';
import { firstFailureFaults } from './first-failures.ts';
import { gateFaults } from './gates.ts';
import { graphFaults } from './graph.ts';
import { handedOnFaults } from './handed-on.ts';
import { hereDocumentFaults } from './here-documents.ts';
import { imageFaults } from './images.ts';
import { inputValueFaults } from './input-values.ts';
import { promiseFaults } from './kept-promises.ts';
import { limitFaults } from './limits.ts';
import { literalFaults } from './literals.ts';
import { nameFaults } from './names.ts';
import { neverRunFaults } from './never-runs.ts';
import { objectFaults } from './objects.ts';
import { permissionFaults } from './permissions.ts';
import { pipeFaults } from './pipes.ts';
import { quotedValueFaults } from './quoted-values.ts';
import { repositoryFaults } from './repository-paths.ts';
import type { RuleName } from './rule-names.ts';
import { scriptFaults } from './scripts.ts';
import { secretFaults } from './secrets-in-scripts.ts';
import { serviceFaults } from './services.ts';
import { shellSyntaxFaults } from './shell-syntax.ts';
import { singleQuoteFaults } from './single-quotes.ts';
import { skippedFaults } from './skipped.ts';
import { skippedOutputFaults } from './skipped-outputs.ts';
import { startedWorkflowFaults } from './started-workflows.ts';
import { stepFaults } from './steps.ts';
import { triggerFaults } from './triggers.ts';
import { untrustedFaults } from './untrusted-in-scripts.ts';
import { unverifiedFaults } from './unverified.ts';
import { uploadFaults } from './uploads.ts';

/** The rules by the names that waivers call them; of two that find something in one place the first one tells it. */
export const rules: Readonly<Record<RuleName, Rule>> = {
  explicit: explicitFaults,
  calls: callFaults,
  graph: graphFaults,
  names: nameFaults,
  conditions: conditionFaults,
  'started-workflows': startedWorkflowFaults,
  permissions: permissionFaults,
  steps: stepFaults,
  'quoted-values': quotedValueFaults,
  'shell-syntax': shellSyntaxFaults,
  scripts: scriptFaults,
  skipped: skippedFaults,
  literals: literalFaults,
  secrets: secretFaults,
  untrusted: untrustedFaults,
  deployments: deploymentFaults,
  'first-failures': firstFailureFaults,
  events: eventFaults,
  gates: gateFaults,
  promises: promiseFaults,
  concurrency: concurrencyFaults,
  artifacts: artifactFaults,
  caches: cacheFaults,
  repository: repositoryFaults,
  services: serviceFaults,
  pipes: pipeFaults,
  'here-documents': hereDocumentFaults,
  downloads: downloadFaults,
  'control-characters': controlCharacterFaults,
  'handed-on': handedOnFaults,
  triggers: triggerFaults,
  environments: environmentFaults,
  limits: limitFaults,
  'input-values': inputValueFaults,
  'skipped-outputs': skippedOutputFaults,
  objects: objectFaults,
  'single-quotes': singleQuoteFaults,
  images: imageFaults,
  unverified: unverifiedFaults,
  uploads: uploadFaults,
  activities: activityFaults,
  'never-runs': neverRunFaults,
};

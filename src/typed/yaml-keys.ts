/** The keys of a workflow that the layer knows, in the order of the YAML. */
export const headKeys = [
  'name',
  'run-name',
  'on',
  'permissions',
  'concurrency',
  'env',
  'defaults',
  'jobs',
];

/** Those of a job. */
export const jobKeys = [
  'name',
  'needs',
  'if',
  'strategy',
  'uses',
  'with',
  'secrets',
  'runs-on',
  'timeout-minutes',
  'continue-on-error',
  'environment',
  'permissions',
  'concurrency',
  'outputs',
  'env',
  'defaults',
  'container',
  'services',
  'steps',
];

/** Those of a step. */
export const stepKeys = [
  'id',
  'name',
  'if',
  'uses',
  'with',
  'working-directory',
  'shell',
  'env',
  'run',
  'continue-on-error',
  'timeout-minutes',
];

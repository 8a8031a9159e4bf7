/**
 * Workflows as typed code, over @github-actions-workflow-ts/lib. What is wrong does not compile; `check.ts` finds what
 * types cannot see.
 */
export { call } from './call.ts';
export { reusable, workflowCall } from './callable.ts';
export {
  env,
  github,
  jobContainer,
  jobStatus,
  needs,
  runner,
  servicePort,
  strategy,
} from './contexts.ts';
export { environment, repository, required } from './environment.ts';
export {
  always,
  and,
  cancelled,
  contains,
  differs,
  type Expression,
  endsWith,
  equals,
  expression,
  failure,
  firstOf,
  fromJson,
  hashFiles,
  isOneOf,
  not,
  onlyIf,
  or,
  startsWith,
  success,
  text,
  toJson,
  when,
} from './expression.ts';
export { job } from './job.ts';
export { matrix } from './matrix.ts';
export { clientPayload } from './payloads.ts';
export { raw } from './raw.ts';
export { step } from './step.ts';
export { dispatch } from './triggers.ts';
export { workflow } from './workflow.ts';

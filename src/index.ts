/** What a project writes its pipeline with. */
export * as smoke from '../actions/smoke-test/src/checks/index.ts';
export type { EnvironmentFile, EnvironmentVariable, ValueKind } from './environment/variable.ts';
export { defineProject } from './project/project.ts';
export * from './stages/index.ts';
export { defineActions } from './typed/catalog.ts';
export * from './typed/index.ts';

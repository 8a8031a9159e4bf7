/** What a project writes its pipeline with. */
export { defineProject } from './project/project.ts';
export * from './stages/index.ts';
export { defineActions } from './typed/catalog.ts';
export * from './typed/index.ts';

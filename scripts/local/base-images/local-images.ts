/** The registry part of every image that only this machine has: no public name is taken in an engine that others use. */
const localRegistry = 'staging-pipeline.local';

/** The label of everything that is built for the local run; its value changes with the recipe. */
export const standInLabel = 'staging-pipeline.stand-in';

/** The images that only the local run needs, by the target of images/Dockerfile they are built from. */
export const localImages = {
  runner: `${localRegistry}/runner`,
  'staging-host': `${localRegistry}/staging-host`,
  registry: `${localRegistry}/registry`,
} as const;

/** The name under which an image stands in for a public one. */
export function standInName(image: string): string {
  return `${localRegistry}/${image.replace(/^(?:index\.)?docker\.io\//, '').replace(/@.*$/, '')}`;
}

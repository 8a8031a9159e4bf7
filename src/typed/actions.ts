import type { PackageActions } from './actions.generated.ts';

/**
 * Inputs and outputs of actions that the package does not have, or has at another commit: a project's generated file
 * adds them by augmenting this module.
 */
// biome-ignore lint/suspicious/noEmptyInterface: only an interface can be augmented.
export interface ProjectActions {}

/** Inputs and outputs of every action that a step may use. */
export interface Actions extends Omit<PackageActions, keyof ProjectActions>, ProjectActions {}

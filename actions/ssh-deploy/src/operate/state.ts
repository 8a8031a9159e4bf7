/** What a step of the job keeps for its post step. */
export const stateNames = {
  /** The directories of its SSH sessions, one a line. */
  directories: 'ssh-directory',
  /** The release that it staged or began to release. */
  staged: 'staged-release',
} as const;

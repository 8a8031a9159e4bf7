/** The files of a repository at this commit, and those that are about to be committed. Paths are relative to its top. */
export interface RepositoryFiles {
  readonly paths: readonly string[];
  /** Whether there is a file or folder of this name; `''` is the top. */
  has(path: string): boolean;
  /** Whether Git is told to leave a path out: what a build makes. */
  isIgnored(path: string): boolean;
  /** The text of a file. */
  read(path: string): string | undefined;
}

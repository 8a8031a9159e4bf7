/** What can be asked of the repository of an action; `undefined` where it has no such thing. */
export interface ActionRepository {
  /** The commit that a tag points to, through annotated tags. */
  commitOfTag(tag: string): Promise<string | undefined>;
  /** The tags that point to a commit. */
  tagsOf(sha: string): Promise<readonly string[]>;
  /** The tag of the release that is the latest one. */
  latestTag(): Promise<string | undefined>;
  /** The day of a commit, as YYYY-MM-DD. */
  dayOfCommit(sha: string): Promise<string | undefined>;
  /** The day that the release of a tag was published, as YYYY-MM-DD. */
  dayOfRelease(tag: string): Promise<string | undefined>;
  /** The text of a file at a commit. */
  file(path: string, sha: string): Promise<string | undefined>;
}

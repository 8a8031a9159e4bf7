/** How Trivy looks at images and the repository, and what of its findings fails the run. */
export interface Trivy {
  readonly severity: readonly Severity[];
  /** Vulnerabilities without a fix fail nothing. */
  readonly ignoreUnfixed: boolean;
  /**
   * The types of packages that have to be found, as Trivy calls them, by image, and under `repository` those of its lock
   * files: a scan that does not see them is no pass.
   */
  readonly packages?: Readonly<Record<string, readonly string[]>>;
  /** Images that are made from no distribution, such as those of one program. */
  readonly withoutDistribution?: readonly string[];
  /** Folders of the repository that nobody runs, relative to its top. */
  readonly skip?: readonly string[];
}

type Severity = 'UNKNOWN' | 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL';

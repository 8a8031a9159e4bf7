/** What a linter finds in a workflow. */
export interface Finding {
  readonly tool: 'languageservice' | 'actionlint' | 'shellcheck' | 'zizmor' | 'waivers';
  /** The tool's own code of the rule, such as `unpinned-images` or `SC2086`. */
  readonly rule: string;
  readonly message: string;
  /** Relative to the repository. */
  readonly file: string;
  /** Line and column count from 1, in the YAML. */
  readonly line: number;
  readonly column: number;
  /** In the tool's own words, where it has any. */
  readonly severity?: string;
}

/** A workflow as the linters get it. */
export interface WorkflowFile {
  /** Relative to the repository. */
  readonly path: string;
  readonly text: string;
}

/** The order in which findings are read: by place, then by tool and rule. */
export function byPlace(a: Finding, b: Finding): number {
  return (
    compare(a.file, b.file) ||
    a.line - b.line ||
    a.column - b.column ||
    compare(a.tool, b.tool) ||
    compare(a.rule, b.rule) ||
    compare(a.message, b.message)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

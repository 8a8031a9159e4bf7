/** Which Python: a version or range, or a file of the repository that says it (pyproject.toml, .python-version). */
export type PythonVersion = { readonly version: string } | { readonly file: string };

/** Which Node.js: a version or range, or a file of the repository that says it (package.json, .nvmrc). */
export type NodeVersion = { readonly version: string } | { readonly file: string };

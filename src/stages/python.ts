import type { PythonVersion } from '../project/languages.ts';
import type { StepDefinition } from '../typed/step.ts';
import { pathIn } from './paths.ts';

/** What installs a project's packages; the version of uv or poetry is exact, so that a run can be repeated. */
export type PythonPackages =
  | { readonly manager: 'pip'; readonly requirements: readonly string[] }
  | { readonly manager: 'uv' | 'poetry'; readonly version: string };

/** A Python project of the repository. */
export interface PythonProject {
  /** Its folder, relative to the repository's top; `.` for the top. */
  readonly directory: string;
  readonly python: PythonVersion;
  readonly packages: PythonPackages;
}

/** The step that sets Python up, with a cache of what was downloaded. */
export function setUpPython({ directory, python, packages }: PythonProject): StepDefinition {
  const { manager } = packages;
  return {
    name: 'Set up Python',
    uses: 'actions/setup-python',
    with: {
      ...('version' in python
        ? { 'python-version': python.version }
        : { 'python-version-file': python.file }),
      ...(manager === 'pip' && {
        cache: 'pip',
        'cache-dependency-path': packages.requirements.map((file) => pathIn(directory, file)),
      }),
    },
  };
}

/** The step that installs the project's packages. */
export function installPython({ packages }: PythonProject): StepDefinition {
  return { name: 'Install', run: installCommands(packages) };
}

function installCommands(packages: PythonPackages): string {
  if (packages.manager === 'pip')
    return `pip install ${packages.requirements.map((file) => `--requirement ${file}`).join(' ')}`;
  const { manager, version } = packages;
  const install =
    manager === 'uv'
      ? ['uv sync --frozen', 'echo "$PWD/.venv/bin" >> "$GITHUB_PATH"']
      : [
          'poetry install --no-interaction',
          'poetry env info --path | sed "s:$:/bin:" >> "$GITHUB_PATH"',
        ];
  return [`pip install ${manager}==${version}`, ...install].join('\n');
}

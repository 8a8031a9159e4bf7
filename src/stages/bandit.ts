import type { StepDefinition } from '../typed/step.ts';
import { type PythonProject, setUpPython } from './python.ts';

/** How Bandit looks at the Python code. */
export interface Bandit extends PythonProject {
  /** What installs Bandit, at one version. */
  readonly install: string;
  /** What it looks at, relative to the project's folder. */
  readonly paths: readonly string[];
  /** Its configuration, relative to the project's folder. */
  readonly configuration?: string;
  /** The least that fails; `high` where it is not given. All of it is reported. */
  readonly severity?: 'low' | 'medium' | 'high';
}

/** The steps that bring Bandit here. */
export function installBandit(bandit: Bandit): StepDefinition[] {
  const { directory, install } = bandit;
  return [
    setUpPython(bandit),
    {
      name: 'Install Bandit',
      ...(directory !== '.' && { 'working-directory': directory }),
      run: install,
    },
  ];
}

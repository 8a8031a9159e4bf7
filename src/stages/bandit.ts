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
  /** Findings that were there before the gate, relative to the project's folder: only others fail. */
  readonly baseline?: string;
  /** The least that fails; everything where it is not given. */
  readonly severity?: 'low' | 'medium' | 'high';
  readonly confidence?: 'low' | 'medium' | 'high';
}

/** The steps that scan the Python code. */
export function banditSteps(bandit: Bandit): StepDefinition[] {
  const { directory, install, paths, configuration, baseline, severity, confidence } = bandit;
  const command = [
    `bandit --recursive ${paths.join(' ')}`,
    ...(configuration ? [`--configfile ${configuration}`] : []),
    ...(baseline ? [`--baseline ${baseline}`] : []),
    ...(severity ? [`--severity-level ${severity}`] : []),
    ...(confidence ? [`--confidence-level ${confidence}`] : []),
  ];
  return [
    setUpPython(bandit),
    {
      name: 'Bandit',
      ...(directory !== '.' && { 'working-directory': directory }),
      run: `${install}\n${command.join(' ')}`,
    },
  ];
}

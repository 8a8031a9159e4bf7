import { type Checked, type Fault, jobsOf } from './fault.ts';
import { likeOne } from './spelling.ts';

const wellKnown = ['staging', 'production', 'development', 'preview', 'testing', 'github-pages'];

/** Environments that nobody declared, or whose name is a misspelling: GitHub makes an empty one of it, without secrets. */
export function environmentFaults(checked: Checked): Fault[] {
  const declared = checked.settings.map(({ name }) => name).filter((name) => name !== '');
  return jobsOf(checked).flatMap(({ path, job }): Fault[] => {
    const { environment } = job;
    const name = typeof environment === 'string' ? environment : environment?.name;
    if (name === undefined || name.includes('${{') || wellKnown.includes(name)) return [];
    const others = [...declared, ...wellKnown, checked.workflow.name.toLowerCase()].filter(
      (each) => each !== name,
    );
    const like = likeOne(name, others);
    if (like)
      return [
        {
          path: [...path, 'environment'],
          message: `the environment ${name} is spelt nearly like ${like}: GitHub makes an empty one for a name that it does not know`,
        },
      ];
    return declared.length === 0 || declared.includes(name)
      ? []
      : [
          {
            path: [...path, 'environment'],
            message: `no definition declares the environment ${name}; there are: ${declared.join(', ')}`,
          },
        ];
  });
}

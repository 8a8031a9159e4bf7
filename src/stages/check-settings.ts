import { required, type Settings } from '../typed/environment.ts';
import { job } from '../typed/job.ts';
import { runner } from './job-basics.ts';
import type { Registry, StagingEnvironment } from './settings.ts';

/** What has to be set on GitHub before anything runs. */
export interface SettingsToCheck {
  readonly repository: Registry;
  readonly environment: StagingEnvironment;
}

/** The first job: a variable or secret that is missing is an error that names it, before anything uses it. */
export function checkSettings({ repository, environment }: SettingsToCheck) {
  const wanted = {
    ...required(repository as unknown as Settings),
    ...required(environment as unknown as Settings),
  };
  return job('settings', {
    name: 'Settings',
    'runs-on': runner,
    'timeout-minutes': 5,
    environment,
    permissions: {},
  }).step({
    name: 'Every variable and secret is set',
    env: { ...wanted, REQUIRED: Object.keys(wanted).join(' ') },
    run: `
      missing=""
      for name in $REQUIRED; do
        [ -n "$(printenv "$name")" ] || missing="$missing $name"
      done
      if [ -n "$missing" ]; then
        echo "::error title=Missing settings::Not set:$missing. npx staging-pipeline secrets says where each belongs"
        exit 1
      fi
    `,
  });
}

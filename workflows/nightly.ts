/** What is too long for every deployment: the load test of what is live, by night or by hand. */
import { checkSettings, notifyOfFailedTests, testStaging, workflow } from 'staging-pipeline';
import project, { repository, slack, staging, suiteSecrets } from './settings.ts';

const settings = checkSettings({ repository, environment: staging });
const load = testStaging('load', {
  ...{ project, environment: staging, secrets: suiteSecrets },
  after: settings,
  strict: true,
});
const notify = notifyOfFailedTests({
  messages: { environment: staging, ...slack },
  jobs: [settings, load],
});

export default workflow('nightly', {
  name: 'Nightly',
  on: {
    schedule: [{ cron: '30 3 * * *', timezone: 'Europe/Paris' }],
    workflow_dispatch: {},
  },
  permissions: {},
  // Not the group of the deployments: GitHub would drop one that waits.
  concurrency: { group: 'nightly', 'cancel-in-progress': false },
  defaults: { run: { shell: 'bash' } },
  jobs: [settings, load, notify],
});

import { spell } from './clock.ts';
import type { Texts } from './texts.ts';

export const english: Texts = {
  headline: {
    live: '✅ Staging is up to date',
    redeployed: '✅ Staging is redeployed',
    'rolled-back-by-hand': '↩️ Staging went back, as asked',
    unconfirmed: '⚠️ Deployed to staging, but not confirmed',
    unverified: '⚠️ Deployed to staging, but not fully verified',
    'failed-before-deploy': '❌ Failed before the deployment: staging did not change',
    'failed-to-migrate': '❌ The migration failed: staging stays on the old release',
    held: '❌ Not deployed: staging is in other hands',
    'still-on-old': '❌ The deployment failed: staging stays on the old release',
    'rolled-back': '❌ Failed: staging is back on the release before',
    'rolled-back-by-host': '❌ Not confirmed: the server went back to the release before',
    'nothing-live': '❌ Failed: nothing is live on staging yet',
    'taken-down': '↩️ The release was taken down, as asked: nothing is live on staging yet',
    'taken-down-by-host': '❌ Not confirmed: the server took the release down, nothing is live yet',
    'rollback-failed': '🚨 The rollback failed: staging needs somebody',
    'not-rolled-back': '⛔ Not rolled back: staging did not change',
    replaced: '⚠️ Done, but staging runs another release by now',
    failed: '❌ The staging pipeline failed',
    cancelled: '🚫 The staging pipeline was cancelled',
    refused: '⛔ The deployment was refused',
    'nothing-deployed': '⏸️ Nothing was deployed to staging',
    'tested-only': '🧪 Tested, but nothing was deployed to staging',
    'tests-failed': '❌ Tests of staging failed; nothing was deployed',
  },
  running: {
    deploy: '⏳ Deploying to staging',
    redeploy: '⏳ Redeploying to staging',
    rollback: '⏳ Rolling staging back',
    test: '⏳ Testing staging',
  },
  label: {
    live: 'Live now',
    duration: 'Duration',
    environment: 'Environment',
    migrations: 'Migrations',
    failedIn: 'Failed',
    cancelledIn: 'Cancelled',
    redeploy: 'Redeploy the last good release',
    scan: 'Found by the scans',
    smoke: 'Smoke tests',
    release: 'Release',
  },
  nothingFound: 'nothing',
  notChecked: (what) => `not checked: ${what}`,
  scanned: {},
  button: {
    environment: 'Open staging',
    run: 'Open the run',
    compare: 'See the changes',
  },
  now: {
    confirmed: (release) => release,
    provisional: (release, until) =>
      `${release}, provisional: it is taken back${until ? ` at ${until}` : ''} unless it is confirmed`,
    unconfirmed: (release) => `${release}, which nobody has confirmed`,
    old: (release) =>
      release === undefined ? 'the same as before' : `the release before, ${release}`,
    apart: (hosts) => `not the same everywhere: ${hosts}`,
    nothing: 'nothing: there is no release yet',
    unknown: 'unknown: look on the server',
  },
  remark: {
    unreachable: '⚠️ The server did not answer: what is live is taken from the results of the jobs.',
    working: (release) => `⏳ The server is still at work on ${release}.`,
    held: (by, release, until) =>
      `🔒 Staging is in the hands of ${by}, with ${release}${until ? `, until ${until} at the latest` : ''}.`,
    // No colon behind what others wrote: with one before it makes a picture.
    locked: (by, reason) => `🔒 Deploys are on hold by ${by} – ${reason}`,
    displaced: (run, commit, actor) =>
      `⏭️ Run ${run} of ${actor}, for ${commit}, waited until this one took its place, and has deployed nothing.`,
    journal: (host, line) =>
      `🚨 The journal of ${host} is not the one that an earlier run saw: line ${line} is gone or another. Somebody changed or removed it, or the server was set up anew.`,
    notChecked: (what, scans) => `❔ Not checked in ${scans}: ${what}. Nothing is known of it.`,
    suite: (name, failed, tests, first) =>
      tests === 0
        ? `⚠️ ${name} – no test ran. The release stays.`
        : `⚠️ ${name} – ${failed} of ${tests} failed, and the release stays: ${first}`,
  },
  byHand: {
    restored: '🗄️ The database of staging was restored',
    locked: '🔒 Deployments to staging are on hold',
    unlocked: '🔓 Deployments to staging go on',
    by: (who) => `by hand, by ${who}`,
    before: 'Before',
    backup: 'Backup',
    revision: 'Revision of the schema',
    reason: 'Reason',
    ended: 'Ended',
  },
  noCommitMessage: '(no commit message)',
  thisRelease: 'the new release',
  details: 'Details',
  log: 'End of the log',
  broke: 'Staging goes from green to red.',
  recovered: (duration) =>
    duration === undefined ? '💚 Back to green.' : `💚 Back to green after ${duration}.`,
  attempt: (number) => `attempt ${number}`,
  migrated: (from, to) => `${from} → ${to}`,
  more: (count) => `and ${count} more`,
  passed: (passed, total) => `${passed} of ${total} passed`,
  duration: (milliseconds) =>
    spell(milliseconds, { second: 's', minute: 'min', hour: 'h', day: 'd' }),
};

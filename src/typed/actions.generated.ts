// Generated from src/typed/actions.lock.json, src/typed/action-types.yml and actions/*/action.yml by `npm run build`: edit those files, not this one.

import type { ActionCatalog } from './action-facts.ts';

/** Inputs and outputs of the actions that the package knows. */
export interface PackageActions {
  './actions/run-migrations': {
    inputs: {
      /** `ssh`: on the staging host, with the image of the staged release. `direct`: from the runner, with the application that is checked out and installed there, against `database-url`. Default: `ssh`. */
      transport?: string;
      /** Host name or IP address of the staging host (ssh). */
      host?: string;
      /** SSH port. Default: `22`. */
      port?: number;
      /** User on the host, who may use Docker (ssh). */
      user?: string;
      /** Private key of that user, without a passphrase (the whole file) (ssh). */
      'private-key'?: string;
      /** The host's public keys as lines of a known_hosts file. There is no way to connect without (ssh). */
      'known-hosts'?: string;
      /** The host through which alone the staging host can be reached, as `[user@]host[:port]`. It takes the same private key, and has a line in `known-hosts` too; without a user, `user` logs in there as well. */
      'jump-host'?: string;
      /** Seconds that a host has to answer. Default: `20`. */
      'connect-timeout'?: number;
      /** Directory on the host that holds releases, shared files and state. Default: `/srv/staging`. */
      'base-directory'?: string;
      /** Id of the staged release whose image runs the migrations (ssh). */
      release?: string;
      /** Compose service whose image holds Alembic and the migrations. Default: `api`. */
      service?: string;
      /** Compose service that is PostgreSQL. Default: `postgres`. */
      'database-service'?: string;
      /** URL of the database, as SQLAlchemy takes it (direct). */
      'database-url'?: string;
      /** Folder of alembic.ini (direct). Default: `.`. */
      'working-directory'?: string;
      /** Python that has the application's requirements (direct). Default: `python`. */
      python?: string;
      /** Folder for backups (direct); `backups` in the runner's temporary folder where it is not given. */
      'backup-directory'?: string;
      /** Where to migrate to. `head`, `heads` (every branch) or a revision. Default: `head`. */
      target?: string;
      /** `true` stops after the plan and the lint. Default: `false`. */
      'dry-run'?: boolean;
      /** `false` makes no backup first. Default: `true`. */
      backup?: boolean;
      /** What becomes of the database when a migration fails half way: `downgrade` to the revision before, `restore` of the backup while the application is stopped (ssh), or `keep`. Nothing has to be done, and nothing is, where the failure was in a transaction. Default: `downgrade`. */
      'on-failure'?: string;
      /** What it is when models and tables differ after the migration. `warn`, `error` (back again) or `off`. Default: `warn`. */
      drift?: string;
      /** The worst that a finding of the linter can be. `error`, `warn`, or `off` to do without the linter. Default: `error`. */
      lint?: string;
      /** Levels of rules of the linter that differ from the normal ones: lines such as `ban-drop-column: warn`. */
      'lint-rules'?: string;
      /** Seconds to wait for other deploys and migrations. Default: `300`. */
      'lock-timeout'?: number;
      /** Milliseconds that a statement waits for a table, with everybody behind it. Default: `1000`. */
      'table-lock-timeout'?: number;
      /** How often a migration is tried that did not get its table. Default: `20`. */
      'table-lock-attempts'?: number;
      /** Seconds that a statement may take. Default: `900`. */
      'statement-timeout'?: number;
      /** How many backups are kept. Default: `10`. */
      'keep-backups'?: number;
      /** MiB that must stay free beside a backup. Default: `1024`. */
      'disk-margin'?: number;
    };
    outputs: 'from' | 'to' | 'applied' | 'backup' | 'duration-ms';
  };
  './actions/scan-report': {
    inputs: {
      /** JSON list of what is scanned; its form is described below. */
      scans: string;
      /** The images of scans that name none, one a line, as `scan=image`. */
      images?: readonly string[];
      /** Severities of vulnerabilities and misconfigurations that fail, separated by commas. Default: `HIGH,CRITICAL`. */
      severity?: readonly ('UNKNOWN' | 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL')[];
      /** Whether vulnerabilities without a fix fail nothing. Default: `true`. */
      'ignore-unfixed'?: boolean;
      /** JSON list of findings that fail nothing for a time, each with `id`, `package` or `file`, `reason`, `owner` and `expires`, 90 days ahead at most. Default: `[]`. */
      exceptions?: string;
      /** File of the repository with findings that were there before the gate: `staging-pipeline scan-baseline` writes it. Its history has to be there (`fetch-depth: 0`), since it may only become smaller. */
      baseline?: string;
      /** What the scan may go without, separated by blanks: names of scans, and `database` for that of known vulnerabilities. It is told as not checked. */
      'may-lack'?: string;
      /** User of the registry of the images with `login`. */
      'registry-username'?: string;
      /** Password of that user; no other scan is given it. */
      'registry-password'?: string;
      /** Seconds that one scan may take. Default: `300`. */
      'time-limit'?: number;
      /** Where reports go, of the scanners and as SARIF. Default: `scan`. */
      directory?: string;
    };
    outputs: 'verdict' | 'counts' | 'failing';
  };
  './actions/slack-notify': {
    inputs: {
      /** What is told: the `start` of the run, its `progress`, or its `finish`. Default: `finish`. */
      phase?: 'start' | 'progress' | 'finish';
      /** The results of the jobs before, as `toJSON(needs)` gives them; needed at `progress` and `finish`. */
      needs?: string;
      /** Incoming webhook of the channel, for one message at the end; give this or `bot-token`. */
      'webhook-url'?: string;
      /** Bot token with the scope chat:write, for one message that is kept up to date; needs `channel`. */
      'bot-token'?: string;
      /** Channel that the bot posts to, such as `#staging-alerts` or its id. */
      channel?: string;
      /** The run's message, as the output `message` of an earlier phase gives it; it is changed instead of posting another. */
      message?: string;
      /** Language of the message, `fr` or `en`. Default: `fr`. */
      locale?: 'fr' | 'en';
      /** What the run is for, `deploy`, `redeploy` (of a recorded release), `rollback` (by hand) or `test` (of what is live). Default: `deploy`. */
      operation?: 'deploy' | 'redeploy' | 'rollback' | 'test';
      /** The jobs that are shown, in order, a line `JOB=TITLE` each; other jobs show their ids behind them. */
      stages?: readonly string[];
      /** Jobs that need not run for a deployment to be complete, one id a line. */
      'optional-jobs'?: readonly string[];
      /** Id of the run's release. */
      release?: string;
      /** What the staging hosts say of themselves, the output `status` of ssh-deploy, or `unreachable` where they were asked and did not answer; it counts more than `release-state`. */
      'host-status'?: string;
      /** Where that release stands by what the jobs did, `confirmed` (or `live`), `provisional`, `rolled-back`, `rolled-back-by-host`, `untouched` (staging still runs the release before), `nothing-live` (it is not live, and none was before it), `refused` or `unknown`. */
      'release-state'?: string;
      /** Id of the release that was live before. */
      'previous-release'?: string;
      /** Commit of the release, where it is not that of the run. */
      commit?: string;
      /** GitHub environment whose deployments tell how the run before ended. Default: `staging`. */
      environment?: string;
      /** Address of the environment that was deployed to. */
      'environment-url'?: string;
      /** Schema revision before the migrations. */
      'migration-from'?: string;
      /** Schema revision after the migrations. */
      'migration-to'?: string;
      /** JSON list of the migrations applied, each a revision or an object with `revision` and `message`. */
      migrations?: string;
      /** JSON object of what the scans found, such as `{"api": {"HIGH": 2}}`; under `not checked` a scan says what it did not look at, which the headline tells too. */
      'scan-counts'?: string;
      /** JSON list of the smoke tests, each with `name`, `passed` and perhaps `detail`. */
      'smoke-results'?: string;
      /** What suites found that fail no job, a line of JSON each, such as `{"name": "Load", "tests": 9, "failed": 1, "first": "…"}`. */
      'suite-results'?: readonly string[];
      /** Whom to call when staging goes from green to red, a line each, `here`, the id of a user group (`S0123ABCD`), or `LOGIN=SLACK_USER_ID` for the author of the commit. */
      mention?: readonly string[];
      /** `true` files the outcome as a deployment, so that the next run knows the state before and a re-run finds its message; needs deployments write. Default: `false`. */
      'record-outcome'?: boolean;
      /** Seconds that all of it may take. Default: `20`. */
      'time-budget'?: number;
      /** Token to look up failed steps (actions read), commits (contents read) and the state before (deployments read). Default: `${{ github.token }}`. */
      'github-token'?: string;
      /** Address of Slack's API for `bot-token`; another one for GovSlack. Default: `https://slack.com/api/`. */
      'slack-api-url'?: string;
      /** `true` fails the step when the message cannot be delivered; otherwise that is a warning. Default: `false`. */
      required?: boolean;
    };
    outputs: 'delivered' | 'message' | 'outcome';
  };
  './actions/smoke-test': {
    inputs: {
      /** Address of the application, such as https://staging.example.org. */
      url: string;
      /** The full commit (40 hexadecimal digits) that must answer. */
      commit: string;
      /** JSON list of checks; what there is, and functions that make them, are described below. A check without `kind` is one request, with `name`, `path` and `status`. */
      checks: string;
      /** Seconds until all checks must have passed. Default: `120`. */
      timeout?: number;
      /** What was built, one image a line, as `service=repository@sha256:digest`: what the containers must run. Where it is empty, they must run what the live release's own record names. */
      images?: readonly string[];
      /** The revision that the migration left (output `to` of run-migrations), for `{schema}`; several are separated by blanks. Where it is empty, the host's own record counts. */
      'schema-revision'?: string;
      /** Secrets for the checks, one a line, as `NAME=value`: a check writes `{secret.NAME}`, and the value is shown nowhere. */
      secrets?: readonly string[];
      /** `auto`: directly, and through the SSH connection where the runner cannot reach the address. `true`: through the SSH connection. `false`: directly. Default: `auto`. */
      tunnel?: boolean | 'auto';
      /** Where the application listens as the staging host sees it, such as `127.0.0.1:8080`; host and port of `url` where it is empty. */
      'tunnel-target'?: string;
      /** Where the JUnit file and the pictures go; `smoke-test` in the runner's temporary directory where it is empty. */
      'report-directory'?: string;
      /** Host name or IP address of the staging host. Without it everything that has to be asked there is left out, and the result says so. */
      host?: string;
      /** SSH port. Default: `22`. */
      port?: number;
      /** User on the host, who may use Docker. */
      user?: string;
      /** Private key of that user, without a passphrase (the whole file). */
      'private-key'?: string;
      /** The host's public keys as lines of a known_hosts file. There is no way to connect without. */
      'known-hosts'?: string;
      /** The host through which alone the staging host can be reached, as `[user@]host[:port]`. It takes the same private key, and has a line in `known-hosts` too; without a user, `user` logs in there as well. */
      'jump-host'?: string;
      /** Seconds that a host has to answer. Default: `20`. */
      'connect-timeout'?: number;
      /** Directory on the host that holds releases, shared files and state. Default: `/srv/staging`. */
      'base-directory'?: string;
    };
    outputs:
      | 'verdict'
      | 'passed'
      | 'failed'
      | 'degraded'
      | 'results'
      | 'not-asked'
      | 'first-failure'
      | 'way'
      | 'junit'
      | 'report-directory'
      | 'duration-ms';
  };
  './actions/ssh-deploy': {
    inputs: {
      /** What to do. `stage`: check the host, bring the release and its images there; without `images`, take a release that the host has. `release`: switch to a staged release once its containers are healthy; the release is provisional then. `confirm`: make the live release permanent and remove old ones. `rollback`: go back to the release before, or to `release`; take down the first release, which has none before it. `status`: what is live and what goes on. `unlock`: open a lock that somebody set by hand, and give up what is only staged. */
      command: 'stage' | 'release' | 'confirm' | 'rollback' | 'status' | 'unlock';
      /** Host name or IP address of the staging host; several hosts, one a line, are deployed to together, all or none. A line may name its own port: `host:port`, with brackets around an IPv6 address. */
      host: readonly string[];
      /** SSH port of hosts that name none. Default: `22`. */
      port?: number;
      /** User on the host, who may use Docker. */
      user: string;
      /** Private key of that user, without a passphrase (the whole file). */
      'private-key': string;
      /** The public keys of all hosts as lines of a known_hosts file. There is no way to connect without. */
      'known-hosts': string;
      /** The host through which alone the staging host can be reached, as `[user@]host[:port]`. It takes the same private key, and has a line in `known-hosts` too; without a user, `user` logs in there as well. */
      'jump-host'?: string;
      /** Seconds that a host has to answer. Default: `20`. */
      'connect-timeout'?: number;
      /** Directory on the host that holds releases, shared files and state. Default: `/srv/staging`. */
      'base-directory'?: string;
      /** Release id. `stage` with `images`: made from the time and the commit where it is empty. `stage` without `images`: required, the release on the host to stage again; its id, or its commit (40 hexadecimal digits, or at least the first 7), which means the newest release of that commit. `release` and `confirm`: required. `rollback`: where it is empty, the release that was live before a provisional one, else the one confirmed before the live one; never one that staging went back from already. */
      release?: string;
      /** `rollback`: the release to get away from. Nothing is done where another one is live, nor, without `release`, where every host has confirmed it. */
      leave?: string;
      /** `stage` with `images`: the Compose file, relative to the workspace. Default: `docker-compose.staging.yml`. */
      'compose-file'?: string;
      /** `stage` with `images`: the file that the host's .env.staging is made from, relative to the workspace; what it gives a value has to be set there. Where it is empty, `.env.staging.example` beside the Compose file, if there is one. */
      'environment-example'?: string;
      /** `stage` with `images`: what the host's .env.staging has to be, a rule a line, as `build` writes them from the project's settings. Where it is empty, what the example gives a value has to be set. */
      'environment-rules'?: readonly string[];
      /** `stage` with `images`: files and directories that the Compose file mounts, one a line, relative to the workspace. Default: `infra`. */
      files?: readonly string[];
      /** `stage` with `images`: what services may do to the host besides running on it, one a line, as `service=what`. What is refused otherwise, with the line that allows it: `privileged`, namespaces of the host (`pid:host`, `network_mode:host`, …), its paths (`/var/run/docker.sock`; with all below), `cap_add:…`, `devices:…`, `security_opt:…` that confines less, and `files=…` for a link that leads out of `files`. */
      'host-access'?: readonly string[];
      /** `stage`: the images of the application's services, one a line, as `service=repository@sha256:digest` (tags are refused), or with `image-source: runner` as `service=image`. Where it is empty, the recorded release that `release` names is staged again: nothing is uploaded, and it keeps the images, files and optional services that it was made with. */
      images?: readonly string[];
      /** `stage`: where the images come from. `registry`: the host pulls them. `runner`: they are sent over the SSH connection from the Docker engine of the job, without the layers that the host has. Default: `registry`. */
      'image-source'?: 'registry' | 'runner';
      /** `stage` with `images`: services with a profile that shall run too, such as `prometheus grafana`. */
      'optional-services'?: readonly string[];
      /** `stage` with `images`: the service that requests go through; it mounts one directory of `files`. Default: `nginx`. */
      proxy?: string;
      /** `stage`: registry that the credentials are for, such as ghcr.io. */
      registry?: string;
      /** `stage`: user name at the registry; leave all three empty where it needs no credentials. */
      'registry-username'?: string;
      /** `stage`: password or token for the registry. */
      'registry-password'?: string;
      /** Seconds to wait for another deploy to end, before the command gives up and says who holds the lock. Default: `300`. */
      'lock-timeout'?: number;
      /** `release` and `rollback`: seconds that new containers have to become healthy. Default: `180`. */
      'health-timeout'?: number;
      /** `release` and `rollback`: checks in a row that a new container must pass before requests reach it. Default: `5`. */
      'healthy-checks'?: number;
      /** `release` and `rollback`: seconds that old containers have to finish the requests and commands under way. Default: `30`. */
      'drain-timeout'?: number;
      /** Seconds within which a release must be confirmed; otherwise the host goes back to the release before by itself, or takes down the first one. Default: `900`. */
      'confirm-timeout'?: number;
      /** `confirm`: how many confirmed releases stay on the host. Default: `5`. */
      keep?: number;
      /** `stage`: MiB that must stay free on the host's disk beside the new images. Default: `1024`. */
      'disk-margin'?: number;
      /** `true`: `rollback`, and `stage` of a recorded release, take it although the database schema has moved past what that release can read; `stage` starts although deploys are on hold; `rollback` takes over what another run has staged, and goes to a release that was never confirmed; `unlock` ends what is at work, and the host brings staging back. The journal records it. Default: `false`. */
      force?: boolean;
    };
    outputs:
      | 'release'
      | 'commit'
      | 'previous'
      | 'deadline'
      | 'current'
      | 'confirmed'
      | 'was-confirmed'
      | 'releases'
      | 'transaction'
      | 'status'
      | 'journal'
      | 'hosts'
      | 'duration-ms';
  };
  'actions/attest-build-provenance': {
    inputs: {
      'subject-path'?: readonly string[];
      'subject-digest'?: string;
      'subject-name'?: string;
      'subject-checksums'?: string;
      'predicate-type'?: string;
      predicate?: string;
      'predicate-path'?: string;
      /** Default: `false`. */
      'push-to-registry'?: boolean;
      /** Default: `true`. */
      'create-storage-record'?: boolean;
      /** Default: `true`. */
      'show-summary'?: boolean;
      /** Default: `${{ github.token }}`. */
      'github-token'?: string;
    };
    outputs: 'attestation-id' | 'attestation-url' | 'bundle-path' | 'storage-record-ids';
  };
  'actions/cache': {
    inputs: {
      path: readonly string[];
      key: string;
      'restore-keys'?: readonly string[];
      'upload-chunk-size'?: number;
      /** Default: `false`. */
      enableCrossOsArchive?: boolean;
      /** Default: `false`. */
      'fail-on-cache-miss'?: boolean;
      /** Default: `false`. */
      'lookup-only'?: boolean;
      /** Default: `false`. */
      'save-always'?: boolean;
    };
    outputs: 'cache-hit';
  };
  'actions/checkout': {
    inputs: {
      /** Default: `${{ github.repository }}`. */
      repository?: string;
      ref?: string;
      /** Default: `${{ github.token }}`. */
      token?: string;
      'ssh-key'?: string;
      'ssh-known-hosts'?: string;
      /** Default: `true`. */
      'ssh-strict'?: boolean;
      /** Default: `git`. */
      'ssh-user'?: string;
      /** Default: `true`. */
      'persist-credentials'?: boolean;
      path?: string;
      /** Default: `true`. */
      clean?: boolean;
      filter?: string;
      'sparse-checkout'?: readonly string[];
      /** Default: `true`. */
      'sparse-checkout-cone-mode'?: boolean;
      /** Default: `1`. */
      'fetch-depth'?: number;
      /** Default: `false`. */
      'fetch-tags'?: boolean;
      /** Default: `true`. */
      'show-progress'?: boolean;
      /** Default: `false`. */
      lfs?: boolean;
      /** Default: `false`. */
      submodules?: boolean | 'recursive';
      /** Default: `true`. */
      'set-safe-directory'?: boolean;
      'github-server-url'?: string;
      /** Default: `false`. */
      'allow-unsafe-pr-checkout'?: boolean;
    };
    outputs: 'commit' | 'ref';
  };
  'actions/download-artifact': {
    inputs: {
      name?: string;
      'artifact-ids'?: readonly string[];
      path?: string;
      pattern?: string;
      /** Default: `false`. */
      'merge-multiple'?: boolean;
      'github-token'?: string;
      /** Default: `${{ github.repository }}`. */
      repository?: string;
      /** Default: `${{ github.run_id }}`. */
      'run-id'?: string;
      /** Default: `false`. */
      'skip-decompress'?: boolean;
      /** Default: `error`. */
      'digest-mismatch'?: 'ignore' | 'info' | 'warn' | 'error';
    };
    outputs: 'download-path';
  };
  'actions/setup-node': {
    inputs: {
      'node-version'?: string;
      'node-version-file'?: string;
      architecture?: string;
      /** Default: `false`. */
      'check-latest'?: boolean;
      'registry-url'?: string;
      scope?: string;
      /** Default: `${{ github.server_url == 'https://github.com' && github.token || '' }}`. */
      token?: string;
      cache?: 'npm' | 'yarn' | 'pnpm';
      /** Default: `true`. */
      'package-manager-cache'?: boolean;
      'cache-dependency-path'?: readonly string[];
      mirror?: string;
      'mirror-token'?: string;
    };
    outputs: 'cache-hit' | 'cache-matched-key' | 'cache-primary-key' | 'node-version';
  };
  'actions/setup-python': {
    inputs: {
      'python-version'?: string;
      'python-version-file'?: string;
      cache?: 'pip' | 'pipenv' | 'poetry';
      architecture?: string;
      /** Default: `false`. */
      'check-latest'?: boolean;
      /** Default: `${{ github.server_url == 'https://github.com' && github.token || '' }}`. */
      token?: string;
      'cache-dependency-path'?: readonly string[];
      /** Default: `true`. */
      'update-environment'?: boolean;
      /** Default: `false`. */
      'allow-prereleases'?: boolean;
      /** Default: `false`. */
      freethreaded?: boolean;
      'pip-version'?: string;
    };
    outputs: 'cache-hit' | 'python-path' | 'python-version';
  };
  'actions/upload-artifact': {
    inputs: {
      /** Default: `artifact`. */
      name?: string;
      path: readonly string[];
      /** Default: `warn`. */
      'if-no-files-found'?: 'warn' | 'error' | 'ignore';
      'retention-days'?: number;
      /** Default: `6`. */
      'compression-level'?: number;
      /** Default: `false`. */
      overwrite?: boolean;
      /** Default: `false`. */
      'include-hidden-files'?: boolean;
      /** Default: `true`. */
      archive?: boolean;
    };
    outputs: 'artifact-digest' | 'artifact-id' | 'artifact-url';
  };
  'aquasecurity/setup-trivy': {
    inputs: {
      /** Default: `latest`. */
      version?: string;
      path?: string;
      /** Default: `false`. */
      cache?: boolean;
      /** Default: `${{ github.token }}`. */
      token?: string;
      /** Default: `https://github.com`. */
      'github-server-url'?: string;
    };
    outputs: never;
  };
  'aquasecurity/trivy-action': {
    inputs: {
      /** Default: `image`. */
      'scan-type'?:
        | 'image'
        | 'fs'
        | 'filesystem'
        | 'rootfs'
        | 'repo'
        | 'repository'
        | 'config'
        | 'vm'
        | 'sbom'
        | 'k8s'
        | 'kubernetes';
      'image-ref'?: string;
      input?: string;
      /** Default: `.`. */
      'scan-ref'?: string;
      'exit-code'?: number;
      /** Default: `false`. */
      'ignore-unfixed'?: boolean;
      /** Default: `os,library`. */
      'vuln-type'?: readonly ('os' | 'library')[];
      /** Default: `UNKNOWN,LOW,MEDIUM,HIGH,CRITICAL`. */
      severity?: readonly ('UNKNOWN' | 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL')[];
      /** Default: `table`. */
      format?:
        | 'table'
        | 'json'
        | 'template'
        | 'sarif'
        | 'cyclonedx'
        | 'spdx'
        | 'spdx-json'
        | 'github'
        | 'cosign-vuln';
      template?: string;
      output?: string;
      'skip-dirs'?: readonly string[];
      'skip-files'?: readonly string[];
      /** Default: `${{ github.workspace }}/.cache/trivy`. */
      'cache-dir'?: string;
      timeout?: string;
      'ignore-policy'?: string;
      'hide-progress'?: boolean;
      /** Default: `false`. */
      'list-all-pkgs'?: boolean;
      scanners?: readonly ('vuln' | 'misconfig' | 'secret' | 'license')[];
      trivyignores?: readonly string[];
      'github-pat'?: string;
      'trivy-config'?: string;
      'tf-vars'?: string;
      'limit-severities-for-sarif'?: boolean;
      'docker-host'?: string;
      /** Default: `v0.70.0`. */
      version?: string;
      /** Default: `true`. */
      cache?: boolean;
      /** Default: `false`. */
      'skip-setup-trivy'?: boolean;
      /** Default: `${{ github.token }}`. */
      'token-setup-trivy'?: string;
    };
    outputs: never;
  };
  'docker/build-push-action': {
    inputs: {
      'add-hosts'?: readonly string[];
      allow?: readonly string[];
      annotations?: readonly string[];
      attests?: readonly string[];
      'build-args'?: readonly string[];
      'build-contexts'?: readonly string[];
      builder?: string;
      'cache-from'?: readonly string[];
      'cache-to'?: readonly string[];
      call?: string;
      'cgroup-parent'?: string;
      context?: string;
      file?: string;
      labels?: readonly string[];
      /** Default: `false`. */
      load?: boolean;
      network?: string;
      /** Default: `false`. */
      'no-cache'?: boolean;
      'no-cache-filters'?: readonly string[];
      outputs?: readonly string[];
      platforms?: readonly string[];
      provenance?: string;
      /** Default: `false`. */
      pull?: boolean;
      /** Default: `false`. */
      push?: boolean;
      sbom?: string;
      secrets?: readonly string[];
      'secret-envs'?: readonly string[];
      'secret-files'?: readonly string[];
      'shm-size'?: string;
      ssh?: readonly string[];
      tags?: readonly string[];
      target?: string;
      ulimit?: readonly string[];
      /** Default: `${{ github.token }}`. */
      'github-token'?: string;
    };
    outputs: 'digest' | 'imageid' | 'metadata';
  };
  'docker/login-action': {
    inputs: {
      registry?: string;
      username?: string;
      password?: string;
      ecr?: boolean | 'auto';
      scope?: string;
      /** Default: `true`. */
      logout?: boolean;
      'registry-auth'?: string;
    };
    outputs: never;
  };
  'docker/metadata-action': {
    inputs: {
      /** Default: `workflow`. */
      context?: 'workflow' | 'git';
      images?: readonly string[];
      tags?: readonly string[];
      flavor?: readonly string[];
      labels?: readonly string[];
      annotations?: readonly string[];
      'sep-tags'?: string;
      'sep-labels'?: string;
      'sep-annotations'?: string;
      'bake-target'?: string;
      /** Default: `${{ github.token }}`. */
      'github-token'?: string;
    };
    outputs:
      | 'annotations'
      | 'bake-file'
      | 'bake-file-annotations'
      | 'bake-file-labels'
      | 'bake-file-tags'
      | 'json'
      | 'labels'
      | 'tag-names'
      | 'tags'
      | 'version';
  };
  'docker/setup-buildx-action': {
    inputs: {
      version?: string;
      /** Default: `docker-container`. */
      driver?: 'docker' | 'docker-container' | 'kubernetes' | 'remote' | 'cloud';
      'driver-opts'?: readonly string[];
      'buildkitd-flags'?: string;
      'buildkitd-config'?: string;
      'buildkitd-config-inline'?: string;
      /** Default: `true`. */
      use?: boolean;
      name?: string;
      endpoint?: string;
      platforms?: readonly string[];
      append?: string;
      /** Default: `false`. */
      'keep-state'?: boolean;
      /** Default: `true`. */
      'cache-binary'?: boolean;
      /** Default: `true`. */
      cleanup?: boolean;
    };
    outputs: 'driver' | 'endpoint' | 'flags' | 'name' | 'nodes' | 'platforms' | 'status';
  };
  'github/codeql-action/upload-sarif': {
    inputs: {
      /** Default: `../results`. */
      sarif_file?: string;
      /** Default: `${{ github.workspace }}`. */
      checkout_path?: string;
      ref?: string;
      sha?: string;
      /** Default: `${{ github.token }}`. */
      token?: string;
      /** Default: `${{ toJson(matrix) }}`. */
      matrix?: string;
      category?: string;
      /** Default: `true`. */
      'wait-for-processing'?: boolean;
    };
    outputs: 'sarif-id' | 'sarif-ids';
  };
  'slackapi/slack-github-action': {
    inputs: {
      api?: string;
      /** Default: `false`. */
      errors?: boolean;
      method?: string;
      payload?: string;
      'payload-delimiter'?: string;
      'payload-file-path'?: string;
      /** Default: `false`. */
      'payload-templated'?: boolean;
      proxy?: string;
      /** Default: `5`. */
      retries?: '0' | '5' | '10' | 'RAPID';
      token?: string;
      webhook?: string;
      'webhook-type'?: 'incoming-webhook' | 'webhook-trigger';
    };
    outputs: 'channel_id' | 'ok' | 'response' | 'thread_ts' | 'time' | 'ts';
  };
}

/** What the layer has to know of them when it compiles. */
export const actions: ActionCatalog = {
  './actions/run-migrations': {
    uses: './actions/run-migrations',
    inputs: {
      transport: { default: 'ssh', type: 'string' },
      host: { type: 'string' },
      port: { default: '22', type: 'number' },
      user: { type: 'string' },
      'private-key': { type: 'string' },
      'known-hosts': { type: 'string' },
      'jump-host': { type: 'string' },
      'connect-timeout': { default: '20', type: 'number' },
      'base-directory': { default: '/srv/staging', type: 'string' },
      release: { type: 'string' },
      service: { default: 'api', type: 'string' },
      'database-service': { default: 'postgres', type: 'string' },
      'database-url': { type: 'string' },
      'working-directory': { default: '.', type: 'string' },
      python: { default: 'python', type: 'string' },
      'backup-directory': { type: 'string' },
      target: { default: 'head', type: 'string' },
      'dry-run': { default: 'false', type: 'boolean' },
      backup: { default: 'true', type: 'boolean' },
      'on-failure': { default: 'downgrade', type: 'string' },
      drift: { default: 'warn', type: 'string' },
      lint: { default: 'error', type: 'string' },
      'lint-rules': { type: 'string' },
      'lock-timeout': { default: '300', type: 'number' },
      'table-lock-timeout': { default: '1000', type: 'number' },
      'table-lock-attempts': { default: '20', type: 'number' },
      'statement-timeout': { default: '900', type: 'number' },
      'keep-backups': { default: '10', type: 'number' },
      'disk-margin': { default: '1024', type: 'number' },
    },
    outputs: ['from', 'to', 'applied', 'backup', 'duration-ms'],
    permissions: {},
  },
  './actions/scan-report': {
    uses: './actions/scan-report',
    inputs: {
      scans: { required: true, type: 'string' },
      images: { type: 'list', separator: '\n' },
      severity: {
        default: 'HIGH,CRITICAL',
        type: 'list',
        values: ['UNKNOWN', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'],
        separator: ',',
      },
      'ignore-unfixed': { default: 'true', type: 'boolean' },
      exceptions: { default: '[]', type: 'string' },
      baseline: { type: 'string' },
      'may-lack': { type: 'string' },
      'registry-username': { type: 'string' },
      'registry-password': { type: 'string' },
      'time-limit': { default: '300', type: 'number' },
      directory: { default: 'scan', type: 'string' },
    },
    outputs: ['verdict', 'counts', 'failing'],
    permissions: { packages: { least: 'read', most: 'read' } },
  },
  './actions/slack-notify': {
    uses: './actions/slack-notify',
    inputs: {
      phase: { default: 'finish', type: 'enum', values: ['start', 'progress', 'finish'] },
      needs: { type: 'string' },
      'webhook-url': { type: 'string' },
      'bot-token': { type: 'string' },
      channel: { type: 'string' },
      message: { type: 'string' },
      locale: { default: 'fr', type: 'enum', values: ['fr', 'en'] },
      operation: {
        default: 'deploy',
        type: 'enum',
        values: ['deploy', 'redeploy', 'rollback', 'test'],
      },
      stages: { type: 'list', separator: '\n' },
      'optional-jobs': { type: 'list', separator: '\n' },
      release: { type: 'string' },
      'host-status': { type: 'string' },
      'release-state': { type: 'string' },
      'previous-release': { type: 'string' },
      commit: { type: 'string' },
      environment: { default: 'staging', type: 'string' },
      'environment-url': { type: 'string' },
      'migration-from': { type: 'string' },
      'migration-to': { type: 'string' },
      migrations: { type: 'string' },
      'scan-counts': { type: 'string' },
      'smoke-results': { type: 'string' },
      'suite-results': { type: 'list', separator: '\n' },
      mention: { type: 'list', separator: '\n' },
      'record-outcome': { default: 'false', type: 'boolean' },
      'time-budget': { default: '20', type: 'number' },
      'github-token': { default: '${{ github.token }}', type: 'string' },
      'slack-api-url': { default: 'https://slack.com/api/', type: 'string' },
      required: { default: 'false', type: 'boolean' },
    },
    outputs: ['delivered', 'message', 'outcome'],
    permissions: {
      actions: { least: 'none', most: 'read' },
      contents: { least: 'none', most: 'read' },
      deployments: { least: 'none', most: 'write' },
    },
  },
  './actions/smoke-test': {
    uses: './actions/smoke-test',
    inputs: {
      url: { required: true, type: 'string' },
      commit: { required: true, type: 'string' },
      checks: { required: true, type: 'string' },
      timeout: { default: '120', type: 'number' },
      images: { type: 'list', separator: '\n' },
      'schema-revision': { type: 'string' },
      secrets: { type: 'list', separator: '\n' },
      tunnel: { default: 'auto', type: 'enum', values: ['auto', 'true', 'false'] },
      'tunnel-target': { type: 'string' },
      'report-directory': { type: 'string' },
      host: { type: 'string' },
      port: { default: '22', type: 'number' },
      user: { type: 'string' },
      'private-key': { type: 'string' },
      'known-hosts': { type: 'string' },
      'jump-host': { type: 'string' },
      'connect-timeout': { default: '20', type: 'number' },
      'base-directory': { default: '/srv/staging', type: 'string' },
    },
    outputs: [
      'verdict',
      'passed',
      'failed',
      'degraded',
      'results',
      'not-asked',
      'first-failure',
      'way',
      'junit',
      'report-directory',
      'duration-ms',
    ],
    permissions: {},
  },
  './actions/ssh-deploy': {
    uses: './actions/ssh-deploy',
    inputs: {
      command: {
        required: true,
        type: 'enum',
        values: ['stage', 'release', 'confirm', 'rollback', 'status', 'unlock'],
      },
      host: { required: true, type: 'list', separator: '\n' },
      port: { default: '22', type: 'number' },
      user: { required: true, type: 'string' },
      'private-key': { required: true, type: 'string' },
      'known-hosts': { required: true, type: 'string' },
      'jump-host': { type: 'string' },
      'connect-timeout': { default: '20', type: 'number' },
      'base-directory': { default: '/srv/staging', type: 'string' },
      release: { type: 'string' },
      leave: { type: 'string' },
      'compose-file': { default: 'docker-compose.staging.yml', type: 'string' },
      'environment-example': { type: 'string' },
      'environment-rules': { type: 'list', separator: '\n' },
      files: { default: 'infra', type: 'list', separator: '\n' },
      'host-access': { type: 'list', separator: '\n' },
      images: { type: 'list', separator: '\n' },
      'image-source': { default: 'registry', type: 'enum', values: ['registry', 'runner'] },
      'optional-services': { type: 'list', separator: ' ' },
      proxy: { default: 'nginx', type: 'string' },
      registry: { type: 'string' },
      'registry-username': { type: 'string' },
      'registry-password': { type: 'string' },
      'lock-timeout': { default: '300', type: 'number' },
      'health-timeout': { default: '180', type: 'number' },
      'healthy-checks': { default: '5', type: 'number' },
      'drain-timeout': { default: '30', type: 'number' },
      'confirm-timeout': { default: '900', type: 'number' },
      keep: { default: '5', type: 'number' },
      'disk-margin': { default: '1024', type: 'number' },
      force: { default: 'false', type: 'boolean' },
    },
    outputs: [
      'release',
      'commit',
      'previous',
      'deadline',
      'current',
      'confirmed',
      'was-confirmed',
      'releases',
      'transaction',
      'status',
      'journal',
      'hosts',
      'duration-ms',
    ],
    permissions: { packages: { least: 'read', most: 'read' } },
  },
  'actions/attest-build-provenance': {
    uses: 'actions/attest-build-provenance@a2bbfa25375fe432b6a289bc6b6cd05ecd0c4c32',
    version: 'v4.1.0',
    inputs: {
      'subject-path': { type: 'list', separator: '\n' },
      'subject-digest': { type: 'string' },
      'subject-name': { type: 'string' },
      'subject-checksums': { type: 'string' },
      'predicate-type': { type: 'string' },
      predicate: { type: 'string' },
      'predicate-path': { type: 'string' },
      'push-to-registry': { default: 'false', type: 'boolean' },
      'create-storage-record': { default: 'true', type: 'boolean' },
      'show-summary': { default: 'true', type: 'boolean' },
      'github-token': { default: '${{ github.token }}', type: 'string' },
    },
    outputs: ['attestation-id', 'attestation-url', 'bundle-path', 'storage-record-ids'],
    permissions: {
      'artifact-metadata': { least: 'none', most: 'write' },
      attestations: { least: 'write', most: 'write' },
      'id-token': { least: 'write', most: 'write' },
      packages: { least: 'none', most: 'write' },
    },
  },
  'actions/cache': {
    uses: 'actions/cache@27d5ce7f107fe9357f9df03efb73ab90386fccae',
    version: 'v5.0.5',
    inputs: {
      path: { required: true, type: 'list', separator: '\n' },
      key: { required: true, type: 'string' },
      'restore-keys': { type: 'list', separator: '\n' },
      'upload-chunk-size': { type: 'number' },
      enableCrossOsArchive: { default: 'false', type: 'boolean' },
      'fail-on-cache-miss': { default: 'false', type: 'boolean' },
      'lookup-only': { default: 'false', type: 'boolean' },
      'save-always': { default: 'false', type: 'boolean' },
    },
    outputs: ['cache-hit'],
    permissions: {},
  },
  'actions/checkout': {
    uses: 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1',
    version: 'v7.0.1',
    inputs: {
      repository: { default: '${{ github.repository }}', type: 'string' },
      ref: { type: 'string' },
      token: { default: '${{ github.token }}', type: 'string' },
      'ssh-key': { type: 'string' },
      'ssh-known-hosts': { type: 'string' },
      'ssh-strict': { default: 'true', type: 'boolean' },
      'ssh-user': { default: 'git', type: 'string' },
      'persist-credentials': { default: 'true', type: 'boolean' },
      path: { type: 'string' },
      clean: { default: 'true', type: 'boolean' },
      filter: { type: 'string' },
      'sparse-checkout': { type: 'list', separator: '\n' },
      'sparse-checkout-cone-mode': { default: 'true', type: 'boolean' },
      'fetch-depth': { default: '1', type: 'number' },
      'fetch-tags': { default: 'false', type: 'boolean' },
      'show-progress': { default: 'true', type: 'boolean' },
      lfs: { default: 'false', type: 'boolean' },
      submodules: { default: 'false', type: 'enum', values: ['true', 'false', 'recursive'] },
      'set-safe-directory': { default: 'true', type: 'boolean' },
      'github-server-url': { type: 'string' },
      'allow-unsafe-pr-checkout': { default: 'false', type: 'boolean' },
    },
    outputs: ['commit', 'ref'],
    permissions: { contents: { least: 'read', most: 'read' } },
  },
  'actions/download-artifact': {
    uses: 'actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c',
    version: 'v8.0.1',
    inputs: {
      name: { type: 'string' },
      'artifact-ids': { type: 'list', separator: ',' },
      path: { type: 'string' },
      pattern: { type: 'string' },
      'merge-multiple': { default: 'false', type: 'boolean' },
      'github-token': { type: 'string' },
      repository: { default: '${{ github.repository }}', type: 'string' },
      'run-id': { default: '${{ github.run_id }}', type: 'string' },
      'skip-decompress': { default: 'false', type: 'boolean' },
      'digest-mismatch': {
        default: 'error',
        type: 'enum',
        values: ['ignore', 'info', 'warn', 'error'],
      },
    },
    outputs: ['download-path'],
    permissions: { actions: { least: 'read', most: 'read' } },
  },
  'actions/setup-node': {
    uses: 'actions/setup-node@820762786026740c76f36085b0efc47a31fe5020',
    version: 'v7.0.0',
    inputs: {
      'node-version': { type: 'string' },
      'node-version-file': { type: 'string' },
      architecture: { type: 'string' },
      'check-latest': { default: 'false', type: 'boolean' },
      'registry-url': { type: 'string' },
      scope: { type: 'string' },
      token: {
        default: "${{ github.server_url == 'https://github.com' && github.token || '' }}",
        type: 'string',
      },
      cache: { type: 'enum', values: ['npm', 'yarn', 'pnpm'] },
      'package-manager-cache': { default: 'true', type: 'boolean' },
      'cache-dependency-path': { type: 'list', separator: '\n' },
      mirror: { type: 'string' },
      'mirror-token': { type: 'string' },
    },
    outputs: ['cache-hit', 'cache-matched-key', 'cache-primary-key', 'node-version'],
    permissions: {},
  },
  'actions/setup-python': {
    uses: 'actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97',
    version: 'v7.0.0',
    inputs: {
      'python-version': { type: 'string' },
      'python-version-file': { type: 'string' },
      cache: { type: 'enum', values: ['pip', 'pipenv', 'poetry'] },
      architecture: { type: 'string' },
      'check-latest': { default: 'false', type: 'boolean' },
      token: {
        default: "${{ github.server_url == 'https://github.com' && github.token || '' }}",
        type: 'string',
      },
      'cache-dependency-path': { type: 'list', separator: '\n' },
      'update-environment': { default: 'true', type: 'boolean' },
      'allow-prereleases': { default: 'false', type: 'boolean' },
      freethreaded: { default: 'false', type: 'boolean' },
      'pip-version': { type: 'string' },
    },
    outputs: ['cache-hit', 'python-path', 'python-version'],
    permissions: {},
  },
  'actions/upload-artifact': {
    uses: 'actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f',
    version: 'v7.0.0',
    inputs: {
      name: { default: 'artifact', type: 'string' },
      path: { required: true, type: 'list', separator: '\n' },
      'if-no-files-found': { default: 'warn', type: 'enum', values: ['warn', 'error', 'ignore'] },
      'retention-days': { type: 'number' },
      'compression-level': { default: '6', type: 'number' },
      overwrite: { default: 'false', type: 'boolean' },
      'include-hidden-files': { default: 'false', type: 'boolean' },
      archive: { default: 'true', type: 'boolean' },
    },
    outputs: ['artifact-digest', 'artifact-id', 'artifact-url'],
    permissions: {},
  },
  'aquasecurity/setup-trivy': {
    uses: 'aquasecurity/setup-trivy@81e514348e19b6112ce2a7e3ecbafe19c1e1f567',
    version: 'v0.3.1',
    inputs: {
      version: { default: 'latest', type: 'string' },
      path: { default: '', type: 'string' },
      cache: { default: 'false', type: 'boolean' },
      token: { default: '${{ github.token }}', type: 'string' },
      'github-server-url': { default: 'https://github.com', type: 'string' },
    },
    outputs: [],
    permissions: {},
  },
  'aquasecurity/trivy-action': {
    uses: 'aquasecurity/trivy-action@ed142fd0673e97e23eac54620cfb913e5ce36c25',
    version: 'v0.36.0',
    inputs: {
      'scan-type': {
        default: 'image',
        type: 'enum',
        values: [
          'image',
          'fs',
          'filesystem',
          'rootfs',
          'repo',
          'repository',
          'config',
          'vm',
          'sbom',
          'k8s',
          'kubernetes',
        ],
      },
      'image-ref': { type: 'string' },
      input: { default: '', type: 'string' },
      'scan-ref': { default: '.', type: 'string' },
      'exit-code': { type: 'number' },
      'ignore-unfixed': { default: 'false', type: 'boolean' },
      'vuln-type': {
        default: 'os,library',
        type: 'list',
        values: ['os', 'library'],
        separator: ',',
      },
      severity: {
        default: 'UNKNOWN,LOW,MEDIUM,HIGH,CRITICAL',
        type: 'list',
        values: ['UNKNOWN', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'],
        separator: ',',
      },
      format: {
        default: 'table',
        type: 'enum',
        values: [
          'table',
          'json',
          'template',
          'sarif',
          'cyclonedx',
          'spdx',
          'spdx-json',
          'github',
          'cosign-vuln',
        ],
      },
      template: { default: '', type: 'string' },
      output: { default: '', type: 'string' },
      'skip-dirs': { default: '', type: 'list', separator: ',' },
      'skip-files': { default: '', type: 'list', separator: ',' },
      'cache-dir': { default: '${{ github.workspace }}/.cache/trivy', type: 'string' },
      timeout: { default: '', type: 'string' },
      'ignore-policy': { default: '', type: 'string' },
      'hide-progress': { type: 'boolean' },
      'list-all-pkgs': { default: 'false', type: 'boolean' },
      scanners: {
        default: '',
        type: 'list',
        values: ['vuln', 'misconfig', 'secret', 'license'],
        separator: ',',
      },
      trivyignores: { default: '', type: 'list', separator: ',' },
      'github-pat': { type: 'string' },
      'trivy-config': { type: 'string' },
      'tf-vars': { type: 'string' },
      'limit-severities-for-sarif': { type: 'boolean' },
      'docker-host': { type: 'string' },
      version: { default: 'v0.70.0', type: 'string' },
      cache: { default: 'true', type: 'boolean' },
      'skip-setup-trivy': { default: 'false', type: 'boolean' },
      'token-setup-trivy': { default: '${{ github.token }}', type: 'string' },
    },
    outputs: [],
    permissions: {},
  },
  'docker/build-push-action': {
    uses: 'docker/build-push-action@53b7df96c91f9c12dcc8a07bcb9ccacbed38856a',
    version: 'v7.3.0',
    inputs: {
      'add-hosts': { type: 'list', separator: '\n' },
      allow: { type: 'list', separator: '\n' },
      annotations: { type: 'list', separator: '\n' },
      attests: { type: 'list', separator: '\n' },
      'build-args': { type: 'list', separator: '\n' },
      'build-contexts': { type: 'list', separator: '\n' },
      builder: { type: 'string' },
      'cache-from': { type: 'list', separator: '\n' },
      'cache-to': { type: 'list', separator: '\n' },
      call: { type: 'string' },
      'cgroup-parent': { type: 'string' },
      context: { type: 'string' },
      file: { type: 'string' },
      labels: { type: 'list', separator: '\n' },
      load: { default: 'false', type: 'boolean' },
      network: { type: 'string' },
      'no-cache': { default: 'false', type: 'boolean' },
      'no-cache-filters': { type: 'list', separator: '\n' },
      outputs: { type: 'list', separator: '\n' },
      platforms: { type: 'list', separator: '\n' },
      provenance: { type: 'string' },
      pull: { default: 'false', type: 'boolean' },
      push: { default: 'false', type: 'boolean' },
      sbom: { type: 'string' },
      secrets: { type: 'list', separator: '\n' },
      'secret-envs': { type: 'list', separator: '\n' },
      'secret-files': { type: 'list', separator: '\n' },
      'shm-size': { type: 'string' },
      ssh: { type: 'list', separator: '\n' },
      tags: { type: 'list', separator: '\n' },
      target: { type: 'string' },
      ulimit: { type: 'list', separator: '\n' },
      'github-token': { default: '${{ github.token }}', type: 'string' },
    },
    outputs: ['digest', 'imageid', 'metadata'],
    permissions: { contents: { least: 'none', most: 'read' } },
  },
  'docker/login-action': {
    uses: 'docker/login-action@4907a6ddec9925e35a0a9e82d7399ccc52663121',
    version: 'v4.1.0',
    inputs: {
      registry: { type: 'string' },
      username: { type: 'string' },
      password: { type: 'string' },
      ecr: { type: 'enum', values: ['auto', 'true', 'false'] },
      scope: { type: 'string' },
      logout: { default: 'true', type: 'boolean' },
      'registry-auth': { type: 'string' },
    },
    outputs: [],
    permissions: { packages: { least: 'read', most: 'write' } },
  },
  'docker/metadata-action': {
    uses: 'docker/metadata-action@dc802804100637a589fabce1cb79ff13a1411302',
    version: 'v6.2.0',
    inputs: {
      context: { default: 'workflow', type: 'enum', values: ['workflow', 'git'] },
      images: { type: 'list', separator: '\n' },
      tags: { type: 'list', separator: '\n' },
      flavor: { type: 'list', separator: '\n' },
      labels: { type: 'list', separator: '\n' },
      annotations: { type: 'list', separator: '\n' },
      'sep-tags': { type: 'string' },
      'sep-labels': { type: 'string' },
      'sep-annotations': { type: 'string' },
      'bake-target': { type: 'string' },
      'github-token': { default: '${{ github.token }}', type: 'string' },
    },
    outputs: [
      'annotations',
      'bake-file',
      'bake-file-annotations',
      'bake-file-labels',
      'bake-file-tags',
      'json',
      'labels',
      'tag-names',
      'tags',
      'version',
    ],
    permissions: { contents: { least: 'none', most: 'read' } },
  },
  'docker/setup-buildx-action': {
    uses: 'docker/setup-buildx-action@37fe631027851001ddb9b187196cc803df7f5f0e',
    version: 'v4.3.0',
    inputs: {
      version: { type: 'string' },
      driver: {
        default: 'docker-container',
        type: 'enum',
        values: ['docker', 'docker-container', 'kubernetes', 'remote', 'cloud'],
      },
      'driver-opts': { type: 'list', separator: '\n' },
      'buildkitd-flags': { type: 'string' },
      'buildkitd-config': { type: 'string' },
      'buildkitd-config-inline': { type: 'string' },
      use: { default: 'true', type: 'boolean' },
      name: { type: 'string' },
      endpoint: { type: 'string' },
      platforms: { type: 'list', separator: '\n' },
      append: { type: 'string' },
      'keep-state': { default: 'false', type: 'boolean' },
      'cache-binary': { default: 'true', type: 'boolean' },
      cleanup: { default: 'true', type: 'boolean' },
    },
    outputs: ['driver', 'endpoint', 'flags', 'name', 'nodes', 'platforms', 'status'],
    permissions: {},
  },
  'github/codeql-action/upload-sarif': {
    uses: 'github/codeql-action/upload-sarif@8aad20d150bbac5944a9f9d289da16a4b0d87c1e',
    version: 'v4.36.2',
    inputs: {
      sarif_file: { default: '../results', type: 'string' },
      checkout_path: { default: '${{ github.workspace }}', type: 'string' },
      ref: { type: 'string' },
      sha: { type: 'string' },
      token: { default: '${{ github.token }}', type: 'string' },
      matrix: { default: '${{ toJson(matrix) }}', type: 'string' },
      category: { type: 'string' },
      'wait-for-processing': { default: 'true', type: 'boolean' },
    },
    outputs: ['sarif-id', 'sarif-ids'],
    permissions: {
      actions: { least: 'read', most: 'read' },
      contents: { least: 'read', most: 'read' },
      'security-events': { least: 'write', most: 'write' },
    },
  },
  'slackapi/slack-github-action': {
    uses: 'slackapi/slack-github-action@dcb1066f776dd043e64d0e8ba94ca15cc7e1875d',
    version: 'v4.0.0',
    inputs: {
      api: { type: 'string' },
      errors: { default: 'false', type: 'boolean' },
      method: { type: 'string' },
      payload: { type: 'string' },
      'payload-delimiter': { type: 'string' },
      'payload-file-path': { type: 'string' },
      'payload-templated': { default: 'false', type: 'boolean' },
      proxy: { type: 'string' },
      retries: { default: '5', type: 'enum', values: ['0', '5', '10', 'RAPID'] },
      token: { type: 'string' },
      webhook: { type: 'string' },
      'webhook-type': { type: 'enum', values: ['incoming-webhook', 'webhook-trigger'] },
    },
    outputs: ['channel_id', 'ok', 'response', 'thread_ts', 'time', 'ts'],
    permissions: {},
  },
};

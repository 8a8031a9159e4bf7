/** The stages of a pipeline that deploys a Compose stack: functions that make jobs, to be composed in a workflow. */
export { testMigrations } from './alembic.ts';
export type { Bandit } from './bandit.ts';
export { buildImages } from './build-images.ts';
export { checkSettings } from './check-settings.ts';
export { checkout } from './checkout.ts';
export { deploy } from './deploy.ts';
export { announce, type Messages } from './messages.ts';
export { notify } from './notify.ts';
export { rollBack } from './rollback.ts';
export { kindsOfRun, runInputs } from './runs.ts';
export { scan, type Trivy } from './scan.ts';
export { connectionTo } from './server.ts';
export { repositorySettings, stagingEnvironment } from './settings.ts';
export { smokeTest } from './smoke.ts';
export { type NodeTests, testNode } from './test-node.ts';
export { type PythonTests, testPython } from './test-python.ts';
export { postgresService, redisService } from './test-services.ts';

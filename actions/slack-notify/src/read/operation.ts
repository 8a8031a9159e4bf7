/** What the run was started for. */
export const operations = ['deploy', 'redeploy', 'rollback', 'test'] as const;
export type Operation = (typeof operations)[number];

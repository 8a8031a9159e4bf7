import { z } from 'zod';

/** UTC time and short commit, so that ids sort by time: 20260131T235959Z-0a1b2c3. */
export const releaseIdSchema = z
  .string()
  .regex(
    /^\d{8}T\d{6}Z-[0-9a-f]{7}$/,
    'must be a release id, such as 20260131T235959Z-0a1b2c3 (see the output of `status`)',
  );

/** Makes the id of a release of `commit` (40 hexadecimal digits) created at `time`. */
export function releaseId(time: Date, commit: string): string {
  const compact = time.toISOString().replace(/[-:]|\.\d+/g, '');
  return `${compact}-${commit.slice(0, 7)}`;
}

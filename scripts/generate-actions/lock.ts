import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../terminal/errors.ts';
import type { Metadata } from './metadata.ts';

const entrySchema = z.strictObject({
  tag: z.string(),
  sha: z.string().regex(/^[0-9a-f]{40}$/, 'must be a full commit SHA'),
  /** Day of the release. */
  released: z.iso.date(),
  using: z.string(),
  inputs: z.record(
    z.string(),
    z.strictObject({ required: z.boolean(), default: z.string().nullable() }),
  ),
  outputs: z.array(z.string()),
});

const lockSchema = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch (error) {
      context.addIssue(`not JSON: ${String(error)}`);
      return z.NEVER;
    }
  })
  .pipe(z.record(z.string(), entrySchema));

/** A third-party action: the commit that is used, and what its action.yml says there. */
export type LockEntry = z.output<typeof entrySchema>;

/** The third-party actions by what an author writes in `uses`, without the ref: a repository may have several. */
export type Lock = Readonly<Record<string, LockEntry>>;

/** Reads a lock, relative to `root`. Throws `UserError` that names what is wrong in it. */
export async function readLock(root: string, path: string): Promise<Lock> {
  // A project without actions of its own has none.
  if (!existsSync(join(root, path))) return {};
  const text = await readFile(join(root, path), 'utf8');
  const result = lockSchema.safeParse(text);
  if (result.success) return result.data;
  throw new UserError(`${path} is not as it should be:\n${z.prettifyError(result.error)}`);
}

/** Where an action is found: `owner/name` of its repository, and its folder there, '' for the top. */
export function homeOf(key: string): { readonly repository: string; readonly folder: string } {
  const [owner = '', name = '', ...folders] = key.split('/');
  return { repository: `${owner}/${name}`, folder: folders.join('/') };
}

/** What the lock knows of an action's metadata; descriptions are not among it. */
export function metadataOf({ using, inputs, outputs }: LockEntry): Metadata {
  return {
    using,
    inputs: new Map(
      Object.entries(inputs).map(([name, { required, default: value }]) => [
        name,
        { required, ...(value === null ? {} : { default: value }) },
      ]),
    ),
    outputs,
  };
}

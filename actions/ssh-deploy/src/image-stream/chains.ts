import { createHash } from 'node:crypto';

/** The diff ids of an image's layers, lowest first. */
export type DiffIds = readonly string[];

/**
 * The chain id of every layer of an image: what it is on top of all that lies below it, by the rule of the OCI image
 * specification. An engine keeps a layer under this name, so the same files on another base are another layer.
 */
export function chainIds(diffIds: DiffIds): string[] {
  const chains: string[] = [];
  for (const diffId of diffIds) {
    const below = chains.at(-1);
    chains.push(below === undefined ? diffId : sha256(`${below} ${diffId}`));
  }
  return chains;
}

/** The digest of bytes or text, with the algorithm in front. */
export function sha256(content: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

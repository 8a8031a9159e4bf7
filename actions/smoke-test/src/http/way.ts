/** How requests reach the application. */
export interface Way {
  /** The address, without a slash at its end. */
  readonly url: URL;
  /** The port of this machine from which the SSH connection goes on to the application; undefined where it is asked directly. */
  readonly tunnelPort?: number;
}

/** The way in words, for the end of a sentence. */
export function wayInWords({ tunnelPort }: Way): string {
  return tunnelPort === undefined ? 'directly' : 'through the SSH connection';
}

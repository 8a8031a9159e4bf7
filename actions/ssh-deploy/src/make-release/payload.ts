/** What `stage` and `restage` read after the script: the size of a Docker config.json, it, and the release's archive. */
export function stagePayload(configuration: string, archive?: Uint8Array): Uint8Array {
  const head = `${Buffer.byteLength(configuration)}\n${configuration}`;
  return archive === undefined ? Buffer.from(head) : Buffer.concat([Buffer.from(head), archive]);
}

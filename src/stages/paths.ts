/** A path below a folder of the repository, without `./` where that is its top. */
export function pathIn(directory: string, path: string): string {
  return directory === '.' ? path : `${directory}/${path}`;
}

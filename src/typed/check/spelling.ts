/** The one of several names that another is a misspelling of, or the same in another notation. */
export function likeOne(name: string, names: Iterable<string>): string | undefined {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[-_. ]/g, '');
  const most = name.length < 5 ? 1 : 2;
  const [best] = [...names]
    .filter((each) => each !== name)
    .map((each) => ({ each, distance: plain(each) === plain(name) ? 0 : distance(name, each) }))
    .filter(({ distance: found }) => found <= most)
    .sort((one, other) => one.distance - other.distance);
  return best?.each;
}

/** How many letters have to be put in, taken out, changed or swapped to make one text of the other. */
function distance(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 2) return 3;
  let [before, last] = [[] as number[], Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1;
      let least = Math.min(
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + same,
      );
      if (
        row > 1 &&
        column > 1 &&
        one[row - 1] === other[column - 2] &&
        one[row - 2] === other[column - 1]
      )
        least = Math.min(least, (before[column - 2] ?? 0) + 1);
      next.push(least);
    }
    [before, last] = [last, next];
  }
  return last[other.length] ?? 3;
}

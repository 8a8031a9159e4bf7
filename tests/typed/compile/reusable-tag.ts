// A workflow of another repository by a tag, and by half a SHA.
import { reusable } from '../../../src/typed/index.ts';

export const one = reusable(
  'octo/shared/.github/workflows/release.yml@v1', // error: a tag or branch can be moved: pin the full SHA of the commit
  {},
);

export const other = reusable(
  'octo/shared/.github/workflows/release.yml@0123456789abcdef', // error: a tag or branch can be moved: pin the full SHA of the commit
  {},
);

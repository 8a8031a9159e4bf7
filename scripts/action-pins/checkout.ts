import { attempt, run } from '../terminal/process.ts';
import type { ActionRepository } from './repository.ts';

/** What a Git checkout in a folder tells of an action, for whoever cannot ask GitHub. Throws where git does not run. */
export function openCheckout(folder: string): ActionRepository {
  const git = (...words: string[]) => attempt('git', ['-C', folder, ...words]);
  const lines = (text: string | undefined) =>
    (text ?? '').split('\n').filter((line) => line !== '');
  return {
    async commitOfTag(tag) {
      return (await git('rev-parse', '--verify', '--quiet', `refs/tags/${tag}^{commit}`))?.trim();
    },
    async tagsOf(sha) {
      return lines(await run('git', ['-C', folder, 'tag', '--points-at', sha]));
    },
    async latestTag() {
      const tags = await git('tag', '--list', 'v*', '--sort=-version:refname');
      return lines(tags).find((tag) => /^v\d+(?:\.\d+)*$/.test(tag));
    },
    async dayOfCommit(sha) {
      return (await git('show', '--no-patch', '--format=%cs', sha))?.trim();
    },
    async dayOfRelease(tag) {
      const day = await git('for-each-ref', '--format=%(creatordate:short)', `refs/tags/${tag}`);
      return day?.trim() || undefined;
    },
    file: (path, sha) => git('show', `${sha}:${path}`),
  };
}

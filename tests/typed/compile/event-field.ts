// A misspelt part of what an event says, and text of others without quotes.
import { github, job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('release', basics)
  .step({
    name: 'Tag',
    env: { TAG: github.event.release.tag }, // error: Property 'tag' does not exist
    run: 'echo "$TAG"',
  })
  .step({
    name: 'Body',
    env: { BODY: github.event.comment.body },
    run: 'echo $BODY', // error: others write BODY
  });

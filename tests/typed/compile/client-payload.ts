// A field that the author did not state, one that is none, and a text of others without quotes.
import { clientPayload, job } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

const sent = clientPayload({ version: 'string' });

export default job('release', basics)
  .step({
    name: 'Commit',
    env: { COMMIT: sent.commit }, // error: Property 'commit' does not exist
    run: 'echo "$COMMIT"',
  })
  .step({
    name: 'Version',
    env: { VERSION: sent.version },
    run: 'echo $VERSION', // error: others write VERSION
  });

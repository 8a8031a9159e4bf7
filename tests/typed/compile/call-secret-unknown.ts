// A secret that the called workflow does not declare, and none of those that it requires.
import { call } from '../../../src/typed/index.ts';
import { deployOne, given, repo } from '../sample.ts';

export const one = call('deploy', {
  name: 'Deploy',
  uses: deployOne,
  with: given.with,
  secrets: {
    TOKEN: repo.secrets.SCAN_TOKEN,
    TOKKEN: repo.secrets.SCAN_TOKEN, // error: the workflow declares no secret TOKKEN
  },
  permissions: {},
});

export const other = call('deploy', {
  name: 'Deploy',
  uses: deployOne,
  with: given.with,
  secrets: { OTHER: repo.secrets.SCAN_TOKEN }, // error: the workflow requires the secret TOKEN
  permissions: {},
});

// A call that does not say what the called jobs may do.
import { call } from '../../../src/typed/index.ts';
import { deployOne, given } from '../sample.ts';

const open = { name: 'Deploy', uses: deployOne, ...given } as const;

export default call('deploy', open); // error: Property 'permissions' is missing

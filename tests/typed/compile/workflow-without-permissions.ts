// A workflow that gives its jobs whatever the repository allows.
import { workflow } from '../../../src/typed/index.ts';
import { test } from '../sample.ts';

const definition = { name: 'Example', on: { push: {} }, jobs: [test] } as const;
export default workflow('example', definition); // error: Property 'permissions' is missing

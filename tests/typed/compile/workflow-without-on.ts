// A workflow that nothing starts.
import { workflow } from '../../../src/typed/index.ts';
import { test } from '../sample.ts';

const definition = { name: 'Example', permissions: {}, jobs: [test] } as const;
export default workflow('example', definition); // error: Property 'on' is missing

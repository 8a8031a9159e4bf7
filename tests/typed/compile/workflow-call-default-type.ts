// A text as the default of a boolean.
import { workflowCall } from '../../../src/typed/index.ts';

export default workflowCall({
  inputs: {
    dry: { type: 'boolean', default: 'false' }, // error: not assignable
  },
});

// Calls know no choices.
import { workflowCall } from '../../../src/typed/index.ts';

export default workflowCall({
  inputs: {
    level: {
      type: 'choice', // error: not assignable to type
      options: ['quick', 'all'],
    },
  },
});

// A default that is never taken.
import { workflowCall } from '../../../src/typed/index.ts';

export default workflowCall({
  inputs: {
    target: {
      type: 'string',
      required: true,
      default: 'staging', // error: a required input never takes its default
    },
  },
});

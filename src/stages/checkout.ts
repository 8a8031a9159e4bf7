import { step } from '../typed/step.ts';

/** Checks the commit of the run out, and leaves no credentials behind. */
export const checkout = step({
  name: 'Check out',
  uses: 'actions/checkout',
  with: { 'persist-credentials': false },
});

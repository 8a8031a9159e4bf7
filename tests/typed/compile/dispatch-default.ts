// A default that is none of the options.
import { dispatch } from '../../../src/typed/index.ts';

export default dispatch({
  action: {
    description: 'What',
    type: 'choice',
    options: ['deploy', 'rollback'],
    default: 'redeploy', // error: the default is none of the options
  },
});

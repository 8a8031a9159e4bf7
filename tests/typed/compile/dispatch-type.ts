// A type that inputs do not have.
import { dispatch } from '../../../src/typed/index.ts';

export default dispatch({
  dry: {
    description: 'Only tell',
    type: 'bool', // error: Type '"bool"' is not assignable
  },
});

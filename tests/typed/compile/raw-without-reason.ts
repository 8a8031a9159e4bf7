// Keys that the layer does not know, without a reason, and without raw() at all.
import { job, raw } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

export default job('serve', basics)
  .step({
    name: 'Serve',
    run: './serve',
    raw: raw({ background: true }), // error: Expected 2 arguments, but got 1
  })
  .step({
    name: 'Serve again',
    run: './serve',
    raw: { background: true }, // error: 'background' does not exist in type 'Raw'
  })
  .step({
    name: 'And again',
    run: './serve',
    background: true, // error: a step has no key background
  });

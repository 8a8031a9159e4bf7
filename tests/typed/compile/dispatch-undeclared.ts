// An input that nobody declared.
import { byHand } from '../sample.ts';

export default byHand.inputs.dryRun; // error: Property 'dryRun' does not exist

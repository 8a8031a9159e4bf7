// An output that the job does not have.
import { build } from '../sample.ts';

export default build.outputs.sha; // error: Property 'sha' does not exist

// An output that the script does not declare.
import { image } from '../sample.ts';

export default image.outputs.tag; // error: Property 'tag' does not exist

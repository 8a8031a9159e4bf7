import { post } from '../../shared/src/post.ts';

await post();

import { post } from '../../shared/src/ssh/post.ts';

await post();

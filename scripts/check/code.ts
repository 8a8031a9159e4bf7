import { repositoryRoot } from '../repository.ts';
import { runChecker } from './checker.ts';

const tools = `${repositoryRoot}/node_modules/.bin`;

/** Checks the types of everything but the frontend, which has a compiler of its own. */
export async function checkTypes(): Promise<void> {
  await runChecker(`${tools}/tsc`, [], 'Mend the types.');
}

/** Checks the types of the workflows alone, which takes half a second after the first time. */
export async function checkWorkflowTypes(): Promise<void> {
  await runChecker(
    `${tools}/tsc`,
    ['--project', 'workflows', '--pretty', 'false'],
    'Mend the types.',
  );
}

/** Checks lint rules and format of every TypeScript, JSON and CSS file, the frontend's too. */
export async function checkFormat(): Promise<void> {
  await runChecker(
    `${tools}/biome`,
    ['check', '--colors=off', '--error-on-warnings'],
    'Most of it mends itself: npx biome check --write',
  );
}

import { github } from '../typed/contexts.ts';
import type { StepDefinition } from '../typed/step.ts';

/** How migrations are tested, on the database of the tests. */
export type MigrationTest =
  /** All of them, from an empty database: up, down and up again, then compared with the models. */
  | { readonly from: 'base'; readonly compare?: boolean }
  /**
   * Only those that came since the commit before, for a chain that an empty database does not survive: `prepare` makes
   * the schema of the commit before, which is checked out in the folder `$BEFORE`.
   */
  | { readonly from: 'commit-before'; readonly prepare: string };

/** The step that tests the migrations. With `commit-before` the job has to check out the whole history. */
export function testMigrations(test: MigrationTest): StepDefinition {
  if (test.from === 'base')
    return {
      name: 'Migrations up, down and up again',
      run: [
        'alembic upgrade heads',
        'alembic downgrade base',
        'alembic upgrade heads',
        ...(test.compare === false ? [] : ['alembic check']),
      ].join('\n'),
    };
  return {
    name: 'New migrations up, down and up again',
    env: { COMMIT_BEFORE: github.event.before },
    run: [
      // A run by hand knows of no push: the first parent is what was there before.
      'before=$(git rev-parse --verify --quiet "$COMMIT_BEFORE^{commit}" || git rev-parse HEAD^)',
      'folder=$(git rev-parse --show-prefix)',
      'export BEFORE="$RUNNER_TEMP/before"',
      'git worktree add --detach "$BEFORE" "$before"',
      'BEFORE="$BEFORE/$folder"',
      test.prepare,
      'heads=$(cd "$BEFORE" && alembic heads | cut -d" " -f1)',
      '# shellcheck disable=SC2086 # one word for each head',
      'alembic stamp $heads',
      'alembic upgrade heads',
      '# shellcheck disable=SC2086',
      'for head in $heads; do alembic downgrade "$head"; done',
      'alembic upgrade heads',
    ].join('\n'),
  };
}

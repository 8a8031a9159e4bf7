import { describe, expect, it } from 'vitest';
import { scriptFaults } from '../../workflows/typed/check/scripts.ts';
import type { Plain, PlainStep } from '../../workflows/typed/yaml.ts';

function unset(...steps: Partial<PlainStep>[]): string[] {
  const job = {
    name: 'A job',
    'timeout-minutes': 5,
    permissions: {},
    steps: steps.map((step) => ({ name: 'A step', ...step })),
  };
  const workflow: Plain = { name: 'Example', on: {}, permissions: {}, jobs: { job } };
  return scriptFaults({ workflow, settings: [] }).map(
    ({ message }) => /\$(\w+)/.exec(message)?.[1] ?? '',
  );
}

describe('a script that reads what nothing sets', () => {
  it.each([
    ['in double quotes', 'echo "$TAG"', ['TAG']],
    ['in braces', `echo "\${TAG}" "\${IMAGE%@*}" "\${#LIST}"`, ['TAG', 'IMAGE', 'LIST']],
    ['between apostrophes that quote nothing', `echo "it's $TAG's"`, ['TAG']],
    ['in a document that is expanded', 'cat <<END\n$TAG\nEND', ['TAG']],
    ['more than once', 'echo "$TAG" "$TAG"', ['TAG']],
  ])('%s', (_, run, names) => {
    expect(unset({ run })).toEqual(names);
  });
});

describe('a script that reads only what is set', () => {
  it.each([
    ['in single quotes, where nothing is read', "awk '{ print $NF }'"],
    ['in a document that is not expanded', "cat <<'END'\n$TAG\nEND"],
    ['after a backslash', 'echo \\$TAG'],
    ['by an assignment', 'TAG=1\necho "$TAG"'],
    ['by export', 'export TAG=1 IMAGE=2; echo "$TAG $IMAGE"'],
    ['by a loop', 'for TAG in a b; do echo "$TAG"; done'],
    ['by read', 'while read -r TAG REST; do echo "$TAG $REST"; done'],
    ['by a default', 'echo "$'.concat('{TAG:-none}"')],
    ['by the runner', 'echo "$GITHUB_SHA $RUNNER_TEMP $HOME"'],
  ])('%s', (_, run) => {
    expect(unset({ run })).toEqual([]);
  });

  it('from env', () => {
    expect(unset({ run: 'echo "$TAG"', env: { TAG: '1' } })).toEqual([]);
  });

  it('from a step before, by GITHUB_ENV', () => {
    const before = { run: 'echo "TAG=1" >> "$GITHUB_ENV"' };
    expect(unset(before, { run: 'echo "$TAG"' })).toEqual([]);
    expect(unset({ run: 'echo "$TAG"' }, before)).toEqual(['TAG']);
  });

  it('in another language', () => {
    expect(unset({ run: 'Write-Output $TAG', shell: 'pwsh' })).toEqual([]);
  });
});

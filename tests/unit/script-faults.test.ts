import { describe, expect, it } from 'vitest';
import { scriptFaults } from '../../src/typed/check/scripts.ts';
import { writes } from '../../src/typed/check/written-outputs.ts';
import type { Plain, PlainStep } from '../../src/typed/plain.ts';

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
    ['after an apostrophe in a comment', `# it's\necho "$TAG"\n# it's`, ['TAG']],
    ['in a command in double quotes', 'echo "$(cut -d"/" -f1 <<< "$TAG")"', ['TAG']],
    ['after a document', "cat <<'END'\n$A\nEND\necho $TAG", ['TAG']],
    ['behind a backslash in double quotes', 'echo "\\"$TAG\\""', ['TAG']],
    ['more than once', 'echo "$TAG" "$TAG"', ['TAG']],
  ])('%s', (_, run, names) => {
    expect(unset({ run })).toEqual(names);
  });
});

describe('a script that reads only what is set', () => {
  it.each([
    ['in single quotes, where nothing is read', "awk '{ print $NF }'"],
    ['in a document that is not expanded', "cat <<'END'\n$TAG\nEND"],
    ['in single quotes of several lines', "awk '\n{ print $NF }\n'"],
    ['in single quotes within a command in double quotes', `echo "$(awk '{ print $NF }' list)"`],
    ['in $…', "echo $'it\\'s $TAG'"],
    ['in a comment', 'true # see $TAG'],
    ['in an indented document that is not expanded', 'cat <<-\\END\n\t$TAG\n\tEND'],
    ['of which it is only the beginning', 'echo "$ImageOS $Im"'],
    ['by select', 'select TAG in a b; do echo "$TAG"; done'],
    ['by another script', '. ./versions.sh\necho "$TAG"'],
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

  it('from a step before, by a program that writes to GITHUB_ENV', () => {
    expect(unset({ run: 'node x.ts >> "$GITHUB_ENV"' }, { run: 'echo "$TAG"' })).toEqual([]);
  });

  it('in another language', () => {
    expect(unset({ run: 'Write-Output $TAG', shell: 'pwsh' })).toEqual([]);
  });
});

describe('a script that writes an output', () => {
  it.each([
    ['by echo', 'echo "tag=1" >> "$GITHUB_OUTPUT"'],
    ['in a document', 'cat <<END >> "$GITHUB_OUTPUT"\ntag=1\nEND'],
    ['of several lines', '{ echo "tag<<END"; date; echo END; } >> "$GITHUB_OUTPUT"'],
    ['by printf', 'printf \'a=1\\ntag=2\\n\' >> "$GITHUB_OUTPUT"'],
    ['by another program', 'node x.ts >> "$GITHUB_OUTPUT"'],
    ['under a name that is computed', 'echo "$name=1" >> "$GITHUB_OUTPUT"'],
  ])('%s', (_, run) => {
    expect(writes(run, 'tag')).toBe(true);
  });

  it.each([
    ['of another name', 'echo "imagetag=1" >> "$GITHUB_OUTPUT"'],
    ['in a comment', '# tag=1\necho "a=1" >> "$GITHUB_OUTPUT"'],
    ['to another file', 'echo "tag=1" >> output.txt'],
    ['by the end of a group', 'for a in b; do echo "a=1"; done >> "$GITHUB_OUTPUT"'],
  ])('but not %s', (_, run) => {
    expect(writes(run, 'tag')).toBe(false);
  });
});

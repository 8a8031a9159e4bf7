import { expect, it } from 'vitest';
import { eventPayload } from '../../scripts/local/event.ts';
import { branch } from '../../workflows/settings.ts';

const commit = '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567';
const parent = 'f'.repeat(40);
const snapshot = {
  directory: '/nowhere',
  commit,
  parent,
  message: 'Add a city to customers',
  author: { name: 'Camille', email: 'camille@azals.test' },
  dirty: false,
};

it('sends a push to develop as GitHub does', () => {
  expect(eventPayload('push', snapshot, {})).toMatchObject({
    ref: `refs/heads/${branch}`,
    before: parent,
    after: commit,
    head_commit: {
      id: commit,
      message: snapshot.message,
      author: snapshot.author,
      url: `https://github.com/azals/azals/commit/${commit}`,
    },
    repository: { full_name: 'azals/azals', name: 'azals', owner: { login: 'azals' } },
  });
});

it('has zeros before the first commit', () => {
  expect(eventPayload('push', { ...snapshot, parent: '' }, {})).toMatchObject({
    before: '0'.repeat(40),
  });
});

it('sends the inputs of a run by hand, and no commit', () => {
  const payload = eventPayload('workflow_dispatch', snapshot, { reason: 'demo at ten' });
  expect(payload).toMatchObject({ ref: `refs/heads/${branch}`, inputs: { reason: 'demo at ten' } });
  expect(payload).not.toHaveProperty('head_commit');
});

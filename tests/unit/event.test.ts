import { expect, it } from 'vitest';
import { eventPayload } from '../../scripts/local/run/event.ts';

const commit = '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567';
const parent = 'f'.repeat(40);
const snapshot = {
  directory: '/nowhere',
  commit,
  parent,
  message: 'Add a city to customers',
  author: { name: 'Camille', email: 'camille@example.org' },
  dirty: false,
};
const source = { snapshot, repository: 'example/shop', branch: 'develop' };

it('sends a push to develop as GitHub does', () => {
  expect(eventPayload('push', source, {})).toMatchObject({
    ref: 'refs/heads/develop',
    before: parent,
    after: commit,
    head_commit: {
      id: commit,
      message: snapshot.message,
      author: snapshot.author,
      url: `https://github.com/example/shop/commit/${commit}`,
    },
    repository: {
      full_name: 'example/shop',
      name: 'shop',
      owner: { login: 'example' },
      default_branch: 'develop',
    },
  });
});

it('has zeros before the first commit', () => {
  expect(
    eventPayload('push', { ...source, snapshot: { ...snapshot, parent: '' } }, {}),
  ).toMatchObject({
    before: '0'.repeat(40),
  });
});

it('sends the inputs of a run by hand, and no commit', () => {
  const payload = eventPayload('workflow_dispatch', source, { reason: 'demo at ten' });
  expect(payload).toMatchObject({ ref: 'refs/heads/develop', inputs: { reason: 'demo at ten' } });
  expect(payload).not.toHaveProperty('head_commit');
});

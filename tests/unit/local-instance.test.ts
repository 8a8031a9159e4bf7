import { expect, it } from 'vitest';
import { instanceIn } from '../../scripts/local/surroundings/instance.ts';
import { urlTable } from '../../scripts/local/surroundings/urls.ts';
import { smallProject } from './small-project.ts';

const of = (changes: Parameters<typeof smallProject>[0] = {}, slot = 0) =>
  instanceIn(slot, smallProject(changes), 'example/shop', 'local');

it('has the port that the proxy publishes, moved for each further clone', () => {
  expect(of()).toMatchObject({ publicPort: 8081, stagingUrl: 'http://localhost:8081' });
  expect(of({}, 2)).toMatchObject({ publicPort: 8081, stagingUrl: 'http://localhost:8281' });
  expect(
    of()
      .stagingPorts.filter((each) => each.private)
      .map(({ port }) => port),
  ).toEqual([5433, 3001]);
});

it.each([
  ['none', [], 0],
  ['only to the server itself', ['127.0.0.1:8081:80'], 0],
  ['two', ['8081:80', '8443:443'], 2],
])('refuses a proxy that publishes %s', (_, ports, count) => {
  const services = { proxy: { ports, profiles: [] } };
  expect(() => of({ services })).toThrow(
    expect.objectContaining({
      name: 'UserError',
      message: `compose.yml: the service proxy has to publish one port to everybody; it publishes ${count}.`,
    }),
  );
});

it('takes a port on two addresses for one', () => {
  const services = { proxy: { ports: ['0.0.0.0:8081:80', '[::]:8081:80'], profiles: [] } };
  expect(of({ services }).publicPort).toBe(8081);
});

it('tells the addresses that the settings name, those of monitoring where it runs, and the hint', () => {
  const local = {
    addresses: { Shop: '/', Help: '/help' },
    hint: 'The password is in {secrets}',
  };
  const table = urlTable(of({ local }, 1), ['graphs']);
  expect(table).toEqual([
    'Staging is up',
    '  Shop            http://localhost:8181',
    '  Help            http://localhost:8181/help',
    '  Graphs          http://localhost:3101',
    '  Slack messages  http://localhost:8191',
    expect.stringMatching(/^ {2}The password is in \/.*\/instances\/1\/local\/secrets\.json$/),
  ]);
  expect(urlTable(of(), []).join('\n')).not.toContain('Graphs');
});

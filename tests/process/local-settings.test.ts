import { expect, it } from 'vitest';
import { demandLocalValues, localSettings } from '../../scripts/local/run/local-settings.ts';
import { instanceIn } from '../../scripts/local/surroundings/instance.ts';
import type { LocalRun } from '../../src/project/local-run.ts';
import { repositorySettings, stagingEnvironment } from '../../src/stages/settings.ts';
import { declaredSettings, required } from '../../src/typed/environment.ts';
import { smallProject } from '../unit/small-project.ts';

const repository = repositorySettings({
  variables: { SHOP_NAME: 'How the shop is called', SHOP_MOTTO: 'What it says' },
  optional: ['SHOP_MOTTO'],
});
const staging = stagingEnvironment('staging', { secrets: { PAYMENT_KEY: 'Of the bank' } });

const settingsWith = (local: LocalRun, optionalServices: readonly string[] = []) =>
  localSettings({
    instance: instanceIn(1, smallProject({ local }), 'Example/Shop', 'local'),
    secrets: { sshKey: 'key', githubToken: 'ghs_1', slackToken: 'xoxb-1', passwords: {} },
    knownHosts: 'the keys',
    optionalServices,
    images: { unavailable: [] },
  });

const own = { variables: { SHOP_NAME: 'Shop' }, secrets: { PAYMENT_KEY: 'sk_test_1' } };

it('has a value for everything that the stages need, and what the settings give', () => {
  const { variables, secrets } = settingsWith(own, ['graphs', 'mail']);
  expect(declaredSettings()).toHaveLength(2);
  const needed = Object.keys({ ...required(repository), ...required(staging) });
  expect(Object.keys({ ...variables, ...secrets })).toEqual(expect.arrayContaining(needed));
  expect(variables).toMatchObject({
    // A registry takes no capitals.
    IMAGE_REPOSITORY: 'example/shop',
    REGISTRY: 'localhost:5100',
    STAGING_URL: 'http://localhost:8181',
    STAGING_SSH_PORT: '2322',
    STAGING_KNOWN_HOSTS: 'the keys',
    STAGING_OPTIONAL_SERVICES: 'graphs mail',
    SHOP_NAME: 'Shop',
  });
  expect(secrets).toEqual({
    GITHUB_TOKEN: 'ghs_1',
    STAGING_SSH_KEY: 'key',
    SLACK_BOT_TOKEN: 'xoxb-1',
    PAYMENT_KEY: 'sk_test_1',
  });
});

it('lets the settings say another value', () => {
  const variables = { ...own.variables, SLACK_CHANNEL: '#elsewhere' };
  expect(settingsWith({ ...own, variables }).variables.SLACK_CHANNEL).toBe('#elsewhere');
});

it('takes a password of the local run for the secret of its name', () => {
  const local = { variables: own.variables, passwords: ['PAYMENT_KEY'] };
  expect(() => demandLocalValues(smallProject({ local }))).not.toThrow();
});

it('names everything that the project declares and gives no value, but what may stay empty', () => {
  expect(() => demandLocalValues(smallProject({ local: {} }))).toThrow(
    expect.objectContaining({
      name: 'UserError',
      message: expect.stringMatching(
        /give: local\.variables\.SHOP_NAME, local\.secrets\.PAYMENT_KEY$/,
      ),
    }),
  );
});

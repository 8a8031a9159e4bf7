import { IncomingWebhook } from '@slack/webhook';
import { expect, it } from 'vitest';
import { lastMessage, receivedMessages } from '../../scripts/local/run/slack-messages.ts';
import { instanceIn } from '../../scripts/local/surroundings/instance.ts';
import { smallProject } from './small-project.ts';
import { startStandIn, temporaryFolder } from './stand-ins-process.ts';

it('reads back what Slack’s stand-in was sent, as lines of text', async () => {
  await using folder = await temporaryFolder();
  await using slack = await startStandIn('slack', folder.path);
  const local = instanceIn(0, smallProject(), 'example/shop', 'local');
  const here = { ...local, ports: { ...local.ports, slack: Number(new URL(slack.url).port) } };
  const began = new Date();
  expect(await lastMessage(here, began)).toBeUndefined();

  const address = `${slack.url}/services/T000/B000/abcdefgh`;
  await new IncomingWebhook(address).send({
    text: 'for screen readers',
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: '*Live*\nrelease 7' } },
      { type: 'section', fields: [{ type: 'mrkdwn', text: '*Commit*\n0a1b2c3' }] },
      { type: 'context', elements: [{ type: 'mrkdwn', text: 'by camille' }] },
      {
        type: 'actions',
        elements: [{ type: 'button', text: { type: 'plain_text', text: 'Open' } }],
      },
    ],
  });
  const lines = ['*Live*', 'release 7', '*Commit* 0a1b2c3', 'by camille', '[Open]'];
  expect(await lastMessage(here, began)).toEqual(lines);
  expect(await lastMessage(here, new Date(Date.now() + 60_000))).toBeUndefined();

  await fetch(address, { method: 'POST', body: '{"text":' });
  expect(await receivedMessages(here)).toMatchObject([
    { accepted: true, lines },
    { accepted: false, lines: ['{"text":'] },
  ]);
});

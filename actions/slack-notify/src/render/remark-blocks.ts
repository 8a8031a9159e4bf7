import type { KnownBlock } from '@slack/web-api';
import { oneLine } from '../../../shared/src/foreign-text.ts';
import type { Facts } from '../decide/facts.ts';
import type { Remark } from '../decide/remarks.ts';
import { link, mrkdwn, untrusted } from './mrkdwn.ts';
import { scannedInWords } from './scanned-in-words.ts';
import { timeOfDay } from './texts/clock.ts';
import type { Texts } from './texts/texts.ts';

const nameLimit = 80;
const reasonLimit = 300;

/** What else there is to know, a section each: together they may be longer than Slack takes. */
export function remarkBlocks({ remarks, repositoryUrl }: Facts, words: Texts): KnownBlock[] {
  return remarks.map((remark) => ({
    type: 'section',
    text: mrkdwn(remarkText(remark, repositoryUrl, words)),
  }));
}

function remarkText(remark: Remark, repositoryUrl: string, texts: Texts): string {
  const words = texts.remark;
  switch (remark.kind) {
    case 'unreachable':
      return words.unreachable;
    case 'working':
      return words.working(untrusted(remark.release, nameLimit));
    case 'held': {
      const { by, runUrl, release, until } = remark;
      // What the host was told is a link only where it leads to a run of this repository.
      const ours = runUrl.startsWith(`${repositoryUrl}/actions/runs/`);
      const who = ours ? link(runUrl, oneLine(by, nameLimit)) : untrusted(by, nameLimit);
      return words.held(who || '–', untrusted(release, nameLimit) || '–', timeOfDay(until));
    }
    case 'locked':
      return words.locked(
        untrusted(remark.by, nameLimit) || '–',
        untrusted(remark.reason, reasonLimit) || '–',
      );
    case 'displaced': {
      const { number, url, commit, actor } = remark;
      const ours = url.startsWith(`${repositoryUrl}/actions/runs/`);
      const run = ours ? link(url, `#${number}`) : `#${number}`;
      return words.displaced(
        run,
        untrusted(commit.slice(0, 7), nameLimit),
        untrusted(actor, nameLimit) || '–',
      );
    }
    case 'journal':
      return words.journal(untrusted(remark.host, nameLimit), remark.line);
    case 'not-checked': {
      const names = remark.scans.map((name) => untrusted(name, nameLimit)).join(', ');
      return words.notChecked(scannedInWords(remark.what, texts), names);
    }
    case 'suite': {
      const { name, tests, failed, first } = remark;
      return words.suite(untrusted(name, nameLimit), failed, tests, untrusted(first, reasonLimit));
    }
  }
}

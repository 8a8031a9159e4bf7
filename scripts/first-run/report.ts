import { styleText } from 'node:util';
import { plainText } from '../../actions/shared/src/foreign-text.ts';
import type { Finding } from './finding.ts';

const signs = {
  right: ['✓', 'green'],
  wrong: ['✗', 'red'],
  unknown: ['?', 'yellow'],
  note: ['!', 'yellow'],
} as const;

/** The findings as lines for a terminal, with the commands that mend them, and how many there are at the end. */
export function reportLines(repository: string, findings: readonly Finding[]): string[] {
  const count = (verdict: Finding['verdict']) =>
    findings.filter((each) => each.verdict === verdict).length;
  const counted = (
    [
      ['right', 'right'],
      ['wrong', 'to mend'],
      ['unknown', 'not checked'],
      ['note', 'to know'],
    ] as const
  )
    .map(([verdict, words]) => [count(verdict), words] as const)
    .filter(([number]) => number > 0)
    .map(([number, words]) => `${number} ${words}`)
    .join(', ');
  const end =
    count('right') === findings.length
      ? `All ${findings.length} are right: git push, and gh run watch.`
      : `${isReady(findings) ? 'Nothing to mend: ' : ''}${counted}${isReady(findings) ? '.' : ''}`;
  return [
    repository,
    '',
    ...findings.flatMap(({ verdict, says, mend = [] }) => {
      const [sign, colour] = signs[verdict];
      return [
        `  ${styleText(colour, sign)} ${oneParagraph(says)}`,
        ...mend.map((command) => `      ${oneParagraph(command)}`),
      ];
    }),
    '',
    end,
  ];
}

function oneParagraph(text: string): string {
  return plainText(text).replaceAll(/\s*\n\s*/g, ' ');
}

/** Whether nothing is left to mend, and nothing was left out. */
export function isReady(findings: readonly Finding[]): boolean {
  return findings.every(({ verdict }) => verdict === 'right' || verdict === 'note');
}

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { logText, plainText, summaryText } from '../src/foreign-text.ts';
import { code, foldedCode, heading, line, list, table } from '../src/summary-page.ts';
import { commandsIn } from './runner-commands.ts';

it.each([
  ['::set-output name=release::evil', '| ::set-output name=release::evil'],
  ['  \t::error::forged', '  \t| ::error::forged'],
  ['\u00a0\u3000::add-mask::a', '\u00a0\u3000| ::add-mask::a'],
  ['\u200b\u202e::stop-commands::x', '| ::stop-commands::x'],
  ['GET /##[add-mask]e HTTP/1.1', 'GET /# #[add-mask]e HTTP/1.1'],
  ['####[group]x##[group]y', '### #[group]x# #[group]y'],
  ['all is well\r::warning::forged', 'all is well\n| ::warning::forged'],
  ['a\u2028::warning::forged', 'a\n| ::warning::forged'],
  ['C:\\a::b ::c', 'C:\\a::b ::c'],
  ['\u001b[2J\u001b[31mred\u001b[0m', 'red'],
  ['\u001b]8;;http://evil.example\u0007click\u001b]8;;\u001b\\', 'click'],
  ['a\u009b31mb\u0085c\u202ed\u2066e\u200fe', 'a31mbcdee'],
  ['bell\u0007 back\b null\0 delete\u007f', 'bell back null delete'],
  ['#\u200b#[group]', '# #[group]'],
  ['a\tb', 'a\tb'],
  ['⚠️ ✅ é 漢字', '⚠️ ✅ é 漢字'],
])('%j is %j in the log', (foreign, shown) => {
  expect(logText(foreign)).toBe(shown);
});

const pieces = [
  ...['::', '##[', '#', '[', ':', 'error', 'set-output name=a', ']', ' ', '\t', '\n', '\r', '\0'],
  ...['\u001b[31m', '\u009b', '\u0085', '\u200b', '\u202e', '\u2028', '\ufeff', '\u00a0', '😀'],
  ...['\ud800', 'Z\u0335\u0335\u0335\u0335', 'x', '%0A', '\u001b]8;;', '\u0007', '\u001b\\'],
];
const foreign = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 4 })))
  .map((parts) => parts.join(''));

it('whatever it is, the runner finds no command in it, and a terminal nothing to do', () => {
  fc.assert(
    fc.property(foreign, (text) => {
      const shown = logText(text);
      expect(commandsIn(shown)).toEqual([]);
      expect(shown).not.toMatch(mischief);
      expect(plainText(shown)).toBe(shown);
    }),
    { numRuns: 2000 },
  );
});

const mischief = /(?![\n\t])[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u;

it.each([
  ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)&gt;'],
  ['[click](http://evil.example)', '&#91;click&#93;(http://evil.example)'],
  ['![x](http://evil.example/x.png)', '!&#91;x&#93;(http://evil.example/x.png)'],
  [
    '**bold** ~~gone~~ `code` @here',
    '&#42;&#42;bold&#42;&#42; &#126;&#126;gone&#126;&#126; &#96;code&#96; &#64;here',
  ],
  ['_soft_ snake_case', '&#95;soft&#95; snake_case'],
  [
    'a\r\n# Head\n- item\n1. item\n---\n> quoted',
    'a<br>&#35; Head<br>&#45; item<br>1&#46; item<br>&#45;--<br>&gt; quoted',
  ],
  ['a | b \\ $x$ &lt;', 'a &#124; b &#92; &#36;x&#36; &amp;lt;'],
  ['1.5 s, shop#7, a-b', '1.5 s, shop#7, a-b'],
  ['\u001b[31mred\u202e', 'red'],
])('%j stays text on the job’s page', (text, escaped) => {
  expect(summaryText(text)).toBe(escaped);
});

it('has no part of a page in which a text is not escaped', () => {
  const text = '</td></pre></code><b>[x](y)';
  const parts = [
    heading(text),
    line(text),
    list([text]),
    table([text], [[text]]),
    code(text),
    foldedCode(text, text),
  ];
  for (const part of parts) {
    expect(part).toContain('&lt;/td&gt;&lt;/pre&gt;&lt;/code&gt;&lt;b&gt;&#91;x&#93;(y)');
    expect(part).not.toContain('<b>');
  }
});

import { expect, it } from 'vitest';
import { outcomes } from '../src/decide/outcome.ts';
import { textsIn } from '../src/render/texts/languages.ts';
import type { Texts } from '../src/render/texts/texts.ts';

/** Every text of a language, with something to read in the place of what is filled in. */
function all(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') return [String(value('1', '2'))];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(all) : [];
}

it('does not compile without a translation', () => {
  const { broke: _, ...withoutOne } = textsIn('fr');
  // @ts-expect-error A language that lacks a text is no language.
  const incomplete: Texts = withoutOne;
  const { live: __, ...headlines } = textsIn('en').headline;
  // @ts-expect-error Nor is one that has no words for an outcome.
  const untold: Texts['headline'] = headlines;
  expect([Object.keys(incomplete).length, Object.keys(untold).length]).toEqual([
    Object.keys(textsIn('fr')).length - 1,
    outcomes.length - 1,
  ]);
});

it('has French as it is printed', () => {
  const texts = all(textsIn('fr'));
  expect(texts.length).toBeGreaterThan(40);
  for (const text of texts) {
    expect(text).not.toMatch(/['"]|\.\.\.|\s{2}/);
    // A space that does not break stands before a colon, a narrow one before the other double marks.
    expect(text).not.toMatch(/(?<!\u00a0):/);
    expect(text).not.toMatch(/(?<!\u202f)[;!?]/);
  }
});

it('says everything differently in the two languages, and nothing twice', () => {
  const [french, english] = [textsIn('fr'), textsIn('en')];
  for (const outcome of outcomes)
    expect(french.headline[outcome]).not.toBe(english.headline[outcome]);
  for (const { headline } of [french, english])
    expect(new Set(Object.values(headline)).size).toBe(outcomes.length);
});

import { english } from './english.ts';
import { french } from './french.ts';
import type { Texts } from './texts.ts';

export const locales = ['fr', 'en'] as const;
export type Locale = (typeof locales)[number];

const byLocale: Readonly<Record<Locale, Texts>> = { fr: french, en: english };

/** The texts in a language. */
export function textsIn(locale: Locale): Texts {
  return byLocale[locale];
}

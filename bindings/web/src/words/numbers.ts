// Numbers in words.

import type { Language } from "../words.ts";

/** In Spanish as in the United States and Mexico, numbers have a decimal point, as the engine's sentences do. */
export const LOCALES: Record<Language, string> = { en: "en-US", es: "es-US" };

/** Made once: making one takes longer than an answer. */
const FORMATS = new Map<Language, Intl.NumberFormat>();

/** Returns how numbers are written. */
export function numberFormat(language: Language): Intl.NumberFormat {
  let format = FORMATS.get(language);
  if (!format) FORMATS.set(language, (format = new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: 3 })));
  return format;
}

/** Returns what says a number with what is counted, in the singular or the plural. */
export function counter(language: Language): (n: number, one: string, other: string) => string {
  const plural = new Intl.PluralRules(language);
  const number = numberFormat(language);
  return (n, one, other) => `${number.format(n)} ${plural.select(n) === "one" ? one : other}`;
}

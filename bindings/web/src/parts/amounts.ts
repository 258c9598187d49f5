// Amounts in words. The units are the engine's.

import type { Measure } from "credstack";

import { numberFormat } from "../words/numbers.ts";
import type { Context, Node } from "./context.ts";

type Amount = NonNullable<Node["amount"]>;

/** Says so much of a measure. */
export function worth({ labels, language }: Pick<Context, "labels" | "language">, n: number, measure: Measure): string {
  const units = n === 1 ? labels.unit_of_one : labels.unit_of_several;
  return `${numberFormat(language).format(n)} ${units[measure]}`;
}

/** Says what there is, and of how much. */
export function amount(context: Context, { have, need, measure }: Amount): string {
  const { words, language } = context;
  const number = numberFormat(language);
  return measure
    ? words.amount(number.format(have), worth(context, need, measure))
    : words.plainAmount(number.format(have), number.format(need));
}

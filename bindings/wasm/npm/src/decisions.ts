// What follows from two words of an answer. The engine decides it: its tables are in `generated/tables.ts`.

import { AWAITS_AWARD, CAN_BE_AWARDED, OUTLOOK, type Outlook } from "./generated/tables.js";
import type { TargetAnswer } from "./generated/determination.js";

export type { Outlook };

/** Returns which group of answers a credential belongs to. */
export function outlookOf({ status, admission }: Pick<TargetAnswer, "status" | "admission">): Outlook {
  return OUTLOOK[status][admission];
}

/** Returns whether a credential is earned, not awarded yet, and can be awarded now. */
export function canBeAwarded({ status, conferral }: Pick<TargetAnswer, "status" | "conferral">): boolean {
  return CAN_BE_AWARDED[status][conferral];
}

/** Returns whether a credential is earned, and its award has to wait for the gates. */
export function awaitsAward({ status, conferral }: Pick<TargetAnswer, "status" | "conferral">): boolean {
  return AWAITS_AWARD[status][conferral];
}

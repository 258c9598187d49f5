// The learner's record, as the form holds it: always one that can be sent to the engine and saved.

import type { Attainment as Stated, LearnerRecord } from "credstack";

/** An attainment in which what is not stated is absent, never null. */
export type Attainment = { [Name in keyof Stated]: Exclude<Stated[Name], null> };

/** A record whose lists are all there. */
export type Draft = Required<Omit<LearnerRecord, "attainments">> & { attainments: Attainment[] };

export function emptyDraft(declared: readonly string[]): Draft {
  return {
    version: 1,
    learner: "learner",
    attributes: {},
    attainments: [],
    declared: [...declared],
    conferred: [],
    approvals: [],
    exceptions: [],
  };
}

/** Returns a record that the engine has read, as a draft. */
export function draftOf(record: LearnerRecord): Draft {
  const stated = (attainment: Stated): Attainment =>
    Object.fromEntries(Object.entries(attainment).filter(([, field]) => field !== null)) as Attainment;
  return { ...emptyDraft([]), ...record, attainments: (record.attainments ?? []).map(stated) };
}

/** Returns whether there is anything in it that the learner brought. */
export function isEmpty(draft: Draft): boolean {
  const { attributes, attainments, conferred, approvals, exceptions } = draft;
  return [Object.keys(attributes), attainments, conferred, approvals, exceptions].every((list) => list.length === 0);
}

/** Returns an id that no attainment has yet. */
export function freeId(draft: Draft): string {
  const taken = new Set(draft.attainments.map(({ id }) => id));
  let number = draft.attainments.length + 1;
  while (taken.has(String(number))) number++;
  return String(number);
}

/** Returns the value with a field set, or without it if there is nothing to set. */
export function set<Value extends object, Name extends keyof Value & string>(
  value: Value,
  name: Name,
  field: Value[Name] | undefined,
): Value {
  const { [name]: _, ...rest } = value;
  return (field === undefined ? rest : { ...rest, [name]: field }) as Value;
}

/** Returns whether a text can be a name: of a code, a grade, an attainment. */
export function isName(text: string): boolean {
  return (
    text.trim() === text && text !== "" && !/\p{Control}/u.test(text) && new TextEncoder().encode(text).length <= 200
  );
}

/** The largest number that the engine reads. */
const LARGEST = 1_000_000;

/** Returns whether a text is an amount as the engine reads it: no sign, at most three places. */
export function isAmount(text: string): boolean {
  return /^\d{1,9}(\.\d{1,3})?$/.test(text) && Number(text) <= LARGEST;
}

/** Returns whether a text is a number as the engine reads it. */
export function isNumber(text: string): boolean {
  return isAmount(text.replace(/^-/, ""));
}

/** Returns whether a text is a real day, YYYY-MM-DD. */
export function isDate(text: string): boolean {
  if (!/^(19|20|21)\d\d-\d\d-\d\d$|^2200-\d\d-\d\d$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** Returns today where the learner is. */
export function today(): string {
  const now = new Date();
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

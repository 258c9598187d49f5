// Every word of the page that is not the engine's or the catalog's, in both languages.
//
// The engine says statuses, kinds of credentials and units itself: `labels` of the context has them. What is here is
// said before there is an engine, or by the page alone.

import type { Standing } from "credstack";

import { english } from "./words/english.ts";
import { LOCALES } from "./words/numbers.ts";
import { spanish } from "./words/spanish.ts";

export type Language = "en" | "es";

export const LANGUAGES: readonly { code: Language; name: string }[] = [
  { code: "en", name: "English" },
  { code: "es", name: "Español" },
];

type Kind = "course" | "badge" | "certificate" | "degree" | "exam" | "experience" | "competency";

/** A sentence with a number in it. */
type Counted = (n: number) => string;

export interface Words {
  loading: string;
  promise: string;
  forgets: string;
  language: string;
  yourRecord: string;
  answers: string;
  asOf: string;

  // What the learner has.
  has: string;
  search: string;
  searchHint: string;
  found: Counted;
  moreFound: Counted;
  notInCatalog: (code: string) => string;
  badCode: string;
  added: (what: string) => string;
  removed: (what: string) => string;
  nothingYet: string;
  grade: string;
  noGrade: string;
  state: string;
  states: Record<"completed" | "in_progress" | "planned", string>;
  more: string;
  moreOf: (what: string) => string;
  remove: string;
  removeOf: (what: string) => string;
  credits: string;
  kind: string;
  kinds: Record<Kind, string>;
  asInCatalog: string;
  when: string;
  noDate: string;
  onDay: string;
  day: string;
  expires: string;
  source: string;
  sources: Record<"institution" | "transfer" | "exam" | "waiver" | "external", string>;
  scale: string;
  notStated: string;
  yes: string;
  no: string;
  badNumber: string;

  // About the learner.
  pursues: string;
  pursuesHint: string;
  addPursued: string;
  choose: string;
  first: (what: string) => string;
  awarded: string;
  awardedHint: string;
  awardedCredential: string;
  awardedOn: string;
  add: string;
  facts: string;
  factsHint: string;
  kept: (approvals: number, exceptions: number) => string;

  // Files.
  file: string;
  fileHint: string;
  chooseFile: string;
  dropHere: string;
  saveRecord: string;
  startOver: string;
  undo: string;
  recordTaken: (name: string) => string;
  rowsTaken: (n: number, name: string) => string;
  rowsRefused: Counted;
  rowsLeftOut: string;
  whose: string;
  whoseHint: Counted;
  rowsOf: (learner: string, n: number) => string;
  take: string;
  line: (line: number) => string;
  cleared: string;

  // What is wrong with a file.
  tooLarge: (name: string, size: string, most: string) => string;
  badRecord: (name: string) => string;
  place: (line: number, column: number) => string;
  csv: {
    unreadable: (name: string) => string;
    utf16: string;
    workbook: string;
    gzip: string;
    notUtf8: string;
    saveAsUtf8: string;
    unpack: string;
    empty: string;
    nameColumns: (columns: string) => string;
    unknownColumn: (column: string) => string;
    knownColumns: (columns: string) => string;
    twice: (column: string) => string;
    leaveOne: string;
    missingColumn: (column: string) => string;
    addColumn: (column: string) => string;
    useCommas: string;
    openQuote: string;
    closeQuote: string;
    badQuote: string;
    cells: (found: number, expected: number) => string;
    sameCells: string;
    emptyCell: (column: string) => string;
    fillIn: string;
    badWord: (column: string, text: string) => string;
    oneOf: (words: string) => string;
    badAmount: (column: string, text: string) => string;
    writeAmount: string;
    badDate: (column: string, text: string) => string;
    writeDate: string;
    badFlag: (column: string, text: string) => string;
    writeFlag: string;
    badName: (column: string) => string;
    writeName: string;
    repeated: (id: string) => string;
    ownId: string;
  };

  // Answers.
  standings: Record<Standing, string>;
  /** What there is, of how much of what. */
  amount: (have: string, worth: string) => string;
  /** The same of plain numbers. */
  plainAmount: (have: string, need: string) => string;
  toGo: Counted;
  counted: (have: number, need: number) => string;
  summary: { complete: Counted; inProgress: Counted; review: Counted; startable: Counted };
  pursuedTogether: string;
  groups: { complete: string; review: string; startable: string; further: string };
  nextSteps: string;
  moreSteps: Counted;
  requirements: string;
  toStart: string;
  toBeAwarded: string;
  alternative: string;
  whyNot: string;
  sharedTitle: string;
  sharedUse: (n: number, titles: string) => string;
  exceptions: string;
  grantedBy: string;
  notices: string;
  unproved: string;
  edition: (year: number) => string;
  pursue: string;
  changed: Counted;
  working: string;
  notAnswered: string;
  unknownTargets: (ids: string) => string;

  // The picture.
  stack: string;
  stackHint: string;
  stackAsList: string;
  countsToward: (from: string, into: string) => string;
  neededFor: (from: string, into: string) => string;

  // Plans.
  plan: string;
  planOf: (title: string) => string;
  load: string;
  loadHint: string;
  planNothing: string;
  planTotal: (courses: number, credits: number) => string;
  planLeast: string;
  planTerm: (n: number) => string;
  planInstead: string;
  planBefore: string;
  planThen: string;
  planStill: string;
  planWithoutTerms: string;

  // Print.
  print: string;
  unofficial: string;
  unofficialHint: string;
  printed: (date: string) => string;
  rules: string;
  engine: string;

  // When it does not work.
  retry: string;
  problems: Record<
    | "bundleUnreachable"
    | "bundleDamaged"
    | "bundleVersion"
    | "moduleUnreachable"
    | "moduleDamaged"
    | "insecure"
    | "stopped"
    | "noBundle",
    { title: string; mend: string }
  >;
  details: string;
  trapped: string;
  refused: string;
}

export const WORDS: Record<Language, Words> = { en: english(), es: spanish() };

/** Says a civil date in words. */
export function sayDate(date: string, language: Language): string {
  return DATES[language].format(new Date(`${date}T00:00:00Z`));
}

/** Made once: making one takes longer than an answer. */
const DATES: Record<Language, Intl.DateTimeFormat> = { en: dates("en"), es: dates("es") };

function dates(language: Language): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(LOCALES[language], { dateStyle: "long", timeZone: "UTC" });
}

/** Says a number of bytes in words. */
export function saySize(bytes: number, language: Language): string {
  const format = { style: "unit", unit: "megabyte", maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(LOCALES[language], format).format(bytes / 2 ** 20);
}

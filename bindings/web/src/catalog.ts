// Looking things up in the catalog: search, grades, where a stack's credentials stand in its picture. What anything
// counts for is not decided here.

import type { CatalogContent, StackGraph } from "credstack";

export type Course = NonNullable<CatalogContent["courses"]>[string];
export type Attribute = NonNullable<CatalogContent["learner_attributes"]>[string];
export type Scale = NonNullable<CatalogContent["scales"]>[string];

/** Something that can be put on a record. */
export interface Item {
  code: string;
  course: Course;
  /** Code and title as they are searched. */
  plain: string;
}

/** A search: the best matches, and how many there are. */
export interface Found {
  items: Item[];
  count: number;
}

/** How many matches are shown. */
const SHOWN = 40;

/** Returns everything that the catalog lists, ready to be searched. */
export function searchable(catalog: CatalogContent): Item[] {
  return Object.entries(catalog.courses ?? {}).map(([code, course]) => ({
    code,
    course,
    plain: `${plain(code)} ${plain(code).replaceAll(" ", "")} ${plain(course.title ?? "")}`,
  }));
}

/** Finds the items that have all the words of a query, those whose code begins with it first. */
export function search(items: readonly Item[], query: string): Found {
  const words = plain(query).split(/\s+/).filter(Boolean);
  const matches = items.filter((item) => words.every((word) => item.plain.includes(word)));
  const whole = words.join(" ");
  const rank = (item: Item): number => {
    const code = plain(item.code);
    if (code === whole) return 0;
    if (code.startsWith(whole) || code.replaceAll(" ", "").startsWith(whole)) return 1;
    return words.every((word) => item.plain.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(word))) ? 2 : 3;
  };
  const ranked = matches.map((item) => ({ item, rank: rank(item) })).sort((a, b) => a.rank - b.rank);
  return { items: ranked.slice(0, SHOWN).map(({ item }) => item), count: matches.length };
}

function plain(text: string): string {
  return text
    .normalize("NFD")
    .replaceAll(/\p{Mark}/gu, "")
    .toLowerCase();
}

/** Returns what the catalog says of a code; a record may have any text there, also that of a method. */
export function courseOf(catalog: CatalogContent, code: string): Course | undefined {
  return own(catalog.courses, code);
}

/** Returns the title of a credential, or its id where the catalog has none. */
export function titleOf(catalog: CatalogContent, credential: string): string {
  return own(catalog.credentials, credential)?.title ?? credential;
}

/** Returns what a table of the catalog has under a name. */
export function own<Value>(table: Record<string, Value> | undefined, name: string): Value | undefined {
  return table && Object.hasOwn(table, name) ? table[name] : undefined;
}

/** Returns the terms, latest first. */
export function termsOf(catalog: CatalogContent): string[] {
  const terms = Object.entries(catalog.terms ?? {});
  return terms.sort(([, a], [, b]) => b.starts.localeCompare(a.starts)).map(([id]) => id);
}

/** A way from one credential to another, by their ids. */
export interface Edge {
  from: string;
  into: string;
  /** Whether what the first counts may count again in the second; otherwise it only has to be held. */
  stacks: boolean;
}

/** Credentials that ways lead to or from, in columns from left to right. */
export interface Stack {
  columns: string[][];
  edges: Edge[];
}

/** Lays out the stacks of a graph: those that have one of these credentials, or all if none is given. */
export function stacksOf({ nodes, edges }: StackGraph, credentials: readonly string[]): Stack[] {
  const ids = nodes.map(({ id }) => id);
  const idOf = (node: number): string => ids[node] ?? "";
  const ways = edges.map(({ from, into, stacks }) => ({ from: idOf(from), into: idOf(into), stacks }));
  const stacks = new Set(nodes.map(({ stack }) => stack));
  const parts = [...stacks].map((number) => nodes.filter(({ stack }) => stack === number).map(({ id }) => id));
  const asked = parts.filter((part) => credentials.length === 0 || credentials.some((id) => part.includes(id)));
  return asked.map((part) => {
    const inside = ways.filter(({ from }) => part.includes(from));
    return { columns: columnsOf(part, inside), edges: inside };
  });
}

/** Puts each credential to the right of all that lead to it, near the middle of them. */
function columnsOf(credentials: string[], edges: readonly Edge[]): string[][] {
  const level = new Map(credentials.map((id) => [id, 0]));
  // Ways in a circle would push one another on without end.
  for (let round = 1; round < credentials.length; round++) {
    for (const { from, into } of edges) {
      const after = (level.get(from) ?? 0) + 1;
      if (after > (level.get(into) ?? 0) && after < credentials.length) level.set(into, after);
    }
  }
  const columns: string[][] = [];
  for (const id of credentials) (columns[level.get(id) ?? 0] ??= []).push(id);
  const place = new Map<string, number>();
  return columns.filter(Boolean).map((column) => {
    const middle = (id: string): number => {
      const before = edges.filter(({ into }) => into === id).flatMap(({ from }) => place.get(from) ?? []);
      return before.length > 0 ? before.reduce((sum, at) => sum + at, 0) / before.length : 0;
    };
    const sorted = column.map((id) => ({ id, at: middle(id) })).sort((a, b) => a.at - b.at);
    sorted.forEach(({ id }, at) => place.set(id, at));
    return sorted.map(({ id }) => id);
  });
}

// Looking things up in the catalog: search, grades, the picture of the stack. What anything counts
// for is not decided here.

import type { CatalogContent } from "credstack";

export type Course = NonNullable<CatalogContent["courses"]>[string];
export type Attribute = NonNullable<CatalogContent["learner_attributes"]>[string];
export type Scale = NonNullable<CatalogContent["scales"]>[string];
type Requirement = CatalogContent["credentials"] extends infer Credentials | undefined
  ? Credentials extends Record<string, { editions: { completion: infer R }[] }>
    ? R
    : never
  : never;

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

/** Everything that the catalog lists, ready to be searched. */
export function searchable(catalog: CatalogContent): Item[] {
  return Object.entries(catalog.courses ?? {}).map(([code, course]) => ({
    code,
    course,
    plain: `${plain(code)} ${plain(code).replaceAll(" ", "")} ${plain(course.title ?? "")}`,
  }));
}

/** The items that have all the words of a query, those whose code begins with it first. */
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

/** What the catalog says of a code; a record may have any text there, also that of a method. */
export function courseOf(catalog: CatalogContent, code: string): Course | undefined {
  return own(catalog.courses, code);
}

/** The title of a credential, or its id where the catalog has none. */
export function titleOf(catalog: CatalogContent, credential: string): string {
  return own(catalog.credentials, credential)?.title ?? credential;
}

/** What a table of the catalog has under a name. */
export function own<Value>(table: Record<string, Value> | undefined, name: string): Value | undefined {
  return table && Object.hasOwn(table, name) ? table[name] : undefined;
}

/** The terms, latest first. */
export function termsOf(catalog: CatalogContent): string[] {
  const terms = Object.entries(catalog.terms ?? {});
  return terms.sort(([, a], [, b]) => b.starts.localeCompare(a.starts)).map(([id]) => id);
}

/** A way from one credential to another. */
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

/** The stacks of a catalog: those that have one of these credentials, or all if none is given. */
export function stacksOf(catalog: CatalogContent, credentials: readonly string[]): Stack[] {
  const edges = edgesOf(catalog);
  const parts: Set<string>[] = [];
  for (const { from, into } of edges) {
    const joined = parts.filter((part) => part.has(from) || part.has(into));
    for (const part of joined) parts.splice(parts.indexOf(part), 1);
    parts.push(new Set([from, into, ...joined.flatMap((part) => [...part])]));
  }
  const asked = parts.filter((part) => credentials.length === 0 || credentials.some((id) => part.has(id)));
  return asked.map((part) => {
    const inside = edges.filter(({ from }) => part.has(from));
    return { columns: columnsOf([...part].sort(), inside), edges: inside };
  });
}

function edgesOf(catalog: CatalogContent): Edge[] {
  const credentials = catalog.credentials ?? {};
  const edges: Edge[] = (catalog.stacks ?? []).map(({ from, into }) => ({ from, into, stacks: true }));
  for (const [into, { editions }] of Object.entries(credentials)) {
    const trees = editions.flatMap(({ admission, completion, conferral }) => [admission, completion, conferral]);
    for (const from of trees.flatMap((tree) => (tree ? earnedIn(tree) : []))) {
      if (!edges.some((edge) => edge.from === from && edge.into === into)) edges.push({ from, into, stacks: false });
    }
  }
  return edges.filter(({ from, into }) => from in credentials && into in credentials && from !== into);
}

/** The credentials that a requirement asks to be held. */
function earnedIn({ rule }: Requirement): string[] {
  if ("earned" in rule) return [rule.earned];
  if ("all" in rule) return rule.all.flatMap(earnedIn);
  if ("any" in rule) return rule.any.flatMap(earnedIn);
  if ("at_least" in rule) return rule.at_least.of.flatMap(earnedIn);
  if ("not" in rule) return earnedIn(rule.not);
  if ("when" in rule) return [rule.when.test, rule.when.then, rule.when.otherwise].flatMap(earnedIn);
  return [];
}

/** Each credential stands to the right of all that lead to it, near the middle of them. */
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

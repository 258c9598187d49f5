// A table of attainments, with the columns that `credstack batch` reads from attainments.csv.

import { ATTAINMENT_KINDS, ATTAINMENT_SOURCES, ATTAINMENT_STATUSES, type CatalogContent } from "credstack";
import Papa from "papaparse";

import type { Attribute } from "./catalog.ts";
import { type Attainment, isAmount, isDate, isName, isNumber } from "./record.ts";
import type { Words } from "./words.ts";

/** What is wrong, and how to mend it, in the language that is asked for. */
export type Fault = (words: Words["csv"]) => { reason: string; mend: string };

/** A row that can be taken. */
export interface Row {
  line: number;
  learner: string;
  attainment: Attainment;
}

/** A row that cannot. */
export interface BadRow {
  line: number;
  /** Whose it is, as far as it can be read. */
  learner: string;
  /** The row as it was written. */
  text: string;
  faults: Fault[];
}

/** A table: its rows, each either taken or refused; or why it cannot be read at all. */
export type Table = { rows: Row[]; refused: BadRow[] } | { line: number; faults: Fault[] };


/** The columns with a fixed meaning. One learner's own table needs no `learner_id`. */
const COLUMNS = [
  ...["learner_id", "code", "attainment_id", "kind", "credits", "hours", "grade", "grade_scale", "status"],
  ...["completed_on", "expires_on", "source", "issuer", "verified", "tags", "competencies"],
];

/** Reads a file's bytes. */
export function readTable(bytes: Uint8Array, catalog: CatalogContent): Table {
  const foreign = foreignTo(bytes);
  if (foreign) return { line: 1, faults: [foreign] };
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return { line: 1, faults: [(w) => ({ reason: w.notUtf8, mend: w.saveAsUtf8 })] };
  }
  const lines = split(text.replaceAll(/\r\n?/g, "\n"));
  const [header, ...rows] = lines;
  if (!header || header.cells.every((cell) => cell === "")) {
    return { line: 1, faults: [(w) => ({ reason: w.empty, mend: w.nameColumns("code,grade,completed_on") })] };
  }
  const attributes = catalog.attainment_attributes ?? {};
  const faults = headerFaults(header.cells, attributes);
  if (faults.length > 0) return { line: header.line, faults };
  const open = lines.find(({ broken }) => broken === "open");
  if (open) return { line: open.line, faults: [(w) => ({ reason: w.openQuote, mend: w.closeQuote })] };
  const table = { rows: [] as Row[], refused: [] as BadRow[] };
  for (const row of rows) {
    if (row.cells.every((cell) => cell === "")) continue;
    const read = new Cells(header.cells, row, attributes).read();
    const learner = row.cells[header.cells.indexOf("learner_id")] ?? "";
    if ("faults" in read) table.refused.push({ line: row.line, learner, text: row.text, faults: read.faults });
    else table.rows.push({ line: row.line, learner, attainment: read.attainment });
  }
  return table;
}

interface Line {
  line: number;
  text: string;
  cells: string[];
  /** A quote that is never closed, or one in a wrong place. */
  broken?: "open" | "stray";
}

function split(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  let line = 1;
  Papa.parse<string[]>(text, {
    delimiter: ",",
    newline: "\n",
    step({ data, errors, meta }) {
      const raw = text.slice(start, meta.cursor);
      const broken = errors.some(({ code }) => code === "MissingQuotes")
        ? "open"
        : errors.length > 0
          ? "stray"
          : undefined;
      const cells = data.map((cell) => cell.trim());
      lines.push({ line, text: raw.replace(/\n$/, ""), cells, ...(broken ? { broken } : {}) });
      line += raw.split("\n").length - 1;
      start = meta.cursor;
    },
  });
  return lines;
}

/** Tells what the first bytes say against text in UTF-8. */
function foreignTo([a, b, c, d]: Uint8Array): Fault | undefined {
  const starts = (...bytes: number[]): boolean => bytes.every((byte, at) => [a, b, c, d][at] === byte);
  if (starts(0xff, 0xfe) || starts(0xfe, 0xff) || (b !== undefined && (a === 0 || b === 0))) {
    return (w) => ({ reason: w.utf16, mend: w.saveAsUtf8 });
  }
  if (starts(0x50, 0x4b, 3, 4)) return (w) => ({ reason: w.workbook, mend: w.saveAsUtf8 });
  if (starts(0x1f, 0x8b)) return (w) => ({ reason: w.gzip, mend: w.unpack });
  return undefined;
}

function headerFaults(header: readonly string[], attributes: Record<string, Attribute>): Fault[] {
  const known = [...COLUMNS, ...Object.keys(attributes)];
  const faults = header.flatMap((title, at): Fault[] => {
    if (header.indexOf(title) < at) return [(w) => ({ reason: w.twice(shown(title)), mend: w.leaveOne })];
    const isKnown = COLUMNS.includes(title) || Object.hasOwn(attributes, attributeOf(title));
    return isKnown ? [] : [(w) => ({ reason: w.unknownColumn(shown(title)), mend: w.knownColumns(known.join(", ")) })];
  });
  if (header.includes("code")) return faults;
  const isOtherwiseSeparated = header.length === 1 && /[;\t|]/.test(header[0] ?? "");
  return [
    ...(isOtherwiseSeparated ? [] : faults),
    (w) => ({ reason: w.missingColumn("code"), mend: isOtherwiseSeparated ? w.useCommas : w.addColumn("code") }),
  ];
}

/** Finds a declared attribute: one with the name of a fixed column is written `attribute:NAME`. */
function attributeOf(title: string): string {
  return title.replace(/^attribute:/, "");
}

/** Shortens a cell to what messages show of it. */
function shown(text: string): string {
  return [...text].slice(0, 40).join("");
}

/** Reads the cells of one row, gathering all that is wrong. */
class Cells {
  readonly #header: readonly string[];
  readonly #row: Line;
  readonly #attributes: Record<string, Attribute>;
  readonly #faults: Fault[] = [];

  constructor(header: readonly string[], row: Line, attributes: Record<string, Attribute>) {
    this.#header = header;
    this.#row = row;
    this.#attributes = attributes;
  }

  read(): { attainment: Attainment } | { faults: Fault[] } {
    const { cells, broken, line } = this.#row;
    if (broken) return { faults: [(w) => ({ reason: w.badQuote, mend: w.closeQuote })] };
    if (cells.length !== this.#header.length) {
      return { faults: [(w) => ({ reason: w.cells(cells.length, this.#header.length), mend: w.sameCells })] };
    }
    const code = this.#name("code");
    if (!this.#cell("code")) this.#faults.push((w) => ({ reason: w.emptyCell("code"), mend: w.fillIn }));
    const fields: Partial<Attainment> = {
      kind: this.#word("kind", ATTAINMENT_KINDS),
      credits: this.#amount("credits"),
      hours: this.#amount("hours"),
      grade: this.#name("grade"),
      scale: this.#name("grade_scale"),
      status: this.#word("status", ATTAINMENT_STATUSES),
      completed_on: this.#completed(),
      expires_on: this.#checked("expires_on", isDate, (column, text) => (w) => ({
        reason: w.badDate(column, text),
        mend: w.writeDate,
      })),
      source: this.#word("source", ATTAINMENT_SOURCES),
      issuer: this.#cell("issuer"),
      verified: this.#flag("verified", this.#cell("verified")),
      tags: this.#list("tags"),
      competencies: this.#names("competencies"),
      attributes: this.#values(),
    } as Partial<Attainment>;
    const id = this.#name("attainment_id") ?? `line-${line}`;
    this.#name("learner_id");
    if (this.#faults.length > 0) return { faults: this.#faults };
    const stated = Object.entries(fields).filter(([, field]) => field !== undefined);
    return { attainment: { id, of: code ?? "", ...Object.fromEntries(stated) } };
  }

  /** Returns a cell, without blanks around it; nothing if it is empty or not there. */
  #cell(column: string): string | undefined {
    return this.#row.cells[this.#header.indexOf(column)] || undefined;
  }

  #checked(
    column: string,
    isRight: (text: string) => boolean,
    fault: (column: string, text: string) => Fault,
  ): string | undefined {
    const text = this.#cell(column);
    if (text === undefined || isRight(text)) return text;
    this.#faults.push(fault(column, shown(text)));
    return undefined;
  }

  #name(column: string): string | undefined {
    return this.#checked(column, isName, (column) => (w) => ({ reason: w.badName(column), mend: w.writeName }));
  }

  #amount(column: string): string | undefined {
    return this.#checked(column, isAmount, badAmount);
  }

  /** Reads a day or the name of a term; what looks like a day must be one. */
  #completed(): string | undefined {
    const isRight = (text: string): boolean => (/^[\d/-]{10}$/.test(text) ? isDate(text) : isName(text));
    return this.#checked("completed_on", isRight, (column, text) => (w) => ({
      reason: w.badDate(column, text),
      mend: w.writeDate,
    }));
  }

  /** Reads one of a fixed list of words; letter case, blanks and hyphens are forgiven. */
  #word<Word extends string>(column: string, words: readonly Word[]): Word | undefined {
    const text = this.#cell(column);
    const found = words.find((word) => word === text?.toLowerCase().replaceAll(/[ -]/g, "_"));
    if (text !== undefined && found === undefined) this.#faults.push(badWord(column, text, words));
    return found;
  }

  #flag(column: string, text: string | undefined): boolean | undefined {
    if (text === undefined) return undefined;
    if (/^(yes|true)$/i.test(text)) return true;
    if (/^(no|false)$/i.test(text)) return false;
    this.#faults.push((w) => ({ reason: w.badFlag(column, shown(text)), mend: w.writeFlag }));
    return undefined;
  }

  #list(column: string): string[] | undefined {
    return this.#cell(column)
      ?.split(";")
      .map((part) => part.trim())
      .filter(Boolean);
  }

  #names(column: string): string[] | undefined {
    const names = this.#list(column);
    if (names?.every(isName)) return names;
    if (names) this.#faults.push((w) => ({ reason: w.badName(column), mend: w.writeName }));
    return undefined;
  }

  /** Reads the declared attributes that have a cell. */
  #values(): Record<string, boolean | number | string | string[]> | undefined {
    const values = this.#header.flatMap((title, at) => {
      const declaration = COLUMNS.includes(title) ? undefined : this.#attributes[attributeOf(title)];
      const text = this.#row.cells[at];
      const value = declaration && text ? this.#value(title, text, declaration) : undefined;
      return value === undefined ? [] : [[attributeOf(title), value] as const];
    });
    return values.length > 0 ? Object.fromEntries(values) : undefined;
  }

  #value(column: string, text: string, { kind }: Attribute): boolean | number | string | string[] | undefined {
    const refuse = (fault: Fault): undefined => void this.#faults.push(fault);
    if (kind === "flag") return this.#flag(column, text);
    if (kind === "number") return isNumber(text) ? Number(text) : refuse(badAmount(column, shown(text)));
    if (kind === "date") {
      return isDate(text) ? text : refuse((w) => ({ reason: w.badDate(column, shown(text)), mend: w.writeDate }));
    }
    if (kind === "text") return text;
    if ("choice" in kind) return kind.choice.includes(text) ? text : refuse(badWord(column, text, kind.choice));
    const parts = text
      .split(";")
      .map((part) => part.trim())
      .filter(Boolean);
    const bad = parts.find((part) => !kind.choices.includes(part));
    return bad === undefined ? parts : refuse(badWord(column, bad, kind.choices));
  }
}

function badAmount(column: string, text: string): Fault {
  return (w) => ({ reason: w.badAmount(column, text), mend: w.writeAmount });
}

function badWord(column: string, text: string, words: readonly string[]): Fault {
  return (w) => ({ reason: w.badWord(column, shown(text)), mend: w.oneOf(words.join(", ")) });
}

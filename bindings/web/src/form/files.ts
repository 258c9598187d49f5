// Files: records and tables that come in, and the record that goes out.

import { type BadRow, readTable, type Row } from "../csv.ts";
import type { EngineClient } from "../engine/client.ts";
import { EngineError } from "../engine/error.ts";
import { isolated } from "../parts/text.ts";
import { type Attainment, draftOf, today } from "../record.ts";
import { saySize } from "../words.ts";
import type { Asking } from "./asking.ts";
import type { Editing } from "./editing.ts";
import type { State } from "./state.ts";

/** Reads files, and writes one. */
export class Files {
  readonly #state: State;
  readonly #asking: Asking;
  readonly #editing: Editing;

  constructor(state: State, asking: Asking, editing: Editing) {
    this.#state = state;
    this.#asking = asking;
    this.#editing = editing;
  }

  /** Gives the record to the learner as a file. */
  save(): void {
    const { draft, client } = this.#state;
    const stated = Object.entries(draft).filter(
      ([, field]) => typeof field !== "object" || Object.keys(field).length > 0,
    );
    const text = JSON.stringify(Object.fromEntries(stated), undefined, 2);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = `${client?.catalog.id ?? "credstack"}-record-${today()}.json`;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  /** Shows that a file may be dropped. */
  dragged(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.#state.isDragging = this.#state.client !== undefined;
  }

  /** Reads the file that was dropped. */
  dropped(event: DragEvent): void {
    this.#state.isDragging = false;
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    void this.#read(file);
  }

  /** Reads the file that was chosen. */
  chosen(event: Event): void {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    if (file) void this.#read(file);
    // The same file may be chosen again, once it is mended.
    input.value = "";
  }

  /** Adds rows of a table to the record. */
  take(rows: readonly Row[], refused: readonly BadRow[], name: string): void {
    const { draft } = this.#state;
    const taken = new Set(draft.attainments.map(({ id }) => id));
    const added: Attainment[] = [];
    const repeated: BadRow[] = [];
    for (const { line, learner, attainment } of rows) {
      const { id, of } = attainment;
      if (taken.has(id))
        repeated.push({
          line,
          learner,
          text: of,
          faults: [(words) => ({ reason: words.repeated(id), mend: words.ownId })],
        });
      else added.push(attainment);
      taken.add(id);
    }
    const learner = rows[0]?.learner || draft.learner;
    const all = [...refused, ...repeated].sort((a, b) => a.line - b.line);
    this.#editing.replace(
      { ...draft, learner, attainments: [...draft.attainments, ...added] },
      { kind: "rows", name, count: added.length, refused: all },
    );
  }

  async #read(file: File): Promise<void> {
    const { client, language } = this.#state;
    if (!client) return;
    const name = isolated(file.name);
    if (file.size > client.recordBytes) {
      const [size, most] = [file.size, client.recordBytes].map((bytes) => saySize(bytes, language)) as [string, string];
      this.#state.report = {
        kind: "refused",
        say: (words) => ({ title: words.tooLarge(name, size, most), faults: [] }),
      };
      return;
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    const isRecord =
      /\.json$/i.test(file.name) || /^(\uFEFF)?\s*[{[]/.test(new TextDecoder().decode(bytes.subarray(0, 200)));
    if (isRecord) await this.#readRecord(client, bytes, file.name);
    else this.#readTable(client, bytes, file.name);
  }

  /** Reads a record. The engine says whether it is one; only then is it the learner's. */
  async #readRecord(client: EngineClient, bytes: Uint8Array, name: string): Promise<void> {
    try {
      const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
      const question = { ...this.#asking.question(client), record: text };
      if (!client.now(question)) await client.determine({ ...question, targets: "declared" });
      this.#editing.replace(draftOf(JSON.parse(text)), { kind: "record", name });
    } catch (error) {
      const { line, column, message } = error instanceof EngineError ? error : ({ message: "" } as EngineError);
      this.#state.report = {
        kind: "refused",
        say: (words) => ({
          title: words.badRecord(isolated(name)),
          ...(line !== undefined && column !== undefined ? { where: words.place(line, column) } : {}),
          faults: [message ? { reason: message } : { reason: words.csv.notUtf8, mend: words.csv.saveAsUtf8 }],
        }),
      };
    }
  }

  #readTable(client: EngineClient, bytes: Uint8Array, name: string): void {
    const table = readTable(bytes, client.catalog);
    if ("faults" in table) {
      this.#state.report = {
        kind: "refused",
        say: (words) => ({
          title: words.csv.unreadable(isolated(name)),
          where: words.line(table.line),
          faults: table.faults.map((fault) => fault(words.csv)),
        }),
      };
    } else if (new Set(table.rows.map(({ learner }) => learner)).size > 1) {
      this.#state.report = { kind: "whose", name, ...table };
    } else {
      this.take(table.rows, table.refused, name);
    }
  }
}

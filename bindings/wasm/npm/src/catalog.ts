import type { Abi } from "./abi.js";
import { type Bytes, type Json, copy, decode, encode, view } from "./bytes.js";
import { CredstackError } from "./error.js";
import type { CatalogContent } from "./generated/bundle.js";
import type { Determination } from "./generated/determination.js";
import type { StackGraph } from "./generated/graph.js";
import type { Plan } from "./generated/plan.js";
import type { LearnerRecord } from "./generated/record.js";
import type { Screening } from "./generated/screening.js";
import {
  type PlanQuestion,
  type Question,
  type ScreenQuestion,
  determineQuestion,
  planQuestion,
  screenQuestion,
} from "./question.js";

/** What `verify` found wrong with a determination. */
export interface Finding {
  /** What kind of fault it is. */
  code: string;
  /** Where in the determination. */
  path: string;
  /** What is wrong, for a person. */
  message: string;
}

/**
 * Returns the catalog in a bundle, read without an engine: by a page, say, whose worker opens the bundle. Only opening
 * it checks it; of what is no bundle this throws something, or gives anything.
 */
export function contentOf(bundle: Bytes): CatalogContent {
  const bytes = view(bundle);
  // After the line of the header comes nothing but the catalog.
  return decode(bytes.subarray(bytes.indexOf(0x0a) + 1)) as CatalogContent;
}

/** What a catalog has of its engine. */
export interface Host {
  abi: Abi;
  sha256: string;
  recordBytes: number;
}

/** Of catalogs that nobody holds any more and nobody closed, the handles are given back. */
const forgotten = new FinalizationRegistry<{ abi: Abi; handle: number }>(({ abi, handle }) => abi.close(handle));

/**
 * An open bundle. It stays in the engine: a question takes only the record there. Close it with
 * `free`, or hold it with `using`.
 */
export class Catalog implements Disposable {
  readonly #host: Host;
  readonly #handle: number;
  #bytes: Uint8Array | undefined;
  #content: CatalogContent | undefined;
  #sha256: string | undefined;

  private constructor(host: Host, bytes: Uint8Array, handle: number) {
    this.#host = host;
    this.#bytes = bytes;
    this.#handle = handle;
    forgotten.register(this, { abi: host.abi, handle }, this);
  }

  /** @internal */
  static open(host: Host, bundle: Bytes): Catalog {
    const bytes = copy(bundle);
    return new Catalog(host, bytes, host.abi.call("open", [bytes]).returned);
  }

  /** Decides what a learner has completed and may start. */
  determine(record: Json<LearnerRecord>, question: Question): Determination {
    return decode(this.determineBytes(record, question)) as Determination;
  }

  /** Decides as `determine`, but returns the bytes of the answer's JSON, which are the same on every machine. */
  determineBytes(record: Json<LearnerRecord>, question: Question): Uint8Array<ArrayBuffer> {
    return this.#ask("determine", record, determineQuestion(question, this.#host.sha256));
  }

  /**
   * Says of every credential how far the learner is and whether they may start it, each by itself and without
   * reasons: for a whole catalog at once, many times faster than `determine`.
   */
  screen(record: Json<LearnerRecord>, question: ScreenQuestion): Screening {
    return decode(this.screenBytes(record, question)) as Screening;
  }

  /** Says as `screen`, but returns the bytes of the screening's JSON, which are the same on every machine. */
  screenBytes(record: Json<LearnerRecord>, question: ScreenQuestion): Uint8Array<ArrayBuffer> {
    return this.#ask("screen", record, screenQuestion(question));
  }

  /** Plans what is missing, in terms. */
  plan(record: Json<LearnerRecord>, question: PlanQuestion): Plan {
    return decode(this.planBytes(record, question)) as Plan;
  }

  /** Plans as `plan`, but returns the bytes of the plan's JSON, which are the same on every machine. */
  planBytes(record: Json<LearnerRecord>, question: PlanQuestion): Uint8Array<ArrayBuffer> {
    return this.#ask("plan", record, planQuestion(question, this.#host.sha256));
  }

  /** Checks a determination against the record, apart from what made it: nothing is found if it holds. */
  verify(record: Json<LearnerRecord>, determination: Json<Determination>): Finding[] {
    return decode(this.#ask("verify", record, encode("determination", determination))) as Finding[];
  }

  /**
   * Returns the graph of the catalog's credentials: what counts toward what, and what must be held for what. It is
   * the same for every learner.
   */
  graph(): StackGraph {
    this.#open();
    return decode(this.#host.abi.call("graph", [], this.#handle).bytes) as StackGraph;
  }

  /** The catalog that the bundle holds. It is read when it is first looked at. */
  get content(): CatalogContent {
    this.#content ??= contentOf(this.#open());
    return this.#content;
  }

  /** The lower-case hexadecimal sha-256 of the bundle, by which determinations name it. */
  get sha256(): string {
    this.#open();
    // The engine knows it and has no call for it, but names it in every answer.
    this.#sha256 ??= this.determine({ version: 1, learner: "-" }, { asOf: "2000-01-01" }).provenance.bundle;
    return this.#sha256;
  }

  /** Closes it. Of a closed one nothing is closed. */
  free(): void {
    if (this.#bytes === undefined) return;
    this.#bytes = undefined;
    this.#content = undefined;
    forgotten.unregister(this);
    this.#host.abi.close(this.#handle);
  }

  /** Closes it, at the end of the block of a `using`. */
  [Symbol.dispose](): void {
    this.free();
  }

  #ask(call: "determine" | "plan" | "screen" | "verify", record: Json<LearnerRecord>, question: Uint8Array): Uint8Array<ArrayBuffer> {
    this.#open();
    const bytes = encode("record", record, this.#host.recordBytes);
    return this.#host.abi.call(call, [bytes, question], this.#handle).bytes;
  }

  #open(): Uint8Array {
    if (this.#bytes === undefined) throw new CredstackError("catalog-closed", "this catalog was closed: open its bundle again");
    return this.#bytes;
  }
}

import { Abi } from "./abi.js";
import { type Bytes, decode, encode, view, within } from "./bytes.js";
import { Catalog } from "./catalog.js";
import type { Determination, Message } from "./generated/determination.js";
import type { Plan } from "./generated/plan.js";
import { LABELS, type Labels } from "./generated/tables.js";
import { type Compiled, type LoadOptions, compileModule } from "./module.js";

/** What a module says of itself. */
export interface About {
  /** The version of the engine. */
  readonly engine: string;
  /** The version of the module's C ABI. */
  readonly abi: number;
  /** The version of bundles that it reads. */
  readonly bundle: number;
  /** The version of records that it reads. */
  readonly record: number;
  /** The version of determinations that it writes. */
  readonly determination: number;
  /** The version of plans that it writes. */
  readonly plan: number;
  /** The languages that it says messages in, by their BCP 47 tags. */
  readonly languages: readonly string[];
  /** The most bytes of a bundle that it accepts. */
  readonly bundle_bytes: number;
  /** The most bytes of a record that it accepts. */
  readonly record_bytes: number;
}

/**
 * One instance of the engine's module. Several can live side by side; a call takes place where it is
 * made, so pages ask in a worker what may take long.
 */
export class Engine {
  /** What the module says of itself. */
  readonly about: About;
  /** The compiled module. A worker loads it with `Engine.load({ module, sha256 })`. */
  readonly module: WebAssembly.Module;
  /** The module's lower-case hexadecimal sha-256, which every determination names. */
  readonly sha256: string;
  readonly #abi: Abi;

  private constructor(abi: Abi, compiled: Compiled) {
    this.#abi = abi;
    this.module = compiled.module;
    this.sha256 = compiled.sha256;
    this.about = Object.freeze(decode(abi.call("about", []).bytes) as About);
  }

  /** Loads a module, the shipped one if none is given, and checks its sha-256. */
  static async load(options: LoadOptions = {}): Promise<Engine> {
    const compiled = await compileModule(options);
    return new Engine(await Abi.instantiate(compiled.module), compiled);
  }

  /** Opens a bundle, as `credstack build` writes it. */
  open(bundle: Bytes): Catalog {
    within(view(bundle), "bundle", this.about.bundle_bytes);
    return Catalog.open({ abi: this.#abi, sha256: this.sha256, recordBytes: this.about.record_bytes }, bundle);
  }

  /**
   * Says messages in a language, given by its BCP 47 tag, such as `navigator.language`; in English, if
   * `about.languages` does not have it.
   */
  say(messages: readonly Message[], language: string): string[] {
    const tag = new TextEncoder().encode(language);
    return decode(this.#abi.call("say", [tag, encode("messages", messages)]).bytes) as string[];
  }

  /**
   * Says in a language what an answer says in a word or two: statuses, kinds and units. They begin with a small letter
   * where a sentence may go on with them.
   */
  labels(language: string): Labels<string> {
    const groups = Object.entries(LABELS).map(([group, keys]) => [group, Object.entries(keys)] as const);
    const messages = groups.flatMap(([, keys]) => keys.map(([, key]) => ({ key }) as Message));
    const texts = this.say(messages, language).values();
    const said = groups.map(([group, keys]) => [group, Object.fromEntries(keys.map(([name]) => [name, texts.next().value]))]);
    return Object.fromEntries(said) as Labels<string>;
  }

  /**
   * Says every message of a determination, or of a plan, in one call, and returns what looks up a
   * message of it: `const said = engine.sayAll(answer, "es"); said(answer.targets[0].summary)`.
   */
  sayAll(answer: Determination | Plan, language: string): (message: Message) => string {
    const messages = [...messagesIn(answer)];
    const texts = this.say(messages, language);
    const said = new Map(messages.map((message, n) => [message, texts[n]]));
    return (message) => said.get(message) ?? this.say([message], language)[0] ?? "";
  }
}

/** Every message in a value, but not those that are arguments of others. */
function* messagesIn(value: unknown): Generator<Message> {
  if (typeof value !== "object" || value === null) return;
  if (isMessage(value)) yield value;
  else for (const item of Object.values(value)) yield* messagesIn(item);
}

function isMessage(value: object): value is Message {
  return "key" in value && typeof value.key === "string" && Object.keys(value).every((name) => name === "key" || name === "args");
}

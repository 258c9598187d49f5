// The engine's sentences in the place of its messages.

import type { Engine, Message } from "credstack";

import type { Said } from "./protocol.ts";

/** How many sentences are kept; at more all of them are forgotten. */
const KEPT = 10_000;

/** A place in a copy where a sentence belongs. */
interface Gap {
  holder: Record<string, unknown>;
  name: string;
  message: Message;
  key: string;
}

/** Says what the engine answers. Most sentences of an answer were in the one before, and are said only once. */
export class Speaker {
  readonly #engine: Engine;
  /** By language and message. */
  readonly #sentences = new Map<string, string>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** The value with every message said. */
  said<Value>(value: Value, language: string): Said<Value> {
    const gaps: Gap[] = [];
    const copied = copy({ value }, language, gaps) as { value: Said<Value> };
    if (this.#sentences.size > KEPT) this.#sentences.clear();
    const unknown = new Map(
      gaps.filter(({ key }) => !this.#sentences.has(key)).map(({ key, message }) => [key, message]),
    );
    if (unknown.size > 0) this.#learn(unknown, language);
    for (const { holder, name, key } of gaps) holder[name] = this.#sentences.get(key);
    return copied.value;
  }

  #learn(unknown: ReadonlyMap<string, Message>, language: string): void {
    const texts = this.#engine.say([...unknown.values()], language);
    [...unknown.keys()].forEach((key, n) => this.#sentences.set(key, texts[n] ?? ""));
  }
}

/** A copy with gaps for the messages. The names in an answer are those of its schema, which has no maps. */
function copy(value: object, language: string, gaps: Gap[]): object {
  const copied: Record<string, unknown> = Array.isArray(value) ? ([] as unknown as Record<string, unknown>) : {};
  for (const [name, field] of Object.entries(value)) {
    if (typeof field !== "object" || field === null) copied[name] = field;
    else if (isMessage(field))
      gaps.push({ holder: copied, name, message: field, key: language + JSON.stringify(field) });
    else copied[name] = copy(field, language, gaps);
  }
  return copied;
}

function isMessage(value: object): value is Message {
  return "key" in value && Object.keys(value).every((name) => name === "key" || name === "args");
}

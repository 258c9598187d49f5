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

/**
 * Says what the engine answers. Most of an answer was in the one before: the same object is said as the same object,
 * and a sentence is asked for only once.
 */
export class Speaker {
  readonly #engine: Engine;
  readonly #language: string;
  /** By message. */
  readonly #sentences = new Map<string, string>();
  #said = new WeakMap<object, object>();
  #gaps: Gap[] = [];

  constructor(engine: Engine, language: string) {
    this.#engine = engine;
    this.#language = language;
  }

  /** Returns the value with every message said. */
  say<Value extends object>(value: Value): Said<Value> {
    this.#gaps = [];
    if (this.#sentences.size > KEPT) this.#sentences.clear();
    const copied = this.#copy(value);
    const unknown = new Map<string, Message>();
    for (const { key, message } of this.#gaps) if (!this.#sentences.has(key)) unknown.set(key, message);
    try {
      if (unknown.size > 0) this.#learn(unknown);
    } catch (error) {
      // What was copied has gaps now.
      this.#said = new WeakMap();
      throw error;
    }
    for (const { holder, name, key } of this.#gaps) holder[name] = this.#sentences.get(key);
    return copied as Said<Value>;
  }

  #learn(unknown: ReadonlyMap<string, Message>): void {
    const texts = this.#engine.say([...unknown.values()], this.#language);
    [...unknown.keys()].forEach((key, n) => this.#sentences.set(key, texts[n] ?? ""));
  }

  /** Makes a copy with gaps for the messages. The names in an answer are those of its schema, which has no maps. */
  #copy(value: object): object {
    const known = this.#said.get(value);
    if (known) return known;
    const copied = (Array.isArray(value) ? [] : {}) as Record<string, unknown>;
    for (const name in value) {
      const field = (value as Record<string, unknown>)[name];
      if (typeof field !== "object" || field === null) copied[name] = field;
      else if (isMessage(field)) this.#gaps.push({ holder: copied, name, message: field, key: JSON.stringify(field) });
      else copied[name] = this.#copy(field);
    }
    this.#said.set(value, copied);
    return copied;
  }
}

function isMessage(value: object): value is Message {
  return "key" in value && Object.keys(value).every((name) => name === "key" || name === "args");
}

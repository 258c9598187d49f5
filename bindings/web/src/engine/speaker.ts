// The engine's sentences in the place of its messages.

import type { Engine, Message } from "credstack";

import type { Said } from "./protocol.ts";

/** How many sentences are kept; at more all of them are forgotten. */
const KEPT = 10_000;

/** A place where a sentence belongs. */
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

  /** The value, with a sentence in the place of every message. */
  say<Value>(value: Value, language: string): Said<Value> {
    const gaps: Gap[] = [];
    const holder = { value } as Record<string, unknown>;
    collect(holder, language, gaps);
    if (this.#sentences.size > KEPT) this.#sentences.clear();
    const unknown = new Map<string, Message>();
    for (const { key, message } of gaps) if (!this.#sentences.has(key)) unknown.set(key, message);
    if (unknown.size > 0) this.#learn(unknown, language);
    for (const { holder, name, key } of gaps) holder[name] = this.#sentences.get(key);
    return holder["value"] as Said<Value>;
  }

  #learn(unknown: ReadonlyMap<string, Message>, language: string): void {
    const texts = this.#engine.say([...unknown.values()], language);
    [...unknown.keys()].forEach((key, n) => this.#sentences.set(key, texts[n] ?? ""));
  }
}

/** Finds every message in what a value holds. */
function collect(holder: Record<string, unknown>, language: string, gaps: Gap[]): void {
  for (const name in holder) {
    const field = holder[name];
    if (typeof field !== "object" || field === null) continue;
    if (isMessage(field)) gaps.push({ holder, name, message: field, key: language + JSON.stringify(field) });
    else collect(field as Record<string, unknown>, language, gaps);
  }
}

function isMessage(value: object): value is Message {
  return "key" in value && Object.keys(value).every((name) => name === "key" || name === "args");
}

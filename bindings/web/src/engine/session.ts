// An engine with a bundle open, the same in the page and in the worker.

import { type Catalog, Engine, type Plan, type TargetAnswer } from "credstack";

import type { Answer, Opened, Parts, PlanQuestion, Question, Said } from "./protocol.ts";
import { shared } from "./shared.ts";
import { Speaker } from "./speaker.ts";

/** Answers in sentences. After a trap nothing more can be asked of it. */
export class Session {
  readonly #engine: Engine;
  readonly #catalog: Catalog;
  /** By language. */
  readonly #speakers = new Map<string, Speaker>();
  /** What the engine gave last of each target. */
  readonly #last = new Map<string, TargetAnswer>();

  private constructor(engine: Engine, bundle: ArrayBuffer) {
    this.#engine = engine;
    this.#catalog = engine.open(bundle);
  }

  /** Opens a bundle in an engine of its own. @throws CredstackError */
  static async open({ compiled, bundle }: Parts): Promise<Session> {
    return new Session(await Engine.load({ ...compiled }), bundle);
  }

  get opened(): Opened {
    const { languages, record_bytes } = this.#engine.about;
    const labels = Object.fromEntries(languages.map((language) => [language, this.#engine.labels(language)]));
    return { labels, graph: this.#catalog.graph(), recordBytes: record_bytes };
  }

  /**
   * Answers a question. After a change most of an answer is as it was. That is the same object as before, so that
   * nothing of it has to be said, sent or shown again.
   * @throws CredstackError
   */
  determine({ record, asOf, targets, language }: Question, steps?: number): Answer {
    const answer = this.#catalog.determine(record, steps === undefined ? { asOf, targets } : { asOf, targets, steps });
    const kept = answer.targets.map((target) => shared(this.#last.get(target.credential), target));
    for (const target of kept) this.#last.set(target.credential, target);
    return this.#speaker(language).say({ ...answer, targets: kept });
  }

  /** Plans in sentences. @throws CredstackError */
  plan({ record, asOf, targets, load, language }: PlanQuestion): Said<Plan> {
    const plan = this.#catalog.plan(record, load === undefined ? { asOf, targets } : { asOf, targets, load });
    return this.#speaker(language).say(plan);
  }

  #speaker(language: string): Speaker {
    const speaker = this.#speakers.get(language) ?? new Speaker(this.#engine, language);
    this.#speakers.set(language, speaker);
    return speaker;
  }
}

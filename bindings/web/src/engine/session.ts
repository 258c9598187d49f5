// An engine with a bundle open, the same in the page and in the worker.

import { type Catalog, Engine, type Plan } from "credstack";

import type { Answer, Opened, Parts, PlanQuestion, Question, Said, Target } from "./protocol.ts";
import { Speaker } from "./speaker.ts";

/** A target as it was told last. */
interface Told {
  /** The language, and what the engine gave. */
  text: string;
  said: Target;
}

/** Answers in sentences. After a trap nothing more can be asked of it. */
export class Session {
  readonly #engine: Engine;
  readonly #catalog: Catalog;
  readonly #speaker: Speaker;
  readonly #told = new Map<string, Told>();

  private constructor(engine: Engine, bundle: ArrayBuffer) {
    this.#engine = engine;
    this.#catalog = engine.open(bundle);
    this.#speaker = new Speaker(engine);
  }

  /** @throws CredstackError */
  static async open({ compiled, bundle }: Parts): Promise<Session> {
    return new Session(await Engine.load({ ...compiled }), bundle);
  }

  get opened(): Opened {
    const { languages, record_bytes } = this.#engine.about;
    return { languages, recordBytes: record_bytes };
  }

  /**
   * After a change most targets are as they were. Such a one is the same object as before, so that nothing of it
   * has to be said, sent or shown again.
   * @throws CredstackError
   */
  determine({ record, asOf, targets, language }: Question, steps?: number): Answer {
    const question = steps === undefined ? { asOf, targets } : { asOf, targets, steps };
    const { targets: answered, ...rest } = this.#catalog.determine(record, question);
    const now = answered.map((target) => ({ target, text: language + JSON.stringify(target) }));
    const changed = now.filter(({ target, text }) => this.#told.get(target.credential)?.text !== text);
    const said = this.#speaker.say({ ...rest, targets: changed.map(({ target }) => target) }, language);
    // From here on nothing fails any more.
    changed.forEach(({ target, text }, n) => this.#told.set(target.credential, { text, said: said.targets[n] as Target }));
    return { ...said, targets: answered.map(({ credential }) => (this.#told.get(credential) as Told).said) };
  }

  /** @throws CredstackError */
  plan({ record, asOf, targets, load, language }: PlanQuestion): Said<Plan> {
    const plan = this.#catalog.plan(record, load === undefined ? { asOf, targets } : { asOf, targets, load });
    return this.#speaker.say(plan, language);
  }
}

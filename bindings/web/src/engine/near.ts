// The engine in the page itself. What is short is answered there at once, in the frame in which it is asked.

import { asEngineError, isTrap } from "./error.ts";
import type { Answer, Opened, Parts, Question } from "./protocol.ts";
import { Session } from "./session.ts";

/** Larger bundles would keep the page from doing anything else for too long while they are opened. */
const BUNDLE = 2 * 2 ** 20;
/** The most steps of a search: about a frame, where steps are hard. Nearly every answer takes far fewer. */
const STEPS = 250;
/** Records of more UTF-16 units are read elsewhere. */
const RECORD = 50_000;
/** Two answers in a row that take longer than this, in milliseconds, were no work for the page; one may be chance. */
const LONG = 50;
/** The first answers take long since nothing is compiled for them yet. */
const COLD = 5;

/** Answers what it can answer at once. */
export class NearEngine {
  readonly #parts: Parts;
  /** Absent while there is none: after a trap, until another is open. */
  #session: Session | undefined;
  #most = RECORD;
  #answers = 0;
  #wasLong = false;

  private constructor(parts: Parts, session: Session) {
    this.#parts = parts;
    this.#session = session;
  }

  /** Opens a bundle; nothing, if it is no work for the page. @throws CredstackError */
  static async open(parts: Parts): Promise<NearEngine | undefined> {
    if (parts.bundle.byteLength > BUNDLE) return undefined;
    return new NearEngine(parts, await Session.open(parts));
  }

  get opened(): Opened | undefined {
    return this.#session?.opened;
  }

  /**
   * Returns the answer about what is pursued: the one that a search without the page's limit gives. Nothing, if it
   * takes more than the page should do, or stops the engine; somebody else has to be asked then.
   * @throws EngineError
   */
  answer(question: Question): Answer | undefined {
    const record = typeof question.record === "string" ? question.record : JSON.stringify(question.record);
    const session = this.#session;
    if (!session || record.length > this.#most) return undefined;
    const start = performance.now();
    try {
      const answer = session.determine({ ...question, record }, STEPS);
      return isWhole(answer) ? answer : undefined;
    } catch (error) {
      if (!isTrap(error)) throw asEngineError(error);
      this.#session = undefined;
      void this.#renew();
      return undefined;
    } finally {
      this.#answers += 1;
      const isLong = this.#answers > COLD && performance.now() - start > LONG;
      if (isLong && this.#wasLong) this.#most = record.length - 1;
      this.#wasLong = isLong;
    }
  }

  /** Starts another engine, as nothing in a trapped one can be relied on. */
  async #renew(): Promise<void> {
    // If it cannot be started again, the worker goes on alone.
    this.#session = await Session.open(this.#parts).catch(() => undefined);
  }
}

/** Returns whether no search was cut off: then more steps would not have gone another way. */
function isWhole({ targets }: Answer): boolean {
  return targets.every(({ proof }) => proof.steps < STEPS);
}

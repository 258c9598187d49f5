// What the form asks the engines, and when.

import MODULE from "credstack/credstack.wasm?url";

import { searchable } from "../catalog.ts";
import { EngineClient } from "../engine/client.ts";
import { asEngineError } from "../engine/error.ts";
import { withRest } from "../parts/answers.ts";
import type { Answer, PlanView } from "../parts/context.ts";
import { type Draft, isEmpty } from "../record.ts";
import type { Announcer } from "./announcer.ts";
import { isListed, spokenOf, type State } from "./state.ts";

/** Less than this, in pixels, is narrow. */
const NARROW = 640;
/** The longest that the answer about what is not pursued waits for the learner to go on, in milliseconds. */
const WAIT = 250;

/** Gets the engines and keeps the answers to the record current. */
export class Asking {
  readonly #state: State;
  readonly #announcer: Announcer;
  /** Counts what was opened, so that what comes late is known to. */
  #turn = 0;
  /** Counts what was asked, so that an answer that comes late is known to. */
  #questions = 0;
  /** When it was asked last. */
  #start = 0;
  /** Whether what is pursued is answered, or refused, as the record is now; and whether everything is answered. */
  #isAnswered = false;
  #isWhole = false;
  #isFollowing = false;
  #isStale = false;
  /** What the last answer about the whole catalog took, in milliseconds. */
  #whole = 0;

  constructor(state: State, announcer: Announcer) {
    this.#state = state;
    this.#announcer = announcer;
  }

  /** Fetches everything that the form needs; afterwards it asks for nothing any more. */
  async open(): Promise<void> {
    const state = this.#state;
    const turn = ++this.#turn;
    state.client?.close();
    state.client = undefined;
    state.answer = undefined;
    state.problem = state.bundle ? undefined : "no-bundle";
    if (!state.bundle) return;
    const places = [state.bundle, state.module];
    const [bundle, module] = places.map((place) => place && new URL(place, document.baseURI).href);
    const start = performance.now();
    try {
      const client = await EngineClient.open(module || MODULE, bundle || "", this.#pursues.length > 0);
      // Somebody may have pointed elsewhere, or taken the form away, while this was fetched.
      if (turn !== this.#turn) return client.close();
      performance.measure("credstack:open", { start });
      // A form that is hidden has no width yet.
      state.isNarrow = (state.clientWidth || innerWidth) < NARROW;
      state.items = searchable(client.catalog);
      this.#declare(client);
      state.client = client;
    } catch (error) {
      if (turn === this.#turn) state.problem = asEngineError(error);
    }
  }

  /** Gives the engines up, and with them all that waits for them. */
  close(): void {
    this.#turn++;
    this.#state.client?.close();
    this.#state.client = undefined;
  }

  /** What is pursued once the catalog is here, if that has it: at first what the page is about. */
  get #pursues(): readonly string[] {
    return this.#isNew ? this.#state.asked : this.#state.draft.declared;
  }

  get #isNew(): boolean {
    const { draft } = this.#state;
    return isEmpty(draft) && draft.declared.length === 0;
  }

  /** Declares what is pursued, and never what the catalog does not have. */
  #declare(client: EngineClient): void {
    const state = this.#state;
    const declared = this.#pursues.filter((id) => isListed(client, id));
    if (this.#isNew && !state.isNarrow) state.opened = new Set(declared);
    state.draft = { ...state.draft, declared };
  }

  /**
   * Asks for the answer to the record as it is. What is pursued is what the learner looks at, and mostly answered at
   * once, so that the page is written once with the change and what it comes to.
   */
  ask(client: EngineClient): void {
    const state = this.#state;
    this.#start = performance.now();
    this.#questions += 1;
    this.#isAnswered = this.#isWhole = false;
    try {
      const pursued = state.draft.declared.length > 0 ? client.now(this.question(client)) : undefined;
      if (pursued) {
        this.#isAnswered = true;
        void this.#put("credstack:answer", withRest(pursued, state.answer)).then(() => this.follow());
        return;
      }
    } catch (error) {
      // The worker would say the same, and what it was asked before may not hide it.
      this.#isAnswered = true;
      return this.#fail(error);
    }
    void this.follow();
  }

  /** Asks the worker for what is not answered. While one thing is asked for, changes wait, together. */
  async follow(): Promise<void> {
    this.#isStale = true;
    if (this.#isFollowing) return;
    this.#isFollowing = true;
    while (this.#isStale && this.#state.client) {
      this.#isStale = false;
      await this.#followOnce(this.#state.client);
    }
    this.#isFollowing = false;
  }

  /** Returns what is asked about the record as it is. */
  question(client: EngineClient): { record: Draft; asOf: string; language: string } {
    const state = this.#state;
    return { record: state.draft, asOf: state.asOf, language: spokenOf(state, client) };
  }

  /**
   * Asks once for what is not answered. The whole catalog follows once nothing changed for as long as its answer takes,
   * so that nobody waits for it who types on.
   */
  async #followOnce(client: EngineClient): Promise<void> {
    const state = this.#state;
    const turn = this.#questions;
    const question = this.question(client);
    const isLate = (): boolean => turn !== this.#questions || client !== state.client;
    // A late answer is better than none, but not than a later one.
    const isOvertaken = (): boolean => client !== state.client || (isLate() && this.#isAnswered);
    try {
      if (state.draft.declared.length > 0 && !this.#isAnswered) {
        const pursued = await client.determine({ ...question, targets: "declared" });
        if (isOvertaken()) return;
        this.#isAnswered = !isLate();
        await this.#put("credstack:answer", withRest(pursued, state.answer));
      }
      if (!this.#isWhole) {
        if (this.#isAnswered) await pause(Math.min(this.#whole, WAIT));
        if (isLate()) return;
        const asked = performance.now();
        const answer = await client.determine({ ...question, targets: "all" });
        this.#whole = performance.now() - asked;
        if (isOvertaken()) return;
        this.#isWhole = !isLate();
        await this.#put("credstack:answers", answer);
        this.#announcer.later();
      }
    } catch (error) {
      // What was asked of an engine that is no longer here is asked of the next one again.
      if (client === state.client) this.#fail(error);
      return;
    }
    for (const [credential, { load }] of state.plans) {
      if (isLate() || this.#isStale) return;
      const view: PlanView = { load };
      try {
        const most = load === undefined ? undefined : String(load);
        view.plan = await client.plan({ ...question, targets: [credential], load: most });
      } catch (error) {
        view.fault = asEngineError(error).message;
      }
      if (state.plans.get(credential)?.load === load) state.plans = new Map(state.plans).set(credential, view);
    }
  }

  /** Shows an answer, and tells the page's timing what it took. */
  async #put(name: string, answer: Answer): Promise<void> {
    const start = this.#start;
    this.#state.answer = answer;
    this.#state.fault = undefined;
    await this.#state.updateComplete;
    performance.measure(name, { start });
  }

  #fail(error: unknown): void {
    const fault = asEngineError(error);
    // Without any answer before, there is nothing to show beside the fault; and what the page's policy does not allow
    // its keeper has to be told.
    if (this.#state.answer && fault.code !== "worker-refused") this.#state.fault = fault;
    else this.#state.problem = fault;
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

// What the learner changes of the record, and takes back.

import type { Report } from "../parts/files.ts";
import { isolated } from "../parts/text.ts";
import { type Attainment, type Draft, emptyDraft, freeId } from "../record.ts";
import { isListed, type State } from "./state.ts";

/** Finds an element of the form. */
export type Find = (selector: string) => HTMLElement | null | undefined;

/** Changes the record. */
export class Editing {
  readonly #state: State;
  readonly #find: Find;
  readonly #buttons: () => ArrayLike<HTMLElement>;
  /** The record before the last change that can be taken back. */
  #previous: Draft | undefined;

  /** @param buttons The buttons of the attainments, in their order. */
  constructor(state: State, find: Find, buttons: () => ArrayLike<HTMLElement>) {
    this.#state = state;
    this.#find = find;
    this.#buttons = buttons;
  }

  /** Returns whether the last change can be taken back. */
  get canUndo(): boolean {
    return this.#previous !== undefined;
  }

  /** Puts another record in the place of the one that is there. */
  change(draft: Draft): void {
    const state = this.#state;
    const added = draft.declared.filter((id) => !state.draft.declared.includes(id));
    if (added.length > 0 && !state.isNarrow) state.opened = new Set([...state.opened, ...added]);
    state.draft = draft;
  }

  /** Adds an attainment of a code. */
  add(code: string): void {
    const { draft, words } = this.#state;
    const attainment: Attainment = { id: freeId(draft), of: code };
    this.change({ ...draft, attainments: [attainment, ...draft.attainments] });
    this.#state.announcement = words.added(isolated(code));
  }

  /** Removes an attainment. */
  async remove(attainment: Attainment): Promise<void> {
    const { draft, words } = this.#state;
    const { attainments } = draft;
    const at = attainments.indexOf(attainment);
    this.change({ ...draft, attainments: attainments.toSpliced(at, 1) });
    this.#state.announcement = words.removed(isolated(attainment.of));
    await this.#state.updateComplete;
    // The focus goes to what stands there now, as what had it is gone.
    const buttons = this.#buttons();
    (buttons[Math.min(at, buttons.length - 1)] ?? this.#find("credstack-combobox"))?.focus();
  }

  /** Replaces the record so that it can be taken back, and tells of it. */
  replace(draft: Draft, told: Report): void {
    this.#previous = this.#state.draft;
    this.change(draft);
    this.#state.report = told;
  }

  /** Takes the last change back. */
  undo(): void {
    if (this.#previous) this.#state.draft = this.#previous;
    this.#previous = undefined;
    this.#state.report = undefined;
    this.#find("credstack-combobox")?.focus();
  }

  /** Empties the record. */
  startOver(): void {
    const state = this.#state;
    const { client } = state;
    if (!client) return;
    state.plans = new Map();
    this.replace(emptyDraft(state.asked.filter((id) => isListed(client, id))), { kind: "cleared" });
  }
}

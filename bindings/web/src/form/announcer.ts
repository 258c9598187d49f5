// Tells those who do not see the page what changed on it.

import { isolated } from "../parts/text.ts";
import { spokenOf, type State } from "./state.ts";

/** How long nothing has to change before changes are announced, in milliseconds. */
const QUIET = 900;
/** More changes than this are announced as a number. */
const ANNOUNCED = 3;

/** Announces statuses that changed. */
export class Announcer {
  readonly #state: State;
  /** The statuses that were announced last. */
  #announced = new Map<string, string>();
  #announcing: ReturnType<typeof setTimeout> | undefined;

  constructor(state: State) {
    this.#state = state;
  }

  /** Says what changed, once nothing changes any more for a while. */
  later(): void {
    this.stop();
    const state = this.#state;
    const statuses = new Map(state.answer?.targets.map(({ credential, status }) => [credential, status]));
    // The first answer is there before anything can change it.
    if (this.#announced.size === 0) this.#announced = statuses;
    this.#announcing = setTimeout(() => {
      const { words, client } = state;
      const labels = client?.labels[spokenOf(state, client)];
      const changed =
        state.answer?.targets.filter(({ credential, status }) => this.#announced.get(credential) !== status) ?? [];
      this.#announced = statuses;
      const each = changed.map(({ title, status }) => `${isolated(title)}: ${labels?.status[status] ?? ""}.`);
      if (changed.length > 0)
        state.announcement = changed.length > ANNOUNCED ? words.changed(changed.length) : each.join(" ");
    }, QUIET);
  }

  /** Says nothing any more of what changed before. */
  stop(): void {
    clearTimeout(this.#announcing);
  }
}

import { html, LitElement, nothing, type TemplateResult } from "lit";

import { type Found, type Item, search } from "../catalog.ts";
import { isName } from "../record.ts";
import { worth } from "./amounts.ts";
import type { Context } from "./context.ts";
import { bdi, isolated } from "./text.ts";

/** What can be picked: an item of the catalog, or a code that the catalog does not list. */
type Option = { item: Item } | { code: string };

/**
 * Searches the catalog while the learner types: the combobox with a list that the WAI-ARIA practices
 * describe. It has no shadow root, so that its ids and styles are those of the form around it.
 * Picking sends `pick`, with the code.
 */
export class Combobox extends LitElement {
  static override properties = {
    items: { attribute: false },
    context: { attribute: false },
    query: { state: true },
    isOpen: { state: true },
    active: { state: true },
  };

  declare items: readonly Item[];
  /** Of the page's, only what it says things with. */
  declare context: Pick<Context, "words" | "labels" | "language">;
  declare private query: string;
  declare private isOpen: boolean;
  /** The place of the option that Enter picks; -1 for none. */
  declare private active: number;

  constructor() {
    super();
    this.items = [];
    this.query = "";
    this.isOpen = false;
    this.active = -1;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override focus(): void {
    this.querySelector("input")?.focus();
  }

  protected override render(): TemplateResult {
    const { words } = this.context;
    const found = search(this.items, this.query);
    const options = this.#options(found);
    const isOpen = this.isOpen && options.length > 0;
    const isBad = this.query.trim() !== "" && !isName(this.query.trim());
    return html`
      <label class="field-label" for="search">${words.search}</label>
      <div class="combobox">
        <input
          id="search"
          type="text"
          role="combobox"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          dir="auto"
          aria-autocomplete="list"
          aria-expanded=${isOpen}
          aria-controls="search-list"
          aria-describedby="search-hint"
          aria-activedescendant=${isOpen && this.active >= 0 ? `search-${this.active}` : nothing}
          aria-invalid=${isBad ? "true" : nothing}
          .value=${this.query}
          @input=${this.#typed}
          @keydown=${(event: KeyboardEvent) => this.#key(event, options)}
          @click=${() => (this.isOpen = true)}
          @blur=${() => (this.isOpen = false)}
        />
        <ul id="search-list" class="options" role="listbox" aria-label=${words.search} ?hidden=${!isOpen}>
          ${isOpen ? options.map((option, at) => this.#option(option, at)) : nothing}
        </ul>
      </div>
      <p id="search-hint" class=${isBad ? "hint bad" : "hint"}>${isBad ? words.badCode : this.#hint(found, isOpen)}</p>
      <p class="visually-hidden" role="status">${isOpen && this.query.trim() ? words.found(found.count) : ""}</p>
    `;
  }

  protected override updated(): void {
    this.querySelector("[aria-selected='true']")?.scrollIntoView({ block: "nearest" });
  }

  #hint(found: Found, isOpen: boolean): string {
    const hidden = found.count - found.items.length;
    return isOpen && hidden > 0 ? this.context.words.moreFound(hidden) : this.context.words.searchHint;
  }

  #options(found: Found): Option[] {
    const code = this.query.trim();
    const isListed = found.items.some((item) => item.code.toLowerCase() === code.toLowerCase());
    const listed = found.items.map((item) => ({ item }));
    return code === "" || isListed || !isName(code) ? listed : [...listed, { code }];
  }

  #option(option: Option, at: number): TemplateResult {
    // The list closes when the field loses the focus, so pressing on it must not take it.
    return html`<li
      id="search-${at}"
      class="option"
      role="option"
      aria-selected=${at === this.active}
      @mousedown=${(event: Event) => event.preventDefault()}
      @click=${() => this.#pick(option)}
    >
      ${"item" in option ? this.#item(option.item) : html`<span class="option-title">${this.context.words.notInCatalog(isolated(option.code))}</span>`}
    </li>`;
  }

  #item({ code, course }: Item): TemplateResult {
    const { kinds } = this.context.words;
    const more = [
      ...(course.kind && course.kind !== "course" ? [kinds[course.kind]] : []),
      ...(course.credits === undefined ? [] : [worth(this.context, course.credits, "credits")]),
    ];
    return html`${bdi(code, "code")} ${bdi(course.title ?? "", "option-title")}
      <span class="option-more">${more.join(", ")}</span>`;
  }

  #typed(event: Event): void {
    this.query = (event.target as HTMLInputElement).value;
    this.isOpen = true;
    this.active = this.query.trim() === "" ? -1 : 0;
  }

  #key(event: KeyboardEvent, options: Option[]): void {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (!event.altKey && options.length > 0) {
        const from = this.active < 0 && step < 0 ? 0 : this.active;
        this.active = (from + step + options.length) % options.length;
      }
      this.isOpen = !(event.altKey && step < 0);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const option = this.isOpen ? options[this.active] : undefined;
      if (option) this.#pick(option);
    } else if (event.key === "Escape") {
      if (!this.isOpen) this.query = "";
      this.isOpen = false;
    }
  }

  #pick(option: Option): void {
    this.query = "";
    this.active = -1;
    this.isOpen = false;
    const code = "item" in option ? option.item.code : option.code;
    this.dispatchEvent(new CustomEvent("pick", { detail: code }));
  }
}

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";

import type { Item } from "./catalog.ts";
import type { EngineClient } from "./engine/client.ts";
import type { EngineError } from "./engine/error.ts";
import { Announcer } from "./form/announcer.ts";
import { Asking } from "./form/asking.ts";
import { Editing } from "./form/editing.ts";
import { Files } from "./form/files.ts";
import { type Actions, loading, page } from "./form/page.ts";
import type { State } from "./form/state.ts";
import { Combobox } from "./parts/combobox.ts";
import type { Answer, PlanView } from "./parts/context.ts";
import type { Report } from "./parts/files.ts";
import { icon } from "./parts/icons.ts";
import { problem } from "./parts/problem.ts";
import { StackPicture } from "./parts/stack.ts";
import { isPrinted } from "./parts/status.ts";
import { type Draft, emptyDraft, isDate, today } from "./record.ts";
import { styles } from "./styles.ts";
import { type Language, LANGUAGES, WORDS, type Words } from "./words.ts";

customElements.define("credstack-combobox", Combobox);
customElements.define("credstack-stack", StackPicture);

/**
 * The eligibility form. A learner enters what they have and sees what it completes, what is missing
 * and why; all of it on their own device.
 *
 * What it shows is in `form/page.ts`, what it asks and when in `form/asking.ts`, what changes the record in
 * `form/editing.ts` and `form/files.ts`; `form/state.ts` is what they share.
 *
 * @attr bundle - Where the rules are, as `credstack build` writes them.
 * @attr targets - Ids of the credentials that the page is about; the form starts with them as pursued.
 * @attr lang - `en` or `es`; the page's language, then the browser's, if absent.
 * @attr theme - `light` or `dark`; as the learner's system has it if absent.
 * @attr as-of - The date to answer for; today if absent.
 * @attr module - Where the engine is; beside this script if absent.
 */
export class CredstackEligibility extends LitElement implements State {
  static override styles = styles;

  static override properties = {
    bundle: {},
    module: {},
    targets: {},
    theme: {},
    lang: { reflect: true },
    asOf: { attribute: "as-of" },
    client: { state: true },
    problem: { state: true },
    draft: { state: true },
    answer: { state: true },
    fault: { state: true },
    report: { state: true },
    opened: { state: true },
    plans: { state: true },
    announcement: { state: true },
    isDragging: { state: true },
  };

  declare bundle: string | null;
  declare module: string | null;
  declare targets: string | null;
  declare theme: "light" | "dark" | null;
  declare asOf: string;

  /** @internal */
  declare client: EngineClient | undefined;
  /** @internal */
  declare problem: EngineError | "no-bundle" | undefined;
  /** @internal */
  declare draft: Draft;
  /** @internal */
  declare answer: Answer | undefined;
  /** @internal */
  declare fault: EngineError | undefined;
  /** @internal */
  declare report: Report | undefined;
  /** @internal */
  declare opened: ReadonlySet<string>;
  /** @internal */
  declare plans: ReadonlyMap<string, PlanView>;
  /** @internal */
  declare announcement: string;
  /** @internal */
  declare isDragging: boolean;
  /** @internal */
  items: readonly Item[] = [];
  /** @internal */
  isNarrow = false;

  /** What was open before the page was printed. */
  #unprinted: ReadonlySet<string> | undefined;

  readonly #announcer = new Announcer(this);
  readonly #asking = new Asking(this, this.#announcer);
  readonly #editing = new Editing(
    this,
    (selector) => this.#find(selector),
    () => this.shadowRoot?.querySelectorAll<HTMLElement>(".entry .icon-button") ?? [],
  );
  readonly #files = new Files(this, this.#asking, this.#editing);

  constructor() {
    super();
    this.bundle = null;
    this.module = null;
    this.targets = null;
    this.theme = null;
    this.asOf = today();
    this.draft = emptyDraft([]);
    this.opened = new Set();
    this.plans = new Map();
    this.announcement = "";
    this.isDragging = false;
    this.addEventListener("dragover", (event) => this.#files.dragged(event));
    this.addEventListener("dragleave", () => (this.isDragging = false));
    this.addEventListener("drop", (event) => this.#files.dropped(event));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("beforeprint", this.#openForPrint);
    addEventListener("afterprint", this.#closeAfterPrint);
    // Elsewhere in the page, it starts again with what was entered.
    if (this.hasUpdated) void this.#asking.open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("beforeprint", this.#openForPrint);
    removeEventListener("afterprint", this.#closeAfterPrint);
    this.#announcer.stop();
    this.#asking.close();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("bundle") || changed.has("module")) void this.#asking.open();
    if (changed.has("asOf") && !isDate(this.asOf)) this.asOf = today();
    const asks = ["client", "draft", "asOf", "lang"].some((name) => changed.has(name));
    if (asks && this.client) this.#asking.ask(this.client);
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has("report") && this.report) this.#find("#report")?.focus();
  }

  protected override render(): TemplateResult {
    const { words } = this;
    return html`<div class="root" part="root" lang=${this.language}>
      ${this.problem ? problem(words, this.problem, () => void this.#asking.open()) : this.client && this.answer ? page(this, this.#actions, this.client, this.answer) : loading(words)}
      <div class="visually-hidden" role="status">${this.announcement}</div>
      ${this.isDragging ? html`<div class="drop" aria-hidden="true">${icon("file")} ${words.dropHere}</div>` : nothing}
    </div>`;
  }

  /** @internal */
  get language(): Language {
    const tag = this.lang || document.documentElement.lang || navigator.language;
    return LANGUAGES.find(({ code }) => tag.toLowerCase().startsWith(code))?.code ?? "en";
  }

  /** @internal */
  get words(): Words {
    return WORDS[this.language];
  }

  /** @internal */
  get asked(): string[] {
    return (this.targets ?? "").split(/[\s,]+/).filter(Boolean);
  }

  /** What the learner can do on the page, by whoever does it. */
  readonly #actions: Actions = {
    canUndo: () => this.#editing.canUndo,
    change: (make) => this.#editing.change(make(this.draft)),
    add: (code) => this.#editing.add(code),
    remove: (attainment) => void this.#editing.remove(attainment),
    undo: () => this.#editing.undo(),
    startOver: () => this.#editing.startOver(),
    save: () => this.#files.save(),
    chosen: (event) => this.#files.chosen(event),
    take: (rows, refused, name) => this.#files.take(rows, refused, name),
    retry: () => {
      if (this.client) this.#asking.ask(this.client);
    },
    speak: (language) => {
      this.lang = language;
    },
    open: (credential, isOpen) => this.#openCard(credential, isOpen),
    toggle: (credential) => this.#togglePlan(credential),
    load: (credential, load) => this.#setPlan(credential, { load }),
    show: (credential) => void this.#show(credential),
    go: (selector) => this.#go(this.#find(selector)),
  };

  #openCard(credential: string, isOpen: boolean): void {
    if (this.opened.has(credential) === isOpen) return;
    const opened = new Set(this.opened);
    if (isOpen) opened.add(credential);
    else opened.delete(credential);
    this.opened = opened;
  }

  /** Opens a card and goes to it. */
  async #show(credential: string): Promise<void> {
    this.#openCard(credential, true);
    await this.updateComplete;
    this.#go(this.shadowRoot?.getElementById(`card-${credential}`)?.querySelector("summary"));
  }

  /** Brings something into view and gives it the focus. */
  #go(place: HTMLElement | null | undefined): void {
    place?.focus({ preventScroll: true });
    place?.scrollIntoView({
      block: "start",
      behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth",
    });
  }

  #togglePlan(credential: string): void {
    const plans = new Map(this.plans);
    const isClosed = plans.delete(credential);
    this.plans = plans;
    if (!isClosed) this.#setPlan(credential, {});
  }

  #setPlan(credential: string, view: PlanView): void {
    this.plans = new Map(this.plans).set(credential, view);
    void this.#asking.follow();
  }

  /** What is pursued, and what is complete, is printed with all that it says. */
  readonly #openForPrint = (): void => {
    const printed = (this.answer?.targets ?? []).filter(isPrinted);
    this.#unprinted ??= this.opened;
    this.opened = new Set([...this.opened, ...printed.map(({ credential }) => credential)]);
  };

  readonly #closeAfterPrint = (): void => {
    this.opened = this.#unprinted ?? this.opened;
    this.#unprinted = undefined;
  };

  #find(selector: string): HTMLElement | null | undefined {
    return this.shadowRoot?.querySelector<HTMLElement>(selector);
  }
}

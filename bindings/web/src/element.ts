import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";

import { type Item, own, searchable } from "./catalog.ts";
import { type BadRow, readTable, type Row } from "./csv.ts";
import { EngineClient } from "./engine/client.ts";
import { asEngineError, EngineError } from "./engine/error.ts";
import { answers, type AnswersView, summary, withRest } from "./parts/answers.ts";
import { attainments } from "./parts/attainments.ts";
import { Combobox } from "./parts/combobox.ts";
import type { Answer, Context, PlanView } from "./parts/context.ts";
import { dateField } from "./parts/fields.ts";
import { type Report, report } from "./parts/files.ts";
import { icon } from "./parts/icons.ts";
import { awarded, facts, pursued } from "./parts/learner.ts";
import { printFoot, printHead, printRecord } from "./parts/print.ts";
import { problem } from "./parts/problem.ts";
import { StackPicture } from "./parts/stack.ts";
import { bdi, isolated, sentence } from "./parts/text.ts";
import { type Attainment, type Draft, draftOf, emptyDraft, freeId, isDate, isEmpty, today } from "./record.ts";
import { styles } from "./styles.ts";
import MODULE from "credstack/credstack.wasm?url";
import { type Language, LANGUAGES, saySize, WORDS, type Words } from "./words.ts";

customElements.define("credstack-combobox", Combobox);
customElements.define("credstack-stack", StackPicture);

/** How long nothing has to change before changes are announced, in milliseconds. */
const QUIET = 900;
/** More changes than this are announced as a number. */
const ANNOUNCED = 3;
/** Less than this, in pixels, is narrow. */
const NARROW = 640;
/** The longest that the answer about what is not pursued waits for the learner to go on, in milliseconds. */
const WAIT = 250;

/**
 * The eligibility form. A learner enters what they have and sees what it completes, what is missing
 * and why; all of it on their own device.
 *
 * @attr bundle - Where the rules are, as `credstack build` writes them.
 * @attr targets - Ids of the credentials that the page is about; the form starts with them as pursued.
 * @attr lang - `en` or `es`; the page's language, then the browser's, if absent.
 * @attr theme - `light` or `dark`; as the learner's system has it if absent.
 * @attr as-of - The date to answer for; today if absent.
 * @attr module - Where the engine is; beside this script if absent.
 */
export class CredstackEligibility extends LitElement {
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

  declare private client: EngineClient | undefined;
  /** Why the form cannot work. */
  declare private problem: EngineError | "no-bundle" | undefined;
  declare private draft: Draft;
  declare private answer: Answer | undefined;
  /** Why the record as it is has no answer; what is shown is then the answer before. */
  declare private fault: EngineError | undefined;
  declare private report: Report | undefined;
  declare private opened: ReadonlySet<string>;
  declare private plans: ReadonlyMap<string, PlanView>;
  declare private announcement: string;
  declare private isDragging: boolean;

  /** Counts what was opened, so that what comes late is known to. */
  #turn = 0;
  /** The record before the last change that can be taken back. */
  #previous: Draft | undefined;
  #items: Item[] = [];
  /** Counts what was asked, so that an answer that comes late is known to. */
  #questions = 0;
  /** When it was asked last. */
  #start = 0;
  /** Whether what is pursued is answered, or refused, as the record is now; and whether everything is answered. */
  #isAnswered = false;
  #isWhole = false;
  #isFollowing = false;
  #isStale = false;
  /** Whether there was so little room when the rules came that answers start as a line each. */
  #isNarrow = false;
  /** What was open before the page was printed. */
  #unprinted: ReadonlySet<string> | undefined;
  /** What the last answer about the whole catalog took, in milliseconds. */
  #whole = 0;
  /** The statuses that were announced last. */
  #announced = new Map<string, string>();
  #announcing: ReturnType<typeof setTimeout> | undefined;

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
    this.addEventListener("dragover", (event) => this.#dragged(event));
    this.addEventListener("dragleave", () => (this.isDragging = false));
    this.addEventListener("drop", (event) => this.#dropped(event));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("beforeprint", this.#openForPrint);
    addEventListener("afterprint", this.#closeAfterPrint);
    // Elsewhere in the page, it starts again with what was entered.
    if (this.hasUpdated) void this.#open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("beforeprint", this.#openForPrint);
    removeEventListener("afterprint", this.#closeAfterPrint);
    clearTimeout(this.#announcing);
    this.#turn++;
    this.client?.close();
    this.client = undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("bundle") || changed.has("module")) void this.#open();
    if (changed.has("asOf") && !isDate(this.asOf)) this.asOf = today();
    const asks = ["client", "draft", "asOf", "lang"].some((name) => changed.has(name));
    if (asks && this.client) this.#ask(this.client);
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has("report") && this.report) this.#find("#report")?.focus();
  }

  protected override render(): TemplateResult {
    const words = this.#words;
    return html`<div class="root" part="root" lang=${this.#language}>
      ${this.problem ? problem(words, this.problem, () => void this.#open()) : this.client && this.answer ? this.#page(words, this.client, this.answer) : this.#loading(words)}
      <div class="visually-hidden" role="status">${this.announcement}</div>
      ${this.isDragging ? html`<div class="drop" aria-hidden="true">${icon("file")} ${words.dropHere}</div>` : nothing}
    </div>`;
  }

  #page(words: Words, client: EngineClient, answer: Answer): TemplateResult {
    const context: Context = {
      words,
      language: this.#language,
      spoken: this.#spoken(client),
      catalog: client.catalog,
      draft: this.draft,
      change: (make) => this.#change(make(this.draft)),
    };
    const figures = summary(context, answer);
    return html`
      <header class="head" part="header">
        <div>
          <h2 class="title">${bdi(client.catalog.title)}</h2>
          <p class="promise no-print">
            ${icon("shield")} <span><strong>${words.promise}</strong> ${words.forgets}</span>
          </p>
        </div>
        ${this.#languages(words)}
      </header>
      ${printHead(context, answer)} ${this.#unknownTargets(words, client)}
      ${
        this.report
          ? report(words, this.report, {
              undo: this.#previous ? () => this.#undo() : undefined,
              take: (rows, refused, name) => this.#take(rows, refused, name),
            })
          : nothing
      }
      <div class="sides">
        <section class="form no-print" part="form" aria-labelledby="form-title">
          ${this.#form(context, figures)}
        </section>
        <section class="answers" part="answers" aria-labelledby="answers-title">
          ${this.#answers(context, answer, figures)}
        </section>
      </div>
      ${printRecord(context)} ${printFoot(context, answer)}
    `;
  }

  #form(context: Context, figures: string): TemplateResult {
    const { words } = context;
    return html`
      <h2 id="form-title">${words.yourRecord}</h2>
      <div class="part">
        <h3>${words.has}</h3>
        <credstack-combobox
          .items=${this.#items}
          .words=${words}
          @pick=${(event: CustomEvent<string>) => this.#add(event.detail)}
        ></credstack-combobox>
        ${attainments(context, (attainment) => void this.#remove(attainment))}
        <button type="button" class="button jump" @click=${() => this.#go(this.#find("#answers-title"))}>
          ${figures}
        </button>
      </div>
      <div class="part">${pursued(context)}</div>
      ${this.#folding(words.facts, facts(context))} ${this.#folding(words.awarded, awarded(context))}
      ${this.#folding(words.file, this.#files(words))}
    `;
  }

  /** A part that is asked for less often, and closed at first where there is little room. */
  #folding(title: string, contents: unknown): TemplateResult {
    return html`<details class="part" .open=${!this.#isNarrow}>
      <summary><h3>${title}</h3></summary>
      ${contents}
    </details>`;
  }

  #files(words: Words): TemplateResult {
    return html`<p class="hint">${words.fileHint}</p>
      <div class="buttons">
        <label class="button file">
          ${icon("file")} ${words.chooseFile}
          <input
            type="file"
            class="visually-hidden"
            accept=".json,.csv,application/json,text/csv"
            @change=${this.#chosen}
          />
        </label>
        <button type="button" class="button" ?disabled=${isEmpty(this.draft)} @click=${this.#save}>
          ${words.saveRecord}
        </button>
        <button type="button" class="button quiet" ?disabled=${isEmpty(this.draft)} @click=${this.#startOver}>
          ${words.startOver}
        </button>
      </div>`;
  }

  #answers(context: Context, answer: Answer, figures: string): TemplateResult {
    const { words, spoken } = context;
    const view: AnswersView = {
      opened: this.opened,
      plans: this.plans,
      open: (credential, isOpen) => this.#openCard(credential, isOpen),
      toggle: (credential) => this.#togglePlan(credential),
      load: (credential, load) => this.#setPlan(credential, { load }),
    };
    const notices = answer.notices ?? [];
    const { catalog } = context;
    return html`
      <div class="answers-head">
        <div>
          <h2 id="answers-title" tabindex="-1">${words.answers}</h2>
          <p class="summary">${figures}</p>
        </div>
        <div class="no-print as-of">
          ${dateField({ label: words.asOf, value: this.asOf, set: (date) => (this.asOf = date ?? today()) })}
          <button type="button" class="button quiet" @click=${() => window.print()}>${words.print}</button>
        </div>
      </div>
      ${this.#faulty(words)}
      ${
        notices.length > 0
          ? html`<div class="box review">
              ${icon("warning")}
              <div>
                <h3>${words.notices}</h3>
                <ul>
                  ${notices.map((notice) => html`<li>${sentence(notice, spoken)}</li>`)}
                </ul>
              </div>
            </div>`
          : nothing
      }
      <credstack-stack
        .context=${guard([words, catalog], () => context)}
        .answer=${answer}
        .targets=${guard([this.targets, this.draft.declared], () =>
          this.#asked.length > 0 ? [...this.#asked, ...this.draft.declared] : [],
        )}
        @pick=${(event: CustomEvent<string>) => void this.#show(event.detail)}
      ></credstack-stack>
      ${answers(context, answer, view)}
    `;
  }

  #faulty(words: Words): TemplateResult | typeof nothing {
    if (!this.fault) return nothing;
    const isTrapped = this.fault.code === "engine-trapped" || this.fault.code === "engine-stopped";
    return html`<div class="box closed" role="alert">
      ${icon("warning")}
      <div>
        <h3>${words.notAnswered}</h3>
        <p>${isTrapped ? words.trapped : html`${words.refused} ${bdi(this.fault.message)}`}</p>
        <p>
          <button type="button" class="button" @click=${() => this.client && this.#ask(this.client)}>
            ${words.retry}
          </button>
          ${this.#previous ? html`<button type="button" class="button quiet" @click=${() => this.#undo()}>${words.undo}</button>` : nothing}
        </p>
      </div>
    </div>`;
  }

  #languages(words: Words): TemplateResult {
    return html`<div class="switch no-print" part="languages" role="group" aria-label=${words.language}>
      ${LANGUAGES.map(
        ({ code, name }) =>
          html`<button
            type="button"
            lang=${code}
            aria-pressed=${code === this.#language}
            @click=${() => (this.lang = code)}
          >
            ${name}
          </button>`,
      )}
    </div>`;
  }

  #unknownTargets(words: Words, client: EngineClient): TemplateResult | typeof nothing {
    const unknown = this.#asked.filter((id) => !isListed(client, id));
    if (unknown.length === 0) return nothing;
    return html`<p class="box review">
      ${icon("warning")} <span>${words.unknownTargets(isolated(unknown.join(", ")))}</span>
    </p>`;
  }

  #loading(words: Words): TemplateResult {
    return html`<p class="loading" role="status">${words.loading}</p>`;
  }

  get #language(): Language {
    const tag = this.lang || document.documentElement.lang || navigator.language;
    return LANGUAGES.find(({ code }) => tag.toLowerCase().startsWith(code))?.code ?? "en";
  }

  get #words(): Words {
    return WORDS[this.#language];
  }

  /** The engine's sentences are in the page's language if the engine has it. */
  #spoken({ languages }: EngineClient): string {
    return languages.includes(this.#language) ? this.#language : "en";
  }

  /** The credentials that the page is about. */
  get #asked(): string[] {
    return (this.targets ?? "").split(/[\s,]+/).filter(Boolean);
  }

  /** Fetches everything that the form needs; afterwards it asks for nothing any more. */
  async #open(): Promise<void> {
    const turn = ++this.#turn;
    this.client?.close();
    this.client = undefined;
    this.answer = undefined;
    this.problem = this.bundle ? undefined : "no-bundle";
    if (!this.bundle) return;
    const [bundle, module] = [this.bundle, this.module].map((place) => place && new URL(place, document.baseURI).href);
    const start = performance.now();
    try {
      const client = await EngineClient.open(module || MODULE, bundle || "", this.#pursues.length > 0);
      // Somebody may have pointed elsewhere, or taken the form away, while this was fetched.
      if (turn !== this.#turn) return client.close();
      performance.measure("credstack:open", { start });
      // A form that is hidden has no width yet.
      this.#isNarrow = (this.clientWidth || innerWidth) < NARROW;
      this.#items = searchable(client.catalog);
      this.#declare(client);
      this.client = client;
    } catch (error) {
      if (turn === this.#turn) this.problem = asEngineError(error);
    }
  }

  /** What is pursued once the catalog is here, if that has it: at first what the page is about. */
  get #pursues(): readonly string[] {
    return this.#isNew ? this.#asked : this.draft.declared;
  }

  get #isNew(): boolean {
    return isEmpty(this.draft) && this.draft.declared.length === 0;
  }

  /** Pursued is never what the catalog does not have. */
  #declare(client: EngineClient): void {
    const declared = this.#pursues.filter((id) => isListed(client, id));
    if (this.#isNew && !this.#isNarrow) this.opened = new Set(declared);
    this.draft = { ...this.draft, declared };
  }

  /**
   * Asks for the answer to the record as it is. What is pursued is what the learner looks at, and mostly answered at
   * once, so that the page is written once with the change and what it comes to.
   */
  #ask(client: EngineClient): void {
    this.#start = performance.now();
    this.#questions += 1;
    this.#isAnswered = this.#isWhole = false;
    try {
      const pursued = this.draft.declared.length > 0 ? client.now(this.#question(client)) : undefined;
      if (pursued) {
        this.#isAnswered = true;
        void this.#put("credstack:answer", withRest(pursued, this.answer)).then(() => this.#follow());
        return;
      }
    } catch (error) {
      // The worker would say the same, and what it was asked before may not hide it.
      this.#isAnswered = true;
      return this.#fail(error);
    }
    void this.#follow();
  }

  /** Asks the worker for what is not answered. While one thing is asked for, changes wait, together. */
  async #follow(): Promise<void> {
    this.#isStale = true;
    if (this.#isFollowing) return;
    this.#isFollowing = true;
    while (this.#isStale && this.client) {
      this.#isStale = false;
      await this.#followOnce(this.client);
    }
    this.#isFollowing = false;
  }

  /**
   * The whole catalog follows once nothing changed for as long as its answer takes, so that nobody waits for it who
   * types on.
   */
  async #followOnce(client: EngineClient): Promise<void> {
    const turn = this.#questions;
    const question = this.#question(client);
    const isLate = (): boolean => turn !== this.#questions || client !== this.client;
    // A late answer is better than none, but not than a later one.
    const isOvertaken = (): boolean => client !== this.client || (isLate() && this.#isAnswered);
    try {
      if (this.draft.declared.length > 0 && !this.#isAnswered) {
        const pursued = await client.determine({ ...question, targets: "declared" });
        if (isOvertaken()) return;
        this.#isAnswered = !isLate();
        await this.#put("credstack:answer", withRest(pursued, this.answer));
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
        this.#announceLater();
      }
    } catch (error) {
      // What was asked of an engine that is no longer here is asked of the next one again.
      if (client === this.client) this.#fail(error);
      return;
    }
    for (const [credential, { load }] of this.plans) {
      if (isLate() || this.#isStale) return;
      const view: PlanView = { load };
      try {
        const most = load === undefined ? undefined : String(load);
        view.plan = await client.plan({ ...question, targets: [credential], load: most });
      } catch (error) {
        view.fault = asEngineError(error).message;
      }
      if (this.plans.get(credential)?.load === load) this.plans = new Map(this.plans).set(credential, view);
    }
  }

  #question(client: EngineClient): { record: Draft; asOf: string; language: string } {
    return { record: this.draft, asOf: this.asOf, language: this.#spoken(client) };
  }

  /** Shows an answer, and tells the page's timing what it took. */
  async #put(name: string, answer: Answer): Promise<void> {
    const start = this.#start;
    this.answer = answer;
    this.fault = undefined;
    await this.updateComplete;
    performance.measure(name, { start });
  }

  #fail(error: unknown): void {
    const fault = asEngineError(error);
    // Without any answer before, there is nothing to show beside the fault; and what the page's policy does not allow
    // its keeper has to be told.
    if (this.answer && fault.code !== "worker-refused") this.fault = fault;
    else this.problem = fault;
  }

  /** Says what changed, once nothing changes any more for a while. */
  #announceLater(): void {
    clearTimeout(this.#announcing);
    const statuses = new Map(this.answer?.targets.map(({ credential, status }) => [credential, status]));
    // The first answer is there before anything can change it.
    if (this.#announced.size === 0) this.#announced = statuses;
    this.#announcing = setTimeout(() => {
      const words = this.#words;
      const changed =
        this.answer?.targets.filter(({ credential, status }) => this.#announced.get(credential) !== status) ?? [];
      this.#announced = statuses;
      const each = changed.map(({ title, status }) => `${isolated(title)}: ${words.statuses[status]}.`);
      if (changed.length > 0)
        this.announcement = changed.length > ANNOUNCED ? words.changed(changed.length) : each.join(" ");
    }, QUIET);
  }

  #change(draft: Draft): void {
    const added = draft.declared.filter((id) => !this.draft.declared.includes(id));
    if (added.length > 0 && !this.#isNarrow) this.opened = new Set([...this.opened, ...added]);
    this.draft = draft;
  }

  #add(code: string): void {
    const attainment: Attainment = { id: freeId(this.draft), of: code };
    this.#change({ ...this.draft, attainments: [attainment, ...this.draft.attainments] });
    this.announcement = this.#words.added(isolated(code));
  }

  async #remove(attainment: Attainment): Promise<void> {
    const { attainments } = this.draft;
    const at = attainments.indexOf(attainment);
    this.#change({ ...this.draft, attainments: attainments.toSpliced(at, 1) });
    this.announcement = this.#words.removed(isolated(attainment.of));
    await this.updateComplete;
    // The focus goes to what stands there now, as what had it is gone.
    const buttons = this.shadowRoot?.querySelectorAll<HTMLElement>(".entry .icon-button") ?? [];
    (buttons[Math.min(at, buttons.length - 1)] ?? this.#find("credstack-combobox"))?.focus();
  }

  /** Replaces the record so that it can be taken back, and tells of it. */
  #replace(draft: Draft, told: Report): void {
    this.#previous = this.draft;
    this.#change(draft);
    this.report = told;
  }

  #undo(): void {
    if (this.#previous) this.draft = this.#previous;
    this.#previous = undefined;
    this.report = undefined;
    this.#find("credstack-combobox")?.focus();
  }

  #startOver(): void {
    const { client } = this;
    if (!client) return;
    this.plans = new Map();
    this.#replace(emptyDraft(this.#asked.filter((id) => isListed(client, id))), { kind: "cleared" });
  }

  #save(): void {
    const stated = Object.entries(this.draft).filter(
      ([, field]) => typeof field !== "object" || Object.keys(field).length > 0,
    );
    const text = JSON.stringify(Object.fromEntries(stated), undefined, 2);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = `${this.client?.catalog.id ?? "credstack"}-record-${today()}.json`;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  #dragged(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.isDragging = this.client !== undefined;
  }

  #dropped(event: DragEvent): void {
    this.isDragging = false;
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    void this.#read(file);
  }

  #chosen(event: Event): void {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    if (file) void this.#read(file);
    // The same file may be chosen again, once it is mended.
    input.value = "";
  }

  async #read(file: File): Promise<void> {
    const { client } = this;
    if (!client) return;
    const name = isolated(file.name);
    if (file.size > client.recordBytes) {
      const [size, most] = [file.size, client.recordBytes].map((bytes) => saySize(bytes, this.#language)) as [
        string,
        string,
      ];
      this.report = { kind: "refused", say: (words) => ({ title: words.tooLarge(name, size, most), faults: [] }) };
      return;
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    const isRecord =
      /\.json$/i.test(file.name) || /^(\uFEFF)?\s*[{[]/.test(new TextDecoder().decode(bytes.subarray(0, 200)));
    if (isRecord) await this.#readRecord(client, bytes, file.name);
    else this.#readTable(client, bytes, file.name);
  }

  /** The engine says whether it is a record; only then is it the learner's. */
  async #readRecord(client: EngineClient, bytes: Uint8Array, name: string): Promise<void> {
    try {
      const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
      const question = { ...this.#question(client), record: text };
      if (!client.now(question)) await client.determine({ ...question, targets: "declared" });
      this.#replace(draftOf(JSON.parse(text)), { kind: "record", name });
    } catch (error) {
      const { line, column, message } = error instanceof EngineError ? error : ({ message: "" } as EngineError);
      this.report = {
        kind: "refused",
        say: (words) => ({
          title: words.badRecord(isolated(name)),
          ...(line !== undefined && column !== undefined ? { where: words.place(line, column) } : {}),
          faults: [message ? { reason: message } : { reason: words.csv.notUtf8, mend: words.csv.saveAsUtf8 }],
        }),
      };
    }
  }

  #readTable(client: EngineClient, bytes: Uint8Array, name: string): void {
    const table = readTable(bytes, client.catalog);
    if ("faults" in table) {
      this.report = {
        kind: "refused",
        say: (words) => ({
          title: words.csv.unreadable(isolated(name)),
          where: words.line(table.line),
          faults: table.faults.map((fault) => fault(words.csv)),
        }),
      };
    } else if (new Set(table.rows.map(({ learner }) => learner)).size > 1) {
      this.report = { kind: "whose", name, ...table };
    } else {
      this.#take(table.rows, table.refused, name);
    }
  }

  #take(rows: readonly Row[], refused: readonly BadRow[], name: string): void {
    const taken = new Set(this.draft.attainments.map(({ id }) => id));
    const added: Attainment[] = [];
    const repeated: BadRow[] = [];
    for (const { line, learner, attainment } of rows) {
      const { id, of } = attainment;
      if (taken.has(id))
        repeated.push({
          line,
          learner,
          text: of,
          faults: [(words) => ({ reason: words.repeated(id), mend: words.ownId })],
        });
      else added.push(attainment);
      taken.add(id);
    }
    const learner = rows[0]?.learner || this.draft.learner;
    const all = [...refused, ...repeated].sort((a, b) => a.line - b.line);
    const draft = { ...this.draft, learner, attainments: [...this.draft.attainments, ...added] };
    this.#replace(draft, { kind: "rows", name, count: added.length, refused: all });
  }

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
    void this.#follow();
  }

  /** What is pursued, and what is complete, is printed with all that it says. */
  readonly #openForPrint = (): void => {
    const targets = this.answer?.targets ?? [];
    const printed = targets.filter(
      ({ declared, status }) => declared || status === "complete" || status === "complete_with_in_progress",
    );
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

function isListed({ catalog }: EngineClient, credential: string): boolean {
  return own(catalog.credentials, credential) !== undefined;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

import { html, LitElement, nothing, svg, type PropertyValues, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";

import { type Edge, stacksOf, type Stack, titleOf } from "../catalog.ts";
import type { Answer, Context, Target } from "./context.ts";
import { bar, figures } from "./progress.ts";
import { statusChip } from "./status.ts";
import { bdi, capital, isolated } from "./text.ts";

/** A line of the picture. */
interface Line {
  path: string;
  stacks: boolean;
}

/**
 * The picture of the stack: what counts toward what, and how far each is. Nodes are buttons; pressing
 * one sends `pick`, with the credential. It has no shadow root, as the form's styles are its own.
 */
export class StackPicture extends LitElement {
  static override properties = {
    context: { attribute: false },
    answer: { attribute: false },
    targets: { attribute: false },
    stacks: { state: true },
    lines: { state: true },
  };

  declare context: Context;
  declare answer: Answer;
  /** Of which stacks; all if none is given. */
  declare targets: readonly string[];
  declare private stacks: Stack[];
  declare private lines: Line[];

  /** Where nodes stand follows from the sizes of all of them, which the browser tells once it has laid them out. */
  readonly #resized = new ResizeObserver(() => this.#draw());

  constructor() {
    super();
    this.targets = [];
    this.stacks = [];
    this.lines = [];
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observe();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { graph } = this.context;
    const isOther = changed.has("context") && changed.get("context")?.graph !== graph;
    if (isOther || changed.has("targets")) this.stacks = stacksOf(graph, this.targets);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { stacks } = this;
    const { words } = this.context;
    if (stacks.length === 0) return nothing;
    return html`<section class="stack" part="stack" aria-labelledby="stack-title">
      <h3 id="stack-title">${words.stack}</h3>
      <p class="hint no-print">${words.stackHint}</p>
      <div class="picture">
        <svg class="ways" aria-hidden="true" focusable="false">
          ${this.lines.map(({ path, stacks }) => svg`<path class=${stacks ? "way" : "way held"} d=${path} />`)}
        </svg>
        ${stacks.map((stack) => this.#stack(stack))}
      </div>
      <details class="stack-list">
        <summary>${words.stackAsList}</summary>
        <ul>
          ${this.#edges().map((edge) => html`<li>${this.#sentence(edge)}</li>`)}
        </ul>
      </details>
    </section>`;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has("stacks")) this.#observe();
  }

  #observe(): void {
    this.#resized.disconnect();
    for (const part of this.querySelectorAll(".picture, [data-id]")) this.#resized.observe(part);
  }

  #edges(): Edge[] {
    return this.stacks.flatMap(({ edges }) => edges);
  }

  #stack({ columns }: Stack): TemplateResult {
    return html`<div class="columns">
      ${columns.map((column) => html`<div class="column">${column.map((id) => this.#node(id))}</div>`)}
    </div>`;
  }

  #node(id: string): unknown {
    const target = this.#target(id);
    return guard([id, target, this.context], () => this.#button(id, target));
  }

  #button(id: string, target: Target | undefined): TemplateResult {
    const { context } = this;
    return html`<button
      type="button"
      class="stack-node ${target?.declared ? "pursued" : ""}"
      part="stack-node"
      data-id=${id}
      @click=${() => this.dispatchEvent(new CustomEvent("pick", { detail: id }))}
    >
      <span class="card-kind">${target ? capital(context.labels.credential_kind[target.kind]) : nothing}</span>
      <span class="stack-node-title">${bdi(titleOf(context.catalog, id))}</span>
      ${
        target
          ? html`${statusChip(context, target.status)} ${bar(context, target)}
              <span class="figures">${figures(context, target)}</span>`
          : nothing
      }
    </button>`;
  }

  #sentence({ from, into, stacks }: Edge): string {
    const { words, labels, catalog } = this.context;
    const named = (id: string): string => {
      const status = this.#target(id)?.status;
      const title = isolated(titleOf(catalog, id));
      return status ? `${title} (${labels.status[status]})` : title;
    };
    return (stacks ? words.countsToward : words.neededFor)(named(from), named(into));
  }

  #target(id: string): Target | undefined {
    return this.answer.targets.find(({ credential }) => credential === id);
  }

  /** Draws the ways between the nodes where these came to stand: beside or below one another. */
  #draw(): void {
    const picture = this.querySelector<HTMLElement>(".picture");
    if (!picture) return;
    const origin = picture.getBoundingClientRect();
    const places = new Map<string, DOMRect>();
    for (const node of picture.querySelectorAll<HTMLElement>("[data-id]")) {
      const { x, y, width, height } = node.getBoundingClientRect();
      places.set(node.dataset["id"] ?? "", new DOMRect(x - origin.x, y - origin.y, width, height));
    }
    const lines = this.#edges().flatMap(({ from, into, stacks }) => {
      const [a, b] = [places.get(from), places.get(into)];
      return a && b ? [{ path: way(a, b), stacks }] : [];
    });
    if (JSON.stringify(lines) !== JSON.stringify(this.lines)) this.lines = lines;
  }
}

/** Draws a curve from one node to another, with an arrowhead. */
function way(a: DOMRect, b: DOMRect): string {
  const round = Math.round;
  if (b.left >= a.right) {
    const [x1, y1, x2, y2] = [a.right, a.top + a.height / 2, b.left - 2, b.top + b.height / 2].map(round) as [
      number,
      number,
      number,
      number,
    ];
    const bend = round((x2 - x1) / 2);
    return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}m-6 -4l6 4l-6 4`;
  }
  // Nodes between the two are passed on the left.
  const [x1, y1, x2, y2] = [a.left, a.top + a.height / 2, b.left - 2, b.top + 18].map(round) as [
    number,
    number,
    number,
    number,
  ];
  return `M${x1} ${y1}C${x1 - 18} ${y1} ${x2 - 18} ${y2} ${x2} ${y2}m-6 -4l6 4l-6 4`;
}

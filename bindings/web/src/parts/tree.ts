// A requirement tree with what was counted where.

import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";

import { courseOf } from "../catalog.ts";
import { amount as amountOf, worth as worthOf } from "./amounts.ts";
import type { Context, Node } from "./context.ts";
import { nodeMark } from "./status.ts";
import { bdi, sentence } from "./text.ts";

/** Shows a tree; of one that only joins its parts, the parts. */
export function tree(context: Context, root: Node): TemplateResult {
  const { children = [], limits = [], label, note, needed, rule } = root;
  const isPlain = label === undefined && note === undefined && needed && children.length > 0;
  if (!isPlain)
    return html`<ul class="tree" part="tree">
      ${item(context, root)}
    </ul>`;
  return html`
    ${children.length > 1 ? html`<p class="joins">${sentence(rule, context.spoken)}</p>` : nothing}
    <ul class="tree" part="tree">
      ${children.map((node) => item(context, node))} ${limitItems(context, limits)}
    </ul>
  `;
}

/** Shows a node, which is written anew only if something in it changed. */
function item(context: Context, node: Node): unknown {
  const { words, spoken, catalog } = context;
  return guard([node, words, spoken, catalog], () => itemOf(context, node));
}

function itemOf(context: Context, node: Node): TemplateResult {
  const { words, spoken } = context;
  const name = node.label === undefined ? sentence(node.rule, spoken) : bdi(node.label, "label");
  const amount = node.amount ? amountOf(context, node.amount) : nothing;
  const head = html`${nodeMark(context, node.status)}
    <span class="node-name"
      >${name}${node.needed ? nothing : html` <span class="hint">(${words.alternative})</span>`}</span
    >
    <span class="node-amount">${amount}</span>`;
  const inside = contents(context, node);
  const classes = node.needed ? "node" : "node aside";
  if (inside.length === 0) return html`<li class=${classes}><div class="node-head">${head}</div></li>`;
  return html`<li class=${classes}>
    <details ?open=${node.needed && (node.status !== "met" || node.uses !== undefined)}>
      <summary class="node-head">${head}</summary>
      <div class="node-body">${inside}</div>
    </details>
  </li>`;
}

function contents(context: Context, node: Node): TemplateResult[] {
  const { spoken } = context;
  const { label, rule, note, uses = [], facts = [], limits = [], children = [] } = node;
  return [
    ...(label === undefined ? [] : [html`<p class="rule">${sentence(rule, spoken)}</p>`]),
    ...(note === undefined ? [] : [html`<p class="note">${bdi(note)}</p>`]),
    ...(uses.length === 0
      ? []
      : [
          html`<ul class="uses">
            ${uses.map((use) => used(context, use, node))}
          </ul>`,
        ]),
    ...facts.map(
      ({ text }) => html`<p class="fact">${nodeMark(context, "needs_review")} ${sentence(text, spoken)}</p>`,
    ),
    ...(children.length + limits.length === 0
      ? []
      : [
          html`<ul class="tree">
            ${children.map((child) => item(context, child))} ${limitItems(context, limits)}
          </ul>`,
        ]),
  ];
}

/** Shows limits, which stand after what they limit, and look the same. */
function limitItems(context: Context, limits: NonNullable<Node["limits"]>): unknown[] {
  const { words, spoken, catalog } = context;
  return limits.map((limit) =>
    guard([limit, words, spoken, catalog], () => itemOf(context, { ...limit, path: "", needed: true, short: 0 })),
  );
}

type Use = NonNullable<Node["uses"]>[number];

function used(context: Context, { of, amount, standing }: Use, { amount: whole }: Node): TemplateResult {
  const { words, catalog } = context;
  const worth = whole?.measure && whole.measure !== "count" ? worthOf(context, amount, whole.measure) : "";
  const state = standing === "counts" ? "" : words.standings[standing];
  return html`<li>
    ${bdi(of, "code")} ${bdi(courseOf(catalog, of)?.title ?? "")}
    <span class="hint">${[worth, state].filter(Boolean).join(", ")}</span>
  </li>`;
}

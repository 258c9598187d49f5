// How statuses look: never by colour alone.

import { html, type TemplateResult } from "lit";

import type { Context, Node, Target } from "./context.ts";
import { icon, type Icon } from "./icons.ts";

/** The colour of a status, as a class. */
type Tone = "good" | "soon" | "review" | "open" | "closed";

const STATUSES: Record<Target["status"], [Tone, Icon]> = {
  conferred: ["good", "conferred"],
  complete: ["good", "complete"],
  complete_with_in_progress: ["soon", "half"],
  needs_review: ["review", "review"],
  incomplete: ["open", "open"],
  closed: ["closed", "closed"],
  undetermined: ["review", "review"],
};

const NODES: Record<Node["status"], [Tone, Icon]> = {
  met: ["good", "met"],
  met_with_in_progress: ["soon", "half"],
  needs_review: ["review", "review"],
  unmet: ["open", "open"],
  closed: ["closed", "closed"],
};

const ADMISSIONS: Record<Target["admission"], [Tone, Icon]> = {
  eligible: ["good", "start"],
  not_eligible: ["open", "lock"],
  unknown: ["review", "review"],
};

/** How far a credential is, in a word with a picture. */
export function statusChip({ words }: Context, status: Target["status"]): TemplateResult {
  return chip(STATUSES[status], words.statuses[status]);
}

/** What is to be said of start and award beside the status. */
export function gateChips({ words }: Context, { status, admission, conferral }: Target): TemplateResult[] {
  const isOpen = status !== "conferred" && status !== "complete";
  return [
    ...(isOpen || admission !== "eligible" ? [chip(ADMISSIONS[admission], words.admissions[admission])] : []),
    ...(conferral !== "open" && !isOpen && status !== "conferred"
      ? [chip(conferral === "shut" ? ["open", "lock"] : ["review", "review"], words.conferrals[conferral])]
      : []),
  ];
}

/** Whether a requirement is met; the words are for those who do not see the picture. */
export function nodeMark({ words }: Context, status: Node["status"]): TemplateResult {
  const [tone, name] = NODES[status];
  return html`<span class="mark ${tone}"
    >${icon(name)}<span class="visually-hidden">${words.nodeStatuses[status]}:</span></span
  >`;
}

function chip([tone, name]: [Tone, Icon], text: string): TemplateResult {
  return html`<span class="chip ${tone}" part="chip">${icon(name)} ${text}</span>`;
}

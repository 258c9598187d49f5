// How statuses look: never by colour alone.

import { awaitsAward, outlookOf } from "credstack";
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

/** Shows how far a credential is, in a word with a picture. */
export function statusChip({ labels }: Context, status: Target["status"]): TemplateResult {
  return chip(STATUSES[status], labels.status[status]);
}

/** Returns whether a credential is printed with all that it says: it is pursued, or complete and not yet awarded. */
export function isPrinted(target: Target): boolean {
  const outlook = outlookOf(target);
  const isComplete = outlook === "earned" || outlook === "earned_with_in_progress";
  return target.declared || (isComplete && target.status !== "conferred");
}

/** Shows what is to be said of start and award beside the status. */
export function gateChips({ labels }: Context, target: Target): TemplateResult[] {
  const { admission, conferral } = target;
  const isOpen = outlookOf(target) !== "earned";
  return [
    ...(isOpen || admission !== "eligible" ? [chip(ADMISSIONS[admission], labels.admission[admission])] : []),
    ...(awaitsAward(target)
      ? [chip(conferral === "shut" ? ["open", "lock"] : ["review", "review"], labels.gate[conferral])]
      : []),
  ];
}

/** Shows whether a requirement is met; the words are for those who do not see the picture. */
export function nodeMark({ labels }: Context, status: Node["status"]): TemplateResult {
  const [tone, name] = NODES[status];
  return html`<span class="mark ${tone}"
    >${icon(name)}<span class="visually-hidden">${labels.node_status[status]}:</span></span
  >`;
}

function chip([tone, name]: [Tone, Icon], text: string): TemplateResult {
  return html`<span class="chip ${tone}" part="chip">${icon(name)} ${text}</span>`;
}

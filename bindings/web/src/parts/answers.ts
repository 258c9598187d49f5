// The answers: a card for each credential, those that are pursued first.

import { type Outlook, outlookOf } from "credstack";
import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";

import { titleOf } from "../catalog.ts";
import type { Words } from "../words.ts";
import type { Answer, Context, PlanView, Target } from "./context.ts";
import { icon } from "./icons.ts";
import { planOf, type PlanActions } from "./plan.ts";
import { bar, figures } from "./progress.ts";
import { gateChips, statusChip } from "./status.ts";
import { bdi, capital, sentence } from "./text.ts";
import { tree } from "./tree.ts";

/** What the learner has opened, and does, among the answers. */
export interface AnswersView extends PlanActions {
  opened: ReadonlySet<string>;
  open(credential: string, isOpen: boolean): void;
  plans: ReadonlyMap<string, PlanView>;
}

/** More cards than this are laid out only near the view. */
const MANY = 40;

/** A group of cards with a title. */
type Group = keyof Words["groups"];

/** Shows all cards. */
export function answers(context: Context, { targets }: Answer, view: AnswersView): TemplateResult {
  const { words, draft, spoken, catalog } = context;
  const pursued = targets.filter(({ declared }) => declared);
  const others = targets.filter(({ declared }) => !declared);
  const codes = others.some((target) => showsCodes(target, view)) ? draft.attainments : undefined;
  return html`
    ${draft.declared.length > 0 ? section(context, "group", words.pursuedTogether, pursued, view) : nothing}
    ${guard([...others, view.opened, view.plans, codes, words, spoken, catalog], () => groups(context, others, view))}
  `;
}

/** Shows what is not pursued: what is nearest first. */
function groups(context: Context, others: readonly Target[], view: AnswersView): unknown[] {
  const sorted = others.toSorted((a, b) => a.distance - b.distance);
  return (["complete", "review", "startable", "further"] as const).map((group) => {
    const targets = sorted.filter((target) => GROUPS[outlookOf(target)] === group);
    return section(
      context,
      others.length > MANY ? "group others many" : "group others",
      context.words.groups[group],
      targets,
      view,
    );
  });
}

function section(
  context: Context,
  classes: string,
  title: string,
  targets: readonly Target[],
  view: AnswersView,
): TemplateResult | typeof nothing {
  if (targets.length === 0) return nothing;
  return html`<section class=${classes}>
    <h3>${title}</h3>
    ${repeat(
      targets,
      ({ credential }) => credential,
      (target) => unchanged(context, target, view),
    )}
  </section>`;
}

/** Shows a card, written anew only if something of it changed. */
function unchanged(context: Context, target: Target, view: AnswersView): unknown {
  const { words, spoken, catalog, draft } = context;
  const codes = showsCodes(target, view) ? draft.attainments : undefined;
  const { credential } = target;
  return guard([target, view.opened.has(credential), view.plans.get(credential), codes, words, spoken, catalog], () =>
    card(context, target, view),
  );
}

/** Returns whether a card names attainments by the codes that they have on the record. */
function showsCodes({ credential, shared }: Target, { opened }: AnswersView): boolean {
  return shared !== undefined && opened.has(credential);
}

/** Returns an answer about what is pursued, and of the rest what was answered before. */
export function withRest(answer: Answer, before: Answer | undefined): Answer {
  if (!before) return answer;
  const answered = new Set(answer.targets.map(({ credential }) => credential));
  const rest = before.targets.filter(({ credential }) => !answered.has(credential));
  const others = rest.map((target) => (target.declared ? { ...target, declared: false } : target));
  return { ...answer, ...(before.notices ? { notices: before.notices } : {}), targets: [...answer.targets, ...others] };
}

/** Tells how many are how far, in a line. */
export function summary({ words }: Context, { targets }: Answer): string {
  const count = (outlook: Outlook): number => targets.filter((target) => outlookOf(target) === outlook).length;
  const figures = {
    complete: count("earned"),
    inProgress: count("earned_with_in_progress"),
    review: count("review"),
    startable: count("startable"),
  };
  return Object.entries(figures)
    .filter(([, n], at) => n > 0 || at === 0)
    .map(([name, n]) => words.summary[name as keyof typeof figures](n))
    .join(" · ");
}

/** What the page groups by what the engine makes of a credential. */
const GROUPS: Record<Outlook, Group> = {
  earned: "complete",
  earned_with_in_progress: "complete",
  review: "review",
  startable: "startable",
  further: "further",
};

function card(context: Context, target: Target, view: AnswersView): TemplateResult {
  const { words, labels, spoken } = context;
  const { credential, title, kind, edition } = target;
  const isOpen = view.opened.has(credential);
  return html`<details
    class="card"
    part="card"
    id="card-${credential}"
    .open=${isOpen}
    @toggle=${(event: ToggleEvent) => {
      // The toggles of the tree inside come by as well.
      if (event.target === event.currentTarget) view.open(credential, (event.target as HTMLDetailsElement).open);
    }}
  >
    <summary class="card-head">
      <span class="card-kind"
        >${capital(labels.credential_kind[kind])}${edition === undefined ? nothing : html` · ${words.edition(edition)}`}</span
      >
      <h4 class="card-title">${bdi(title)}</h4>
      <span class="chips">${statusChip(context, target.status)} ${gateChips(context, target)}</span>
      ${bar(context, target)}
      <span class="figures">${figures(context, target)}</span>
      ${target.declared && !isOpen ? nextStep(context, target) : nothing}
    </summary>
    <div class="card-body">
      <p>${sentence(target.summary, spoken)}</p>
      ${target.proof.status ? nothing : html`<p class="box review">${icon("warning")} <span>${words.unproved}</span></p>`}
      ${isOpen ? body(context, target, view) : nothing}
    </div>
  </details>`;
}

/** Shows what is missing first, for a card that is closed. */
function nextStep({ words, spoken }: Context, { next_steps = [] }: Target): TemplateResult | typeof nothing {
  const [first, ...more] = next_steps;
  if (first === undefined) return nothing;
  return html`<span class="card-next">
    ${sentence(first, spoken)}
    ${more.length > 0 ? html`<span class="hint">${words.moreSteps(more.length)}</span>` : nothing}
  </span>`;
}

/** Shows what is in a card. It is written only for cards that are open: a catalog may have hundreds. */
function body(context: Context, target: Target, view: AnswersView): TemplateResult {
  const { words, spoken } = context;
  const { credential, next_steps = [], admission_tree, conferral_tree, why_not, exceptions = [] } = target;
  const isOpen = outlookOf(target) !== "earned";
  return html`
    ${
      next_steps.length > 0
        ? html`<h5>${words.nextSteps}</h5>
            <ul class="steps">
              ${next_steps.map((step) => html`<li>${sentence(step, spoken)}</li>`)}
            </ul>`
        : nothing
    }
    ${
      why_not
        ? html`<div class="box review">
            ${icon("warning")}
            <div>
              <h5>${words.whyNot}</h5>
              <p>${sentence(why_not.text, spoken)}</p>
            </div>
          </div>`
        : nothing
    }
    ${isOpen ? planOf(context, target, view.plans.get(credential), view) : nothing}
    <h5>${words.requirements}</h5>
    ${tree(context, target.completion)}
    ${
      admission_tree && isOpen
        ? html`<h5>${words.toStart}</h5>
            ${tree(context, admission_tree)}`
        : nothing
    }
    ${
      conferral_tree
        ? html`<h5>${words.toBeAwarded}</h5>
            ${tree(context, conferral_tree)}`
        : nothing
    }
    ${shared(context, target)}
    ${
      exceptions.length > 0
        ? html`<h5>${words.exceptions}</h5>
            <ul class="uses">
              ${exceptions.map(({ authority, reason }) => html`<li>${words.grantedBy} ${bdi(authority)}: ${bdi(reason)}</li>`)}
            </ul>`
        : nothing
    }
    ${
      target.declared
        ? nothing
        : html`<p>
            <button
              type="button"
              class="button quiet"
              @click=${() => context.change((draft) => ({ ...draft, declared: [...draft.declared, credential] }))}
            >
              ${words.pursue}
            </button>
          </p>`
    }
  `;
}

/** Shows together what counts toward the same: the titles of courses stand in the tree. */
function shared({ words, catalog, draft }: Context, { shared = [] }: Target): TemplateResult | typeof nothing {
  if (shared.length === 0) return nothing;
  const codeOf = (id: string): string => draft.attainments.find((attainment) => attainment.id === id)?.of ?? id;
  const codes = new Map<string, string[]>();
  for (const { attainment, also_in } of shared) {
    const titles = also_in.map((id) => titleOf(catalog, id)).join(", ");
    codes.set(titles, [...(codes.get(titles) ?? []), codeOf(attainment)]);
  }
  return html`<h5>${words.sharedTitle}</h5>
    <ul class="uses">
      ${[...codes].map(
        ([titles, codes]) =>
          html`<li>
            ${codes.map((code, at) => html`${at > 0 ? ", " : nothing}${bdi(code, "code")}`)}
            <span class="hint">${words.sharedUse(codes.length, titles)}</span>
          </li>`,
      )}
    </ul>`;
}

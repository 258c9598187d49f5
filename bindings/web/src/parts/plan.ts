// The shortest way to a credential.

import { html, nothing, type TemplateResult } from "lit";

import { courseOf } from "../catalog.ts";
import { worth } from "./amounts.ts";
import type { Context, PlanView, Target } from "./context.ts";
import { numberField } from "./fields.ts";
import { icon } from "./icons.ts";
import { statusChip } from "./status.ts";
import { bdi, isolated, sentence } from "./text.ts";

/** What the learner does with a plan. */
export interface PlanActions {
  toggle(credential: string): void;
  load(credential: string, load: string | undefined): void;
}

/** Shows the button, and below it the plan that it opens. */
export function planOf(
  context: Context,
  target: Target,
  view: PlanView | undefined,
  actions: PlanActions,
): TemplateResult {
  const { words } = context;
  const { credential, title } = target;
  return html`<section class="plan" part="plan">
    <button type="button" class="button" aria-expanded=${view !== undefined} @click=${() => actions.toggle(credential)}>
      ${icon("way")} ${words.plan}
    </button>
    ${
      view
        ? html`<div class="plan-body">
            <h4 class="visually-hidden">${words.planOf(isolated(title))}</h4>
            <div class="plan-load">
              ${numberField({ label: words.load, value: view.load, set: (load) => actions.load(credential, load) }, words)}
              <p class="hint">${words.loadHint}</p>
            </div>
            ${view.fault === undefined ? nothing : html`<p class="bad" role="alert">${bdi(view.fault)}</p>`}
            ${view.plan ? steps(context, view.plan) : view.fault === undefined ? html`<p class="hint">${words.working}</p>` : nothing}
          </div>`
        : nothing
    }
  </section>`;
}

type Plan = NonNullable<PlanView["plan"]>;

function steps(context: Context, plan: Plan): TemplateResult {
  const { words, spoken } = context;
  const still = plan.targets.flatMap(({ still = [] }) => still);
  return html`
    ${
      plan.missing.length === 0
        ? html`<p>${words.planNothing}</p>`
        : html`<p class="plan-total">${words.planTotal(plan.missing.length, plan.credits)}</p>
            ${plan.least ? html`<p class="hint">${words.planLeast}</p>` : nothing}`
    }
    ${plan.obstacle === undefined ? nothing : html`<p class="bad">${sentence(plan.obstacle, spoken)}</p>`}
    ${
      plan.terms.length > 0
        ? html`<ol class="terms">
            ${plan.terms.map(
              ({ number, term, items, credits }) =>
                html`<li class="term">
                  <p class="term-name">
                    ${term === undefined ? words.planTerm(number) : bdi(term)}
                    <span class="hint">${worth(context, credits, "credits")}</span>
                  </p>
                  <ul class="courses">
                    ${items.map((code) => course(context, plan, code))}
                  </ul>
                </li>`,
            )}
          </ol>`
        : plan.missing.length > 0
          ? html`<p>${words.planWithoutTerms}</p>
              <ul class="courses">
                ${plan.missing.map(({ code }) => course(context, plan, code))}
              </ul>`
          : nothing
    }
    ${plan.targets.map(({ then }) => html`<p class="plan-then">${words.planThen} ${statusChip(context, then)}</p>`)}
    ${
      still.length > 0
        ? html`<p>${words.planStill}</p>
            <ul>
              ${still.map((text) => html`<li>${sentence(text, spoken)}</li>`)}
            </ul>`
        : nothing
    }
  `;
}

function course({ words, catalog }: Context, plan: Plan, code: string): TemplateResult {
  const item = plan.missing.find((missing) => missing.code === code);
  const instead = item?.instead ?? [];
  return html`<li>
    ${bdi(code, "code")} ${bdi(item?.title ?? "")}
    ${item?.only_before ? html`<span class="hint">${words.planBefore}</span>` : nothing}
    ${
      instead.length > 0
        ? html`<details class="instead">
            <summary>${words.planInstead} (${instead.length})</summary>
            <ul class="courses">
              ${instead.map((other) => html`<li>${bdi(other, "code")} ${bdi(courseOf(catalog, other)?.title ?? "")}</li>`)}
            </ul>
          </details>`
        : nothing
    }
  </li>`;
}

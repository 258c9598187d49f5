// Why the form cannot work.

import { html, nothing, type TemplateResult } from "lit";

import { EngineError } from "../engine/error.ts";
import type { Words } from "../words.ts";
import { icon } from "./icons.ts";
import { bdi } from "./text.ts";

/** Shows what is wrong and how to mend it, for learners; and, closed at first, what the keeper of the page needs. */
export function problem(words: Words, error: EngineError | "no-bundle", retry: () => void): TemplateResult {
  const { title, mend } = words.problems[error instanceof EngineError ? problemOf(error) : "noBundle"];
  return html`<div class="box closed problem" role="alert">
    ${icon("warning")}
    <div>
      <h2>${title}</h2>
      <p>${mend}</p>
      ${
        error instanceof EngineError
          ? html`<p><button type="button" class="button" @click=${retry}>${words.retry}</button></p>
              <details>
                <summary>${words.details}</summary>
                <p lang="en">${bdi(`${error.code}: ${error.message}`)}</p>
              </details>`
          : nothing
      }
    </div>
  </div>`;
}

/** Returns how a problem is told. */
function problemOf({ code }: EngineError): keyof Words["problems"] {
  if (code === "bundle-unreachable") return "bundleUnreachable";
  if (code === "bundle-version") return "bundleVersion";
  if (code.startsWith("bundle-")) return "bundleDamaged";
  if (code === "module-unreachable") return "moduleUnreachable";
  if (code.startsWith("module-")) return "moduleDamaged";
  return code === "hash-unavailable" ? "insecure" : "stopped";
}

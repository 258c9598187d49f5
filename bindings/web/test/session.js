// A browser, a server and a page for each test, and what several files of tests enter into it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, beforeEach, afterEach } from "node:test";

import { launch, watch } from "./browser.js";
import { ROOT, serve } from "./server.js";

/** @typedef {import("playwright-core").Page} Page */

export const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** @type {import("playwright-core").Browser} */
export let browser;
/** @type {import("./server.js").Server} */
export let server;
/** @type {Page} */
export let page;
/** @type {string[]} */
export let complaints;

before(async () => {
  server = await serve();
  server.put("/watching.js", "text/javascript", `(${watching})()`);
  browser = await launch();
});
after(async () => {
  await browser.close();
  await server.close();
});
beforeEach(() => open());
afterEach(async () => {
  await page.context().close();
});

/** Opens the page anew. @param {import("playwright-core").BrowserContextOptions} [options] */
export async function open(options = {}, path = "/") {
  await page?.context().close();
  const context = await browser.newContext({ locale: "en-US", viewport: { width: 1360, height: 900 }, ...options });
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  complaints = watch(page);
  await page.goto(server.origin + path);
}

/** Watches workers, in the page: what they are asked, and whether an answer stands there when one is started. */
function watching() {
  /** @type {{ starts: boolean[], asked: string[] }} */
  const watched = { starts: [], asked: [] };
  const { measure } = performance;
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (/** @type {any} */ message) {
    if (message.call === "determine") watched.asked.push(message.input.targets);
    postMessage.call(this, message);
  };
  const construct = (/** @type {typeof Worker} */ target, /** @type {[string]} */ given) => {
    const root = document.querySelector("credstack-eligibility")?.shadowRoot;
    watched.starts.push(root?.querySelector(".card") != null);
    return Reflect.construct(target, given);
  };
  Object.assign(globalThis, { watched, told: undefined, Worker: new Proxy(Worker, { construct }) });
  performance.measure = (name, ...rest) => {
    const entry = measure.call(performance, name, ...rest);
    if (name === "credstack:answers") {
      /** @type {any} */ (globalThis).told?.();
      Object.assign(globalThis, { told: undefined });
    }
    return entry;
  };
}

/** @type {[string, string]} */
export const WATCHED = ["</head>", `<script src="watching.js"></script></head>`];

/** A page with other attributes, and another policy.
 * @param {string} attributes
 * @param {[string, string]} policy What of it is replaced, and with what.
 */
export async function openWith(attributes, policy = ["", ""]) {
  const page = await readFile(join(ROOT, "target/web/index.html"), "utf8");
  const html = page
    .replace(...policy)
    // The browser complains of what is fetched before and then not used.
    .replaceAll(/<link rel="preload"[^>]*>/g, "")
    .replace(/<credstack-eligibility [^>]*>/, `<credstack-eligibility ${attributes}>`);
  assert.ok(html.includes(attributes) && html.includes(policy[1]));
  server.put("/other.html", "text/html; charset=utf-8", html);
  await open({}, "/other.html");
}

/** The worker, once it is there. */
export const started = async () => page.workers()[0] ?? (await page.waitForEvent("worker"));

/** A certificate in nine courses of one credit each. */
export const CERTIFICATE = [
  "CSCA 5622",
  "CSCA 5632",
  "CSCA 5642",
  "CSCA 5002",
  "CSCA 5012",
  "CSCA 5022",
  "CSCA 5112",
  "CSCA 5122",
  "CSCA 5132",
];

/** A table with some of them. @param {string[]} codes */
export const table = (codes) => ["code,grade,completed_on", ...codes.map((code) => `${code},A,2025-05-02`)].join("\n");

/** A record with all of them. */
export const RECORD = {
  version: 1,
  learner: "ada",
  declared: ["ai-certificate", "ms-cs"],
  attainments: CERTIFICATE.map((of, n) => ({ id: String(n), of, grade: "A", completed_on: "2025-05-02" })),
};

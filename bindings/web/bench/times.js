// What a learner waits for, as a table: `npm run bench --prefix bindings/web`, after bindings/web/build.
//
//     open      a page and everything that it fetches are new to the browser; from the form's first request to
//               the module started and the bundle open
//     first     from the start of the navigation to the first answer about what is pursued standing in the page
//     again     as open, the same page once more
//     shown     from the event of a change to the answer about what is pursued, and all that the form says of it,
//               standing in the document; not yet laid out or painted
//     layout    what the browser takes then to lay the page out
//     all       from the event of a change to the answer about the whole catalog standing there; it is asked for
//               after a pause
//
// Each is a median and a 95th percentile in milliseconds. CREDSTACK_TIMES is how often the form is opened; each time a
// grade is changed CHANGES times. The catalogs are the one of the page and one of 500 credentials, drawn from it.

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { launch } from "../test/browser.js";
import { serve, SITE } from "../test/server.js";

/** @typedef {import("playwright-core").Browser} Browser */
/** @typedef {Record<"open" | "first" | "again" | "shown" | "layout" | "all", number[]>} Times */

const OPENINGS = Number(process.env["CREDSTACK_TIMES"] ?? 7);
const CHANGES = 40;
/** The first answers are those of code that has not run yet. */
const WARMING = 5;
const CREDENTIALS = 500;
const GRADES = ["A", "A-", "B+", "B", "B-", "C+"];

/** Two dozen courses, the certificate among them. */
const CODES = [
  ...["CSCA 5622", "CSCA 5632", "CSCA 5642", "CSCA 5002", "CSCA 5012", "CSCA 5022", "CSCA 5112", "CSCA 5122"],
  ...["CSCA 5132", "CSCA 5414", "CSCA 5424", "CSCA 5454", "CSCA 5008", "CSCA 5018", "CSCA 5028", "CSCA 5063"],
  ...["DTSA 5301", "DTSA 5302", "DTSA 5303", "DTSA 5504", "DTSA 5505", "DTSA 5506", "CSCA 5073", "CSCA 5083"],
];
const RECORD = {
  version: 1,
  learner: "ada",
  declared: ["ai-certificate", "ms-cs"],
  attainments: CODES.map((of, n) => ({ id: String(n), of, grade: "A", completed_on: "2025-05-02" })),
};

const bundle = await readFile(join(SITE, "boulder.bundle"), "utf8");
const server = await serve();
server.put("/large.bundle", "application/octet-stream", large(bundle));
const site = await readFile(join(SITE, "index.html"), "utf8");
server.put("/large.html", "text/html; charset=utf-8", site.replaceAll("boulder.bundle", "large.bundle"));

const COLUMNS = /** @type {const} */ (["open", "first", "again", "shown", "layout", "all"]);
console.log(`${"".padEnd(18)}${COLUMNS.map((name) => name.padStart(16)).join("")}`);
try {
  for (const [name, path] of /** @type {const} */ ([
    ["CU Boulder", "/"],
    ["500 credentials", "/large.html"],
  ])) {
    /** @type {Times} */
    const times = { open: [], first: [], again: [], shown: [], layout: [], all: [] };
    for (let n = 0; n < OPENINGS; n++) await measure(server.origin + path, times);
    console.log(
      `${name.padEnd(18)}${Object.values(times)
        .map((each) => said(each).padStart(16))
        .join("")}`,
    );
  }
} finally {
  await server.close();
}

/** Measures once, in a browser of its own. @param {string} address @param {Times} times */
async function measure(address, times) {
  const browser = await launch();
  try {
    const page = await browser.newPage();
    const opened = async () => {
      await page.locator("credstack-eligibility .answers").waitFor();
      return page.evaluate(() => performance.getEntriesByName("credstack:open")[0]?.duration ?? NaN);
    };
    await page.goto(address);
    times.open.push(await opened());
    times.first.push(
      await page.evaluate(() => {
        const { startTime, duration } = performance.getEntriesByName("credstack:answer")[0] ?? {};
        return (startTime ?? NaN) + (duration ?? NaN);
      }),
    );
    await page.reload();
    times.again.push(await opened());
    const file = { name: "record.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(RECORD)) };
    await page.locator("credstack-eligibility input[type=file]").setInputFiles(file);
    await page
      .locator("credstack-eligibility .entry")
      .nth(RECORD.attainments.length - 1)
      .waitFor();
    await page.waitForTimeout(1000);
    const each = await page.evaluate(change, { count: CHANGES + WARMING, grades: GRADES });
    for (const { shown, all, layout } of each.slice(WARMING)) {
      times.shown.push(shown);
      times.all.push(all);
      times.layout.push(layout);
    }
  } finally {
    await browser.close();
  }
}

/** Changes one grade after the other, in the page. @param {{ count: number, grades: string[] }} how */
async function change({ count, grades }) {
  const root = /** @type {ShadowRoot} */ (document.querySelector("credstack-eligibility")?.shadowRoot);
  const stated = performance.measure.bind(performance);
  /** @type {(name: string) => void} */
  let told = () => {};
  // What is told of stands in the page at that moment.
  performance.measure = (name, options) => {
    const entry = stated(name, /** @type {PerformanceMeasureOptions} */ (options));
    told(name);
    return entry;
  };
  const came = [];
  for (let n = 0; n < count; n++) {
    const selects = root.querySelectorAll(".entry-fields > select:first-child");
    const select = /** @type {HTMLSelectElement} */ (selects[n % selects.length]);
    const times = { shown: NaN, all: NaN, layout: NaN };
    const start = performance.now();
    const done = new Promise((resolve) => {
      told = (name) => {
        const now = performance.now();
        if (name === "credstack:answer") {
          times.shown = now - start;
          const stack = /** @type {any} */ (root.querySelector("credstack-stack"));
          if (stack.isUpdatePending) throw new Error("the picture of the stack shows the answer before");
          root.host.getBoundingClientRect();
          times.layout = performance.now() - now;
        }
        if (name === "credstack:answers") {
          times.all = now - start;
          resolve(undefined);
        }
      };
    });
    select.value = grades[(n + Math.floor(n / selects.length)) % grades.length] ?? "";
    select.dispatchEvent(new Event("change"));
    await done;
    came.push(times);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  return came;
}

/** @param {number[]} times */
function said(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (/** @type {number} */ part) => (sorted[Math.floor((sorted.length - 1) * part)] ?? NaN).toFixed(1);
  return `${at(0.5)} / ${at(0.95)}`;
}

/** A bundle that has the credentials of another again and again. @param {string} bundle */
function large(bundle) {
  const end = bundle.indexOf("\n") + 1;
  const content = JSON.parse(bundle.slice(end));
  const credentials = Object.entries(content.credentials);
  const stacks = [...content.stacks];
  const drawn = [...credentials];
  for (let n = 1; drawn.length < CREDENTIALS; n++) {
    for (const [id, credential] of credentials) {
      const text = JSON.stringify(credential).replaceAll(/"earned":"([^"]+)"/g, `"earned":"$1-${n}"`);
      drawn.push([`${id}-${n}`, JSON.parse(text)]);
    }
    content.stacks.push(
      ...stacks.map((stack) => ({ ...stack, from: `${stack.from}-${n}`, into: `${stack.into}-${n}` })),
    );
  }
  content.credentials = Object.fromEntries(drawn.sort(([a], [b]) => (a < b ? -1 : 1)));
  const text = JSON.stringify(content);
  return bundle.slice(0, end).replace(/[0-9a-f]{64}/, createHash("sha256").update(text).digest("hex")) + text;
}

// The form as learners use it, in a browser.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, afterEach, test } from "node:test";

import { Engine } from "credstack";

import { form, launch, picture, SCREENSHOTS, watch } from "./browser.js";
import { ROOT, serve } from "./server.js";
import { trapping, TRAPS } from "./trapping.js";

/** @typedef {import("playwright-core").Page} Page */

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {import("./server.js").Server} */
let server;
/** @type {Page} */
let page;
/** @type {string[]} */
let complaints;

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
async function open(options = {}, path = "/") {
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
const WATCHED = ["</head>", `<script src="watching.js"></script></head>`];

/** A page with other attributes, and another policy.
 * @param {string} attributes
 * @param {[string, string]} policy What of it is replaced, and with what.
 */
async function openWith(attributes, policy = ["", ""]) {
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
const started = async () => page.workers()[0] ?? (await page.waitForEvent("worker"));

/** A certificate in nine courses of one credit each. */
const CERTIFICATE = [
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
const table = (codes) => ["code,grade,completed_on", ...codes.map((code) => `${code},A,2025-05-02`)].join("\n");

/** A record with all of them. */
const RECORD = {
  version: 1,
  learner: "ada",
  declared: ["ai-certificate", "ms-cs"],
  attainments: CERTIFICATE.map((of, n) => ({ id: String(n), of, grade: "A", completed_on: "2025-05-02" })),
};

test("a learner enters courses, drops a table, changes the language, opens a plan and prints", async () => {
  const { ready, add, grade, status, entries, drop, report, card, host } = form(page);
  await ready();
  for (const code of CERTIFICATE.slice(0, 3)) {
    await add(code);
    await grade(code, "A");
  }
  assert.equal(await entries.count(), 3);
  assert.match(await card("ai-certificate").innerText(), /3 of 9 credits count/);
  await status("ai-certificate").filter({ hasText: "Not complete yet" }).waitFor();

  await drop("attainments.csv", table(CERTIFICATE.slice(3)));
  await status("ai-certificate")
    .filter({ hasText: /^\s*Complete\s*$/ })
    .waitFor();
  assert.match(await report.innerText(), /6 rows of .*attainments\.csv.* added/);
  assert.equal(await entries.count(), 9);
  await host.getByText(/Artificial Intelligence.*: Complete\./).waitFor({ state: "attached" });

  await card("ms-cs").getByRole("button", { name: "Show the shortest way there" }).click();
  await card("ms-cs")
    .getByText(/courses, \d+ credits/)
    .waitFor();
  await card("ms-cs").getByLabel("Most credits per term").fill("6");
  await card("ms-cs").locator(".term").nth(2).waitFor();
  await picture(page, "desktop");

  await host.getByRole("button", { name: "Español" }).click();
  await status("ai-certificate").filter({ hasText: "Completa" }).waitFor();
  assert.equal(await host.getAttribute("lang"), "es");
  await host.getByRole("heading", { name: "Su expediente" }).waitFor();
  await card("ai-certificate").getByText("Se cumplen todos los requisitos de").waitFor();
  await host.getByRole("button", { name: "English" }).click();

  const pdf = await page.pdf({ path: join(SCREENSHOTS, "print.pdf"), format: "A4" });
  assert.ok(pdf.length > 10_000);
  await page.emulateMedia({ media: "print" });
  assert.equal(await host.getByText("Unofficial.").isVisible(), true);
  assert.equal(await host.locator(".form").isVisible(), false);
  const hashes = await host.locator(".hashes dd").allInnerTexts();
  assert.equal(hashes.length, 2);
  for (const hash of hashes) assert.match(hash, /^[0-9a-f]{64}$/);
  assert.deepEqual(complaints, []);
});

test("two lines in a page are enough", async () => {
  await open({}, "/embed.html");
  const { ready, add, entries } = form(page);
  await ready();
  await add("CSCA 5622");
  assert.equal(await entries.count(), 1);
  assert.deepEqual(complaints, []);
});

test("what cannot count twice is told, and what counts twice as well", async () => {
  const { ready, bring, card } = form(page);
  await ready();
  // Two certificates that ask for the same three courses, of which none may count for both.
  const codes = [...CERTIFICATE, "DTSA 5504", "DTSA 5505", "DTSA 5506", "DTSA 5301", "DTSA 5302", "DTSA 5303"];
  const attainments = codes.map((of, n) => ({ id: String(n), of, grade: "B+", completed_on: "2025-05-02" }));
  const declared = ["applied-data-science-certificate", "ai-certificate"];
  await bring("record.json", JSON.stringify({ version: 1, learner: "x", declared, attainments }));
  const certificate = card("ai-certificate");
  await certificate.getByRole("heading", { name: "Why these cannot both count" }).waitFor();
  await certificate.getByText(/These cannot all be met: .*Machine learning/).waitFor();
  await bring("record.json", JSON.stringify(RECORD));
  await card("ms-cs").getByText("also count toward Graduate Certificate in Artificial Intelligence").first().waitFor();
});

test("axe finds nothing, in light, dark, Spanish and narrow", async () => {
  const settings = /** @type {const} */ ([
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["spanish", { colorScheme: "light", locale: "es-MX" }],
    ["narrow", { colorScheme: "light", viewport: { width: 320, height: 800 } }],
  ]);
  for (const [name, options] of settings) {
    await open(options);
    const { ready, host, add, bring, card, search, report } = form(page);
    if (name === "spanish") await host.getByRole("button", { name: "Español" }).click();
    await ready();
    assert.deepEqual(await axe(), [], `${name}, empty`);
    const attainments = [
      ...RECORD.attainments.slice(1),
      { id: "p", of: "CSCA 5424", status: "in_progress" },
      { id: "u", of: "UNLISTED 1" },
    ];
    await bring("record.json", JSON.stringify({ ...RECORD, attainments }));
    await report.waitFor();
    await add("CSCA 5414");
    await host.locator(".entry-more > summary").first().click();
    if (name === "narrow") await card("ms-cs").locator("summary").first().click();
    await card("ms-cs").locator(".plan > .button").click();
    await card("ms-cs").locator(".term").first().waitFor();
    await host.locator(".stack-list > summary").click();
    await picture(page, name);
    if (name === "spanish")
      assert.match(await card("ai-certificate").innerText(), /cuentan 8 de 9 créditos · falta 1 crédito/);
    assert.deepEqual(await axe(), [], `${name}, filled in`);
    await bring("attainments.csv", "code,grade,credits\nCSCA 5424,A,many\n");
    await search.fill("data");
    await host.getByRole("listbox").waitFor();
    assert.deepEqual(await axe(), [], `${name}, with a list and a report`);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${name} is ${overflow} pixels too wide`);
    assert.deepEqual(complaints, [], name);
  }
});

test("where there is little room answers start as a line each, and are printed whole", async () => {
  await open({ viewport: { width: 390, height: 844 } });
  const { ready, bring, card, host, report } = form(page);
  await ready();
  await bring("record.json", JSON.stringify({ ...RECORD, attainments: RECORD.attainments.slice(1) }));
  await report.waitFor();
  const certificate = card("ai-certificate");
  const isOpen = () => certificate.evaluate((details) => /** @type {HTMLDetailsElement} */ (details).open);
  await certificate.getByText("8 of 9 credits count").waitFor();
  assert.equal(await host.locator("details.card[open], details.part[open]").count(), 0);
  assert.match(
    await certificate.innerText(),
    /Not complete yet[\s\S]*1 credit to go[\s\S]*Complete 1 credit more from/,
  );
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  assert.ok(height < 6500, `the page is ${height} pixels high`);

  const print = (/** @type {string} */ event) => page.evaluate((event) => void dispatchEvent(new Event(event)), event);
  await print("beforeprint");
  assert.equal(await isOpen(), true);
  await print("afterprint");
  assert.equal(await isOpen(), false);

  await certificate.locator("summary").first().focus();
  await page.keyboard.press("Enter");
  await certificate.getByRole("heading", { name: "What it takes, and what counts where" }).waitFor();
  assert.equal(await isOpen(), true);
  await page.keyboard.press("Enter");
  assert.equal(await isOpen(), false);
  await host.getByRole("button", { name: /^Degree[\s\S]*Computer Science/ }).click();
  await card("ms-cs").getByRole("button", { name: "Show the shortest way there" }).waitFor();
  await host.getByText("About you").click();
  await host.getByLabel("Class standing").selectOption("graduate");
  assert.deepEqual(complaints, []);
});

async function axe() {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const options = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };
    const { violations } = await /** @type {any} */ (globalThis).axe.run(document, options);
    return violations.map(
      (/** @type {any} */ { id, nodes }) => `${id}: ${nodes.map((/** @type {any} */ node) => node.html).join(" | ")}`,
    );
  });
}

test("after it has loaded, nothing is asked for any more, online or offline, and nothing is stored", async () => {
  const { ready, add, grade, card, host, bring } = form(page);
  await ready();
  /** @type {string[]} */
  const requests = [];
  page.context().on("request", (request) => requests.push(request.url()));
  await page.context().setOffline(true);
  await add("CSCA 5622");
  await grade("CSCA 5622", "A");
  await card("ai-certificate").getByText("1 of 9 credits count").waitFor();
  await bring("record.json", JSON.stringify(RECORD));
  await card("ai-certificate").getByText("9 of 9 credits count").waitFor();
  await card("ms-cs").getByRole("button", { name: "Show the shortest way there" }).click();
  await card("ms-cs").locator(".term").first().waitFor();
  await host.getByRole("button", { name: "Español" }).click();
  const saved = page.waitForEvent("download");
  await host.getByRole("button", { name: "Guardar mi expediente" }).click();
  assert.match((await saved).suggestedFilename(), /^boulder-record-\d{4}-\d\d-\d\d\.json$/);
  assert.deepEqual(
    requests.filter((url) => !url.startsWith("blob:")),
    [],
  );
  const stored = await page.evaluate(async () => [
    localStorage.length,
    sessionStorage.length,
    document.cookie,
    (await indexedDB.databases()).length,
    (await caches.keys()).length,
    (await navigator.serviceWorker.getRegistrations()).length,
    location.search + location.hash,
  ]);
  assert.deepEqual(stored, [0, 0, "", 0, 0, 0, ""]);
});

test("the page's policy stops what would leave it, also from the worker", async () => {
  await form(page).ready();
  const worker = await started();
  const send = () =>
    fetch("https://example.com/").then(
      () => "sent",
      (error) => String(error),
    );
  for (const came of [await page.evaluate(send), await worker.evaluate(send)]) assert.match(came, /Failed to fetch/);
  assert.ok(
    complaints.some((text) => text.includes("Content Security Policy")),
    complaints.join("\n"),
  );
});

test("the page's policy lets only the form's own templates and worker become markup and scripts", async () => {
  await form(page).ready();
  const [markup, script] = await page.evaluate(() =>
    [() => (document.body.innerHTML = "<p>written</p>"), () => new Worker(URL.createObjectURL(new Blob([""])))].map(
      (write) => {
        try {
          write();
          return "written";
        } catch (error) {
          return String(error);
        }
      },
    ),
  );
  assert.match(markup ?? "", /TrustedHTML/);
  assert.match(script ?? "", /TrustedScriptURL/);
  await openWith(`bundle="boulder.bundle"`, ["trusted-types lit-html credstack", "trusted-types lit-html"]);
  await form(page).problem.filter({ hasText: "The engine could not be started" }).waitFor();
  await page.getByText("Details for whoever keeps this page").click();
  await page.getByText(/worker-refused: .*"credstack" disallowed/).waitFor();
});

test("a refresh keeps nothing, and what was saved can be brought again", async () => {
  const { ready, add, grade, entries, host, bring, status } = form(page);
  await ready();
  await add("CSCA 5622");
  await grade("CSCA 5622", "B-");
  const saved = page.waitForEvent("download");
  await host.getByRole("button", { name: "Save my record" }).click();
  const text = await readFile(await (await saved).path(), "utf8");
  await page.reload();
  await ready();
  assert.equal(await entries.count(), 0);
  await bring("record.json", text);
  await entries.first().waitFor();
  assert.deepEqual(JSON.parse(text).attainments, [{ id: "1", of: "CSCA 5622", grade: "B-" }]);
  assert.equal(await entries.locator("select").first().inputValue(), "B-");
  await status("ai-certificate").waitFor();
});

test("everything can be done with the keyboard", async () => {
  const { ready, search, entries, card } = form(page);
  await ready();
  const press = (/** @type {string} */ key, times = 1) =>
    Array.from({ length: times }).reduce((done) => done.then(() => page.keyboard.press(key)), Promise.resolve());
  /** Goes on until something has the focus. @param {RegExp} name */
  const reach = async (name) => {
    for (let n = 0; n < 400; n++) {
      await press("Tab");
      const focused = await page.evaluate(() => {
        const inside = document.activeElement?.shadowRoot?.activeElement;
        return inside
          ? `${inside.getAttribute("aria-label") ?? ""} ${inside instanceof HTMLInputElement ? (inside.labels?.[0]?.textContent ?? "") : inside.textContent}`
          : "";
      });
      if (name.test(focused)) return;
    }
    assert.fail(`${name} cannot be reached`);
  };
  await reach(/Add a course/);
  await page.keyboard.type("machine learning");
  await press("ArrowDown", 2);
  await press("ArrowUp");
  const active = await search.getAttribute("aria-activedescendant");
  assert.equal(active, "search-1");
  await press("Escape");
  assert.equal(await search.getAttribute("aria-expanded"), "false");
  await press("ArrowDown");
  await press("Enter");
  assert.equal(await entries.count(), 1);
  await page.keyboard.type("5622");
  await press("Enter");
  assert.equal(await entries.count(), 2);
  await reach(/^Remove .*56/);
  await press("Enter");
  assert.equal(await entries.count(), 1);
  const focused = () =>
    page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute("aria-label") ?? "");
  assert.match(await focused(), /^Remove/, "the focus goes to what stands there now");
  await press("Enter");
  assert.equal(await entries.count(), 0);
  assert.ok(await search.evaluate((field) => field === document.activeElement?.shadowRoot?.activeElement));
  await page.keyboard.type("CSCA 5622");
  await press("Enter");
  await reach(/Grade: /);
  await page.keyboard.type("A");
  await reach(/Degree[\s\S]*Master of Science in Computer Science[\s\S]*to go/);
  await press("Enter");
  assert.ok(
    await card("ms-cs")
      .locator("summary")
      .first()
      .evaluate((field) => field === document.activeElement?.shadowRoot?.activeElement),
  );
  await press("Enter");
  assert.equal(await card("ms-cs").evaluate((details) => /** @type {HTMLDetailsElement} */ (details).open), false);
  await press("Enter");
  await card("ms-cs").getByRole("button", { name: "Show the shortest way there" }).waitFor();
  await reach(/Show the shortest way/);
  await press("Enter");
  await card("ms-cs")
    .getByText(/courses, \d+ credits/)
    .waitFor();
});

test("hostile texts are shown as texts, and the page stays usable", async () => {
  const { ready, search, entries, bring, host, add, status } = form(page);
  await ready();
  const hostile = [
    `<img src=x onerror="document.title='taken'">`,
    "<script>document.title='taken'</script>",
    "\u202Eevil\u202D \u2066x",
    "👩‍👩‍👧‍👦 \u{1F3F3}\uFE0F\u200D\u{1F308}",
    "${alert(1)} {{7*7}} %00",
    "__proto__",
    "constructor",
    "javascript:alert(1)",
    "x".repeat(200),
  ];
  for (const text of hostile) {
    await search.fill(text);
    await host.getByRole("option", { name: /Add “/ }).click();
  }
  assert.equal(await entries.count(), hostile.length);
  assert.equal(await page.title(), "What can I complete? Stackable graduate credentials");
  assert.ok((await entries.allInnerTexts()).some((text) => text.includes("<img src=x")));
  assert.equal(await host.locator("img, script").count(), 0);

  const attainments = [
    ...hostile.map((of, n) => ({ id: String(n), of, grade: of.slice(0, 50), issuer: "y".repeat(1_000_000) })),
  ];
  const attributes = { standing: "<b>junior</b>", ["z".repeat(150)]: "m".repeat(1_000_000) };
  await bring(
    `${"n".repeat(180)}<b>.json`,
    JSON.stringify({ version: 1, learner: "\u202Eme", attainments: attainments.slice(0, 5), attributes }),
  );
  await host.locator("#report").filter({ hasText: "is now your record" }).waitFor();
  assert.equal(await host.locator("b").count(), 0);

  await search.fill("x".repeat(1_000_000));
  await host.getByText("A code has at most 200 characters").waitFor();
  await search.fill("");
  await add("CSCA 5622");
  await status("ai-certificate").waitFor();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(overflow <= 0);
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  assert.ok(height < 30_000, `the page is ${height} pixels high`);
  await bring(
    "name.json",
    JSON.stringify({ version: 1, learner: "x", attainments: [{ id: "1", of: "y".repeat(1_000_000) }] }),
  );
  await host.locator("#report").filter({ hasText: "is not a record that can be read" }).waitFor();
  assert.deepEqual(complaints, []);
});

test("a hostile catalog is shown as text too", async () => {
  const bundle = await hostileBundle();
  server.put("/hostile.bundle", "application/octet-stream", bundle);
  await openWith(`bundle="hostile.bundle"`);
  const { ready, host } = form(page);
  await ready();
  assert.equal(await host.locator("img").count(), 0);
  assert.match(await host.locator(".title").innerText(), /<img src=x/);
  assert.deepEqual(complaints, []);
});

/** A sound bundle whose title is markup. */
async function hostileBundle() {
  const text = await readFile(join(ROOT, "target/web/boulder.bundle"), "utf8");
  const end = text.indexOf("\n") + 1;
  const content = text
    .slice(end)
    .replace(/"title":"University of Colorado Boulder[^"]*"/, `"title":"<img src=x onerror=alert(1)> \u202E"`);
  const hash = createHash("sha256").update(content).digest("hex");
  return text.slice(0, end).replace(/[0-9a-f]{64}/, hash) + content;
}

test("each bad row of a table is told, with its line and how to mend it", async () => {
  const { ready, bring, report, entries, host } = form(page);
  await ready();
  const rows = [
    "code,grade,credits,status,completed_on,taken_as,verified",
    "CSCA 5622,A,1,completed,2025 Spring 1,graduate,yes",
    "CSCA 5632,A,one,completed,,,",
    "CSCA 5642,A,1,finished,2025-02-30,,",
    '"CSCA 5002',
  ];
  await bring("open.csv", rows.join("\n"));
  assert.match(await report.innerText(), /Line 5[\s\S]*never closed/);
  assert.equal(await entries.count(), 0);

  rows[4] = "CSCA 5002,A";
  rows.push("", '"CSCA\n5012",A,1,,,,', "CSCA 5022,A,1,,,sophomore,perhaps");
  await bring("attainments.csv", rows.join("\r\n"));
  await report.filter({ hasText: "1 row of" }).waitFor();
  const told = await report.innerText();
  for (const part of [
    /5 rows were not added/,
    /Line 3[\s\S]*“one” in “credits”/,
    /Line 4[\s\S]*“finished” is no value of “status”[\s\S]*“2025-02-30”/,
    /Line 5[\s\S]*2 cells/,
    /Line 7[\s\S]*“code”/,
    /Line 9[\s\S]*“perhaps”[\s\S]*“sophomore”/,
  ]) {
    assert.match(told, part);
  }
  assert.equal(await entries.count(), 1);
  await host.getByRole("button", { name: "Español" }).click();
  await report.filter({ hasText: "5 filas no se añadieron" }).waitFor();
  await report.getByRole("button", { name: "Deshacer" }).click();
  assert.equal(await entries.count(), 0);
  await host.getByRole("button", { name: "English" }).click();

  await bring("header.csv", "code;grade\nA;B");
  await report.filter({ hasText: "not separated by commas" }).waitFor();
  await bring("header.csv", "code,grde,constructor\n");
  await report.filter({ hasText: "“grde” is not known" }).filter({ hasText: "“constructor”" }).waitFor();
  await bring("book.csv", Buffer.from([0x50, 0x4b, 3, 4, 0, 0]));
  await report.filter({ hasText: "ZIP file" }).waitFor();
  await bring("latin.csv", Buffer.from([0x63, 0x6f, 0x64, 0x65, 0x0a, 0xe9]));
  await report.filter({ hasText: "not UTF-8" }).waitFor();

  await bring("all.csv", await readFile(join(ROOT, "rules/packs/boulder/learners/attainments.csv")));
  await report.filter({ hasText: "Whose rows are yours?" }).waitFor();
  await report.getByRole("combobox").selectOption("L1130");
  await report.getByRole("button", { name: "Add these rows" }).click();
  await report.filter({ hasText: "18 rows of" }).waitFor();
  assert.equal(await entries.count(), 18);
  assert.deepEqual(complaints, []);
});

test("cells of a table are taken and refused as the registrar's batches do", async () => {
  const { ready, bring, report } = form(page);
  await ready();
  const text = await readFile(join(ROOT, "bindings/registrar/src/input/cells.json"), "utf8");
  const columns = Object.entries(
    /** @type {Record<string, { taken: string[], refused: string[] }>} */ (JSON.parse(text)),
  );
  const header = ["code", ...columns.map(([column]) => column).filter((column) => column !== "code")];
  const cases = columns.flatMap(([column, { taken, refused }]) => [
    ...taken.map((cell) => ({ column, cell, isTaken: true })),
    ...refused.map((cell) => ({ column, cell, isTaken: false })),
  ]);
  const row = (/** @type {{ column: string, cell: string }} */ { column, cell }) =>
    header.map((title) => (title === column ? `"${cell}"` : title === "code" ? "A 1" : "")).join(",");
  await bring("cells.csv", [header.join(","), ...cases.map(row)].join("\n"));
  await report.filter({ hasText: "rows were not added" }).waitFor();
  const told = (await report.innerText()).split(/(?=Line \d+)/).slice(1);
  const wrong = cases.flatMap(({ column, cell, isTaken }, n) => {
    const of = told.find((part) => part.startsWith(`Line ${n + 2}\n`) || part.startsWith(`Line ${n + 2} `));
    return (of === undefined) === isTaken && (isTaken || of?.includes(`“${column}”`)) ? [] : [{ column, cell, of }];
  });
  assert.deepEqual(wrong, []);
});

test("what is pursued, awarded and known of the learner enters the answers", async () => {
  const { ready, bring, host, status, entries, card } = form(page);
  await ready();
  await bring("record.json", JSON.stringify({ ...RECORD, declared: [] }));
  await host.getByRole("heading", { name: "Also complete" }).waitFor();
  await host.getByLabel("Add a credential").selectOption("ms-ai");
  await host.getByRole("button", { name: "Add", exact: true }).first().click();
  await host.getByRole("button", { name: /^Remove .*Artificial Intelligence \(residential\)/ }).waitFor();
  await host.getByLabel("Add an award").selectOption("ai-certificate");
  await host.getByLabel("Awarded on").fill("2026-01-15");
  await host.getByRole("button", { name: "Add", exact: true }).last().click();
  await status("ai-certificate").filter({ hasText: "Awarded" }).waitFor();
  await host.getByText("January 15, 2026").first().waitFor();
  await host.getByLabel("Class standing").selectOption("graduate");
  await host.getByLabel("Has a hold on the record").selectOption("true");
  await host.getByLabel("Cumulative GPA").fill("3,5");
  await host
    .locator(".if-invalid:visible")
    .filter({ hasText: "Write a number such as 3 or 1.5, with a point." })
    .waitFor();
  await host.getByLabel("Cumulative GPA").fill("3.5");

  const first = entries.first();
  await first.locator(".entry-more > summary").click();
  await first.getByLabel(/^When/).selectOption("On a day …");
  await first.getByLabel(/^Day/).fill("2024-02-29");
  await first.getByLabel(/^Credits/).fill("1.5");
  await first.getByLabel("Where it comes from").selectOption("transfer");
  await first.getByRole("combobox", { name: /^State/ }).selectOption("in_progress");
  const saved = page.waitForEvent("download");
  await host.getByRole("button", { name: "Save my record" }).click();
  const { attainments, ...rest } = JSON.parse(await readFile(await (await saved).path(), "utf8"));
  const stated = { source: "transfer", status: "in_progress", credits: "1.5", completed_on: "2024-02-29" };
  assert.deepEqual(attainments[0], { ...RECORD.attainments[0], ...stated });
  assert.deepEqual(rest, {
    version: 1,
    learner: "ada",
    declared: ["ms-ai"],
    conferred: [{ credential: "ai-certificate", on: "2026-01-15" }],
    attributes: { standing: "graduate", hold: true, cumulative_gpa: 3.5 },
  });

  await host.getByRole("button", { name: "Start over" }).click();
  assert.equal(await entries.count(), 0);
  await host.getByRole("button", { name: "Undo" }).click();
  assert.equal(await entries.count(), 9);
  await card("ms-cs").getByRole("button", { name: "Pursue this" }).click();
  await host.getByRole("button", { name: /^Put .*Computer Science.* one place up/ }).click();
  await host.locator(".lines li").first().filter({ hasText: "Computer Science" }).waitFor();
  assert.deepEqual(complaints, []);
});

test("a record that is none, of another version, or far too large is refused kindly", async () => {
  const { ready, bring, report, add, entries, host } = form(page);
  await ready();
  await add("CSCA 5622");
  await bring("broken.json", `{"version": 1,\n "learner": `);
  await report.filter({ hasText: /Line 2, column \d+/ }).waitFor();
  await bring("version.json", JSON.stringify({ ...RECORD, version: 9 }));
  await report.filter({ hasText: /version/ }).waitFor();
  const folder = await mkdtemp(join(tmpdir(), "credstack-"));
  await writeFile(join(folder, "large.json"), Buffer.alloc(50 * 2 ** 20, 0x20));
  await host.locator("input[type=file]").setInputFiles(join(folder, "large.json"));
  await report.filter({ hasText: /has 50 MB; a record has at most 8 MB/ }).waitFor();
  await rm(folder, { recursive: true });
  assert.equal(await entries.count(), 1, "what was entered stays");
});

test("when rules or engine do not come whole, it is told, and can be tried again", async () => {
  const bundle = await readFile(join(ROOT, "target/web/boulder.bundle"));
  const module = await readFile(join(ROOT, "target/web/credstack.wasm"));
  const damaged = Uint8Array.from(bundle);
  damaged[5000] = (damaged[5000] ?? 0) ^ 1;
  const other = bundle.toString("utf8").replace("credstack-bundle 1", "credstack-bundle 7");
  const changed = Uint8Array.from(module);
  changed[module.length - 1] = (changed[module.length - 1] ?? 0) ^ 1;
  /** @type {[string, string | Uint8Array | undefined, string | Uint8Array | undefined, string][]} */
  const cases = [
    ["damaged bundle", damaged, module, "The rules arrived damaged"],
    ["truncated bundle", bundle.subarray(0, 9000), module, "The rules arrived damaged"],
    ["no bundle", "hello", module, "The rules arrived damaged"],
    ["other version", other, module, "These rules are of another version"],
    ["missing bundle", undefined, module, "The rules could not be fetched"],
    ["missing module", bundle, undefined, "The engine could not be fetched"],
    ["wrong hash", bundle, changed, "The engine is not the one that belongs here"],
    ["truncated module", bundle, module.subarray(0, 100_000), "The engine is not the one that belongs here"],
  ];
  for (const [n, [name, rules, engine, title]] of cases.entries()) {
    if (rules !== undefined) server.put(`/case-${n}.bundle`, "application/octet-stream", rules);
    if (engine !== undefined) server.put(`/case-${n}.wasm`, "application/wasm", engine);
    await openWith(`bundle="case-${n}.bundle" module="case-${n}.wasm"`);
    const { problem, ready, host } = form(page);
    await problem
      .filter({ hasText: title })
      .waitFor()
      .catch(async () => assert.fail(`${name}: ${await host.innerText()}`));
    server.put(`/case-${n}.bundle`, "application/octet-stream", bundle);
    server.put(`/case-${n}.wasm`, "application/wasm", module);
    await host.getByRole("button", { name: "Try again" }).click();
    await ready();
  }
  await openWith("");
  await form(page).problem.filter({ hasText: "This form has no rules" }).waitFor();
  await openWith(`bundle="boulder.bundle"`, ["worker-src blob:", "worker-src 'none'"]);
  await form(page).problem.filter({ hasText: "The engine could not be started" }).waitFor();
  await page.getByText("Details for whoever keeps this page").click();
  await page.getByText("a policy of the page has to allow `worker-src blob:`").waitFor();
  await openWith(`bundle="boulder.bundle" targets="ms-cs"`, ["worker-src blob:", "worker-src 'none'"]);
  await form(page).problem.filter({ hasText: "The engine could not be started" }).waitFor();
});

test("a trap is recovered from, and the entries stay", async () => {
  const module = trapping(await readFile(join(ROOT, "target/web/credstack.wasm")));
  // Another module has another hash, which the script has to know.
  const script = await readFile(join(ROOT, "target/web/credstack-eligibility.js"), "utf8");
  const [shipped, other] = [await readFile(join(ROOT, "target/web/credstack.wasm")), module].map((bytes) =>
    createHash("sha256").update(bytes).digest("hex"),
  );
  assert.ok(shipped && other && script.includes(shipped));
  server.put("/trapping.wasm", "application/wasm", module);
  server.put("/trapping.js", "text/javascript", script.replaceAll(shipped, other));
  await openWith(`bundle="boulder.bundle" module="trapping.wasm" targets="ai-certificate"`, [
    `src="credstack-eligibility.js"`,
    `src="trapping.js"`,
  ]);
  const { ready, add, bring, grade, entries, card, host } = form(page);
  await ready();
  const worker = await started();
  // The worker has answered something too, so that it traps as well.
  await card("ms-cs").waitFor();
  const count = () => {
    const { instantiate } = WebAssembly;
    Object.assign(globalThis, { fresh: 0 });
    WebAssembly.instantiate = /** @type {typeof instantiate} */ (
      (/** @type {[any]} */ ...given) => {
        /** @type {any} */ (globalThis).fresh += 1;
        return instantiate(...given);
      }
    );
  };
  await page.evaluate(count);
  await worker.evaluate(count);
  const learner = (/** @type {string} */ name) => `learner_id,code,grade\n${name},CSCA 5622,A\n`;

  await bring("attainments.csv", learner(TRAPS.later));
  await card("ai-certificate").getByText("1 of 9 credits count").waitFor();
  await grade("CSCA 5622", "B");
  await add("CSCA 5632");
  await card("ai-certificate").getByText("2 of 9 credits count").waitFor();
  assert.equal(await host.getByRole("alert").count(), 0, "what a fresh engine answers is mended without a word");
  const fresh = () => /** @type {any} */ (globalThis).fresh > 0;
  assert.deepEqual([await page.evaluate(fresh), await worker.evaluate(fresh)], [true, true], "it did not trap");

  await host.getByRole("button", { name: "Start over" }).click();
  await bring("attainments.csv", learner(TRAPS.always));
  await host.getByRole("alert").filter({ hasText: "The engine stopped" }).waitFor();
  assert.equal(await entries.count(), 1);
  await add("CSCA 5632");
  await entries.nth(1).waitFor();
  await host.getByRole("alert").filter({ hasText: "The engine stopped" }).waitFor();

  await host.getByRole("alert").getByRole("button", { name: "Undo" }).click();
  await host.getByRole("alert").waitFor({ state: "detached" });
  await add("CSCA 5632");
  await card("ai-certificate").getByText("1 of 9 credits count").waitFor();
  assert.deepEqual(complaints, []);
});

test("the worker is started once the first answer stands, unless nothing is asked that is answered at once", async () => {
  for (const [attributes, isAnswered] of /** @type {const} */ ([
    [`bundle="boulder.bundle" targets="ai-certificate"`, true],
    [`bundle="boulder.bundle"`, false],
  ])) {
    await openWith(attributes, WATCHED);
    await form(page).card("ms-ai").waitFor();
    const { starts } = await watched();
    assert.deepEqual(starts, [isAnswered], attributes);
    assert.deepEqual(complaints, []);
  }
});

test("what is answered in the page is what the worker answers with all its steps", async () => {
  await openWith(`bundle="boulder.bundle" targets="ms-cs ai-certificate"`, WATCHED);
  const { ready, bring, card, entries } = form(page);
  await ready();
  await card("ms-ai").waitFor();
  await bring("record.json", JSON.stringify(RECORD));
  await entries.nth(8).waitFor();
  await page.waitForFunction(() => performance.getEntriesByName("credstack:answers").length === 2);
  const asked = (await watched()).asked.length;
  const came = await page.evaluate(async (count) => {
    const host = /** @type {any} */ (document.querySelector("credstack-eligibility"));
    const pursued = () => JSON.stringify(host.answer.targets.filter((/** @type {any} */ { declared }) => declared));
    const came = [];
    for (let n = 0; n < count; n++) {
      const select = host.shadowRoot.querySelectorAll(".entry-fields > select:first-child")[n % 9];
      select.value = ["C", "B-", "A", ""][n % 4];
      const all = new Promise((resolve) => Object.assign(globalThis, { told: resolve }));
      select.dispatchEvent(new Event("change"));
      await host.updateComplete;
      const here = pursued();
      await all;
      came.push([here, pursued()]);
    }
    return came;
  }, 12);
  for (const [here, there] of came) assert.equal(here, there);
  assert.ok(new Set(came.map(([here]) => here)).size > 3, "the answers differ");
  const { asked: later } = await watched();
  assert.deepEqual(
    later.slice(asked),
    came.map(() => "all"),
  );
});

test("what is refused stays told, whatever of before is answered late", async () => {
  await openWith(`bundle="boulder.bundle" targets="ms-cs"`, WATCHED);
  const { ready, add, card, host } = form(page);
  await ready();
  await card("ms-ai").waitFor();
  await add("CSCA 5622");
  const came = await page.evaluate(async () => {
    const form = /** @type {any} */ (document.querySelector("credstack-eligibility"));
    const { asked } = /** @type {any} */ (globalThis).watched;
    const before = asked.length;
    const all = new Promise((resolve) => Object.assign(globalThis, { told: resolve }));
    const [attainment] = form.draft.attainments;
    form.draft = { ...form.draft, attainments: [{ ...attainment, grade: "A" }] };
    while (asked.length === before) await new Promise((resolve) => setTimeout(resolve));
    form.draft = { ...form.draft, version: 9 };
    return Promise.race([all.then(() => "late"), new Promise((resolve) => setTimeout(() => resolve("not"), 1000))]);
  });
  assert.equal(came, "not", "an answer to the record before was shown");
  await host.getByRole("alert").filter({ hasText: "version" }).waitFor();
});

test("what takes a long search, or a long record, is the worker's", async () => {
  const { bundle, record } = await bins();
  const engine = await Engine.load();
  const catalog = engine.open(Buffer.from(bundle));
  const [whole, part] = [{}, { steps: 250 }].map((steps) => {
    const { targets } = catalog.determine(record, { asOf: "2026-06-01", ...steps });
    return targets[0];
  });
  assert.ok(whole && part);
  assert.deepEqual([whole.proof.distance, part.proof.distance], [true, false], "the page's steps do not suffice");
  server.put("/bins.bundle", "application/octet-stream", bundle);
  await openWith(`bundle="bins.bundle" targets="bins" as-of="2026-06-01"`, WATCHED);
  const { ready, bring, card, entries } = form(page);
  await ready();
  await card("ms-ai").waitFor();
  const before = (await watched()).asked;
  assert.deepEqual(before, ["all"]);
  await bring("record.json", JSON.stringify(record));
  await entries.nth(record.attainments.length - 1).waitFor();
  // The answer before, to the empty record, took no steps.
  const shown = await page.waitForFunction(() => {
    const form = /** @type {any} */ (document.querySelector("credstack-eligibility"));
    const { distance, proof } = form.answer.targets[0];
    return proof.steps > 0 ? [distance, proof] : undefined;
  });
  assert.deepEqual(await shown.jsonValue(), [whole.distance, whole.proof]);
  assert.ok((await watched()).asked.includes("declared"));

  const attainments = [{ id: "1", of: "BIN 1", grade: "A", credits: "1", issuer: "x".repeat(60_000) }];
  await bring("record.json", JSON.stringify({ ...record, attainments }));
  await entries.nth(1).waitFor({ state: "detached" });
  // Twice each: when a record is brought, the engine says first whether it is one.
  await page.waitForFunction(() => {
    const { asked } = /** @type {{ asked: string[] }} */ (/** @type {any} */ (globalThis).watched);
    return asked.filter((targets) => targets === "declared").length === 4;
  });
  assert.deepEqual(complaints, []);
});

test("records that take the page too long are the worker's from then on", async () => {
  await openWith(`bundle="boulder.bundle" targets="ai-certificate"`, WATCHED);
  const { ready, add, card } = form(page);
  await ready();
  await card("ms-ai").waitFor();
  await page.evaluate(() => {
    const now = performance.now.bind(performance);
    let late = 0;
    performance.now = () => now() + (late += 60);
  });
  // The first few may be slow: nothing is compiled yet.
  for (const code of CERTIFICATE) await add(code);
  await card("ai-certificate").getByText("9 of 9 credits count").waitFor();
  assert.ok((await watched()).asked.includes("declared"));
});

/** What the page's worker was asked, and whether an answer stood there when one was started. */
function watched() {
  return page.evaluate(
    () => /** @type {{ starts: boolean[], asked: string[] }} */ (/** @type {any} */ (globalThis).watched),
  );
}

/** A catalog with a credential that is hard to decide, and a record for it: odd credits, of which three bins want as much each. */
async function bins() {
  const text = await readFile(join(ROOT, "target/web/boulder.bundle"), "utf8");
  const end = text.indexOf("\n") + 1;
  const content = JSON.parse(text.slice(end));
  const source = { file: "bins.rhai", line: 1, column: 1 };
  const take = { take: { measure: "credits", min: 8.27, pool: { pattern: "BIN *" } } };
  const bin = (/** @type {string} */ label) => ({ label, source, rule: take });
  const completion = { source, rule: { all: ["One", "Two", "Three"].map(bin) } };
  const credentials = {
    ...content.credentials,
    bins: { title: "Bins", kind: "certificate", editions: [{ completion }], source },
  };
  content.credentials = Object.fromEntries(Object.entries(credentials).sort(([a], [b]) => (a < b ? -1 : 1)));
  const rest = JSON.stringify(content);
  const bundle = text.slice(0, end).replace(/[0-9a-f]{64}/, createHash("sha256").update(rest).digest("hex")) + rest;
  const credits = [2.87, 4.71, 3.13, 1.99, 4.03, 3.67, 2.39, 2.02];
  const attainments = credits.map((credits, n) => ({
    id: String(n),
    of: `BIN ${n}`,
    grade: "A",
    credits: String(credits),
  }));
  return { bundle, record: { version: /** @type {1} */ (1), learner: "ada", declared: ["bins"], attainments } };
}

test("a form that is moved, or given other rules, goes on with what was entered", async () => {
  const { ready, add, entries, card, host } = form(page);
  await ready();
  await add("CSCA 5622");
  await host.evaluate((form) => form.setAttribute("bundle", "boulder.bundle?again"));
  await card("ai-certificate").getByText("1 of 9 credits count").waitFor();
  await add("CSCA 5632");
  await host.evaluate((form) => document.body.append(form));
  await card("ai-certificate").getByText("2 of 9 credits count").waitFor();
  assert.equal(await entries.count(), 2);
  await started();
  assert.equal(page.workers().length, 1);
  assert.deepEqual(complaints, []);
});

test("a page themes the form", async () => {
  await openWith(`bundle="boulder.bundle" theme="dark"`);
  const { ready, host } = form(page);
  await ready();
  const background = () => host.evaluate((form) => getComputedStyle(form).backgroundColor);
  assert.equal(await background(), "rgb(20, 23, 27)");
  await host.evaluate((form) => form.setAttribute("theme", "light"));
  assert.equal(await background(), "rgb(251, 250, 248)");
  await host.evaluate((form) =>
    /** @type {HTMLElement} */ (form).style.setProperty("--credstack-page", "rgb(1, 2, 3)"),
  );
  assert.equal(await background(), "rgb(1, 2, 3)");
});

test("an engine that does not answer any more is replaced, without a request", async () => {
  await page.clock.install();
  await page.reload();
  const { ready, add, entries, card, host } = form(page);
  await ready();
  const worker = await started();
  await card("ms-ai").waitFor();
  await page.context().setOffline(true);
  await worker.evaluate(() => close());
  await add("CSCA 5622");
  await card("ai-certificate").getByText("1 of 9 credits count").waitFor();
  // First the pause before the whole catalog is asked for, then what its answer may take.
  await page.clock.fastForward(1_000);
  await page.clock.fastForward(61_000);
  await host.getByRole("alert").filter({ hasText: "The engine stopped" }).waitFor();
  assert.equal(await entries.count(), 1);
  const [fresh] = await Promise.all([
    page.waitForEvent("worker"),
    host.getByRole("button", { name: "Try again" }).click(),
  ]);
  assert.notEqual(fresh, worker);
  await host.getByRole("alert").waitFor({ state: "detached" });
  await card("ai-certificate").getByText("1 of 9 credits count").waitFor();
});

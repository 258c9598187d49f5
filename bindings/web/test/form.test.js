// The form as learners use it, in a browser.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

import { form, picture, SCREENSHOTS } from "./browser.js";
import { ROOT } from "./server.js";
import { AXE, CERTIFICATE, RECORD, complaints, open, openWith, page, server, started, table } from "./session.js";

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

// The engine in the page and the one in the worker: which answers, and what happens when one fails.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

import { Engine } from "credstack";

import { form } from "./browser.js";
import { ROOT } from "./server.js";
import { CERTIFICATE, RECORD, WATCHED, complaints, openWith, page, server, started } from "./session.js";
import { trapping, TRAPS } from "./trapping.js";

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

// What learners bring, and what is refused of it.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { form } from "./browser.js";
import { ROOT } from "./server.js";
import { RECORD, complaints, page } from "./session.js";

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

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { Engine, FAULT_CODES } from "../dist/index.js";
import { ada, adaText, asOf, fails, opened, river } from "./world.js";

test("refuses what is no bundle", async () => {
  const { engine, catalog } = await opened();
  const damaged = Uint8Array.from(river);
  damaged[damaged.length - 100] ^= 1;
  const newer = Uint8Array.from(river);
  newer["credstack-bundle ".length] = "9".charCodeAt(0);
  await fails(() => engine.open(new Uint8Array()), "bundle-not-a-bundle");
  await fails(() => engine.open(Buffer.from("<html>404</html>\n")), "bundle-not-a-bundle");
  await fails(() => engine.open(river.subarray(0, river.length / 2)), "bundle-damaged");
  await fails(() => engine.open(damaged), "bundle-damaged");
  const { message } = await fails(() => engine.open(newer), "bundle-version");
  assert.match(message, /version 9/);
  assert.equal(catalog.determine(ada, { asOf }).targets.length, 2);
});

test("says where a record is not one", async () => {
  const { catalog } = await opened();
  const error = await fails(() => catalog.determine('{"version": 1,\n "learner": ada}', { asOf }), "record-malformed");
  assert.deepEqual([error.line, error.column], [2, 13]);
  const unknown = await fails(() => catalog.determine({ ...ada, grades: [] }, { asOf }), "record-malformed");
  assert.match(unknown.message, /grades/);
  await fails(() => catalog.determine(Buffer.from([0xff, 0xfe]), { asOf }), "record-malformed");
  await fails(() => catalog.determine("", { asOf }), "record-malformed");
  await fails(() => catalog.determine(undefined, { asOf }), "record-malformed");
  const circle = {};
  circle.circle = circle;
  await fails(() => catalog.determine(circle, { asOf }), "record-malformed");
  await fails(() => catalog.determine({ ...ada, version: 2 }, { asOf }), "record-version");
  const twice = [ada.attainments[0], { ...ada.attainments[1], id: "a1" }];
  await fails(() => catalog.determine({ ...ada, attainments: twice }, { asOf }), "record-refused");
  assert.deepEqual(catalog.verify(ada, catalog.determine(ada, { asOf })), []);
});

test("refuses too much before it crosses", async () => {
  const { engine, catalog } = await opened();
  const reason = "x".repeat(50 << 20);
  const large = { ...ada, exceptions: [{ authority: "dean", reason, credential: "data-bs", grant: { waive: "Ethics" } }] };
  for (const record of [large, JSON.stringify(large), Buffer.from(JSON.stringify(large))]) {
    const { message } = await fails(() => catalog.determine(record, { asOf }), "record-too-large");
    assert.match(message, /8388608/);
  }
  // Few units, many bytes.
  await fails(() => catalog.determine("€".repeat(3 << 20), { asOf }), "record-too-large");
  await fails(() => catalog.plan(large, { asOf }), "record-too-large");
  await fails(() => engine.open(new Uint8Array((64 << 20) + 1)), "bundle-too-large");
  assert.equal(catalog.determine(ada, { asOf }).targets[0].status, "complete");
});

test("tells when the engine has no memory, and keeps none", async () => {
  const { catalog } = await opened();
  const padded = adaText.padEnd(8 << 20);
  const huge = new Uint8Array(1_100_000_000);
  // The record's buffer is given back each time: a hundred and forty would not fit.
  for (let n = 0; n < 140; n += 1) await fails(() => catalog.verify(padded, huge), "no-memory");
  assert.equal(catalog.determine(padded, { asOf }).targets[0].status, "complete");
});

test("refuses questions that are none", async () => {
  const { engine, catalog } = await opened();
  await fails(() => catalog.determine(ada, {}), "question-malformed");
  await fails(() => catalog.determine(ada, { asOf: "2026-02-30" }), "question-malformed");
  await fails(() => catalog.determine(ada, { asOf, steps: -1 }), "question-malformed");
  await fails(() => catalog.determine(ada, { asOf, load: 9 }), "question-malformed");
  await fails(() => catalog.plan(ada, { asOf, load: 9.0001 }), "question-malformed");
  const { message } = await fails(() => catalog.determine(ada, { asOf, in_progress: false }), "question-malformed");
  assert.match(message, /inProgress/);
  await fails(() => catalog.determine(ada, { asOf, targets: ["data-phd"] }), "target-refused");
  await fails(() => catalog.verify(ada, {}), "determination-malformed");
  await fails(() => engine.say([{ kee: "rule-all" }], "en"), "messages-malformed");
});

test("refuses a catalog that was closed", async () => {
  const { engine, catalog } = await opened();
  catalog.free();
  catalog.free();
  const closed = engine.open(river);
  closed[Symbol.dispose]();
  for (const gone of [catalog, closed]) {
    await fails(() => gone.determine(ada, { asOf }), "catalog-closed");
    await fails(() => gone.plan(ada, { asOf }), "catalog-closed");
    await fails(() => gone.verify(ada, {}), "catalog-closed");
    await fails(() => gone.content, "catalog-closed");
    await fails(() => gone.sha256, "catalog-closed");
  }
});

test("opens as many catalogs as it has handles", async () => {
  const engine = await Engine.load();
  const catalogs = Array.from({ length: 256 }, () => engine.open(river));
  await fails(() => engine.open(river), "too-many-handles");
  catalogs.pop().free();
  assert.equal(engine.open(river).determine(ada, { asOf }).learner, "ada");
  assert.equal(catalogs[0].determine(ada, { asOf }).learner, "ada");
});

test("knows every code of the module", () => {
  const source = readFileSync(new URL("../../src/fault.rs", import.meta.url), "utf8");
  const codes = [...source.matchAll(/pub const \w+: &str = "(.*)";/g)].map(([, code]) => code);
  assert.deepEqual([...FAULT_CODES], codes);
});

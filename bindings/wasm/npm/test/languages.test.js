import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";

import { ada, asOf, opened } from "./world.js";

const quantity = { key: "quantity-credits", args: { n: { number: 3 } } };

test("takes any tag, and says in English what it has no table for", async () => {
  const { engine } = await opened();
  assert.deepEqual(engine.about.languages, ["en", "es"]);
  for (const tag of ["es", "es-MX", "ES-419"]) assert.deepEqual(engine.say([quantity], tag), ["3 créditos"]);
  for (const tag of ["en", "en-US", "fr", "", "x".repeat(1 << 20)]) assert.deepEqual(engine.say([quantity], tag), ["3 credits"]);
});

// UPDATE_SNAPSHOTS=1 writes it anew.
test("says a whole answer in Spanish", async () => {
  const { engine, catalog } = await opened();
  const file = new URL("fixtures/ada.es.txt", import.meta.url);
  const now = told(engine, catalog.determine(ada, { asOf, targets: "all" }), "es");
  if (process.env.UPDATE_SNAPSHOTS) writeFileSync(file, now);
  assert.equal(now, readFileSync(file, "utf8"));
});

/** Every sentence of an answer, after where it stands. */
function told(engine, answer, language) {
  const said = engine.sayAll(answer, language);
  const lines = [];
  const add = (at, message) => message && lines.push(`${at}: ${said(message)}`);
  for (const target of answer.targets) {
    const { credential } = target;
    add(credential, target.summary);
    target.next_steps?.forEach((step) => add(`${credential} next`, step));
    add(`${credential} why_not`, target.why_not?.text);
    const walk = (node) => {
      add(`${credential} ${node.path}`, node.rule);
      node.facts?.forEach((fact) => add(`${credential} ${node.path} fact`, fact.text));
      node.limits?.forEach((limit) => add(`${credential} ${node.path} limit`, limit.rule));
      node.children?.forEach(walk);
    };
    [target.completion, target.admission_tree, target.conferral_tree].forEach((tree) => tree && walk(tree));
  }
  return `${lines.join("\n")}\n`;
}

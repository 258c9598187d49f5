import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import { awaitsAward, canBeAwarded, contentOf, Engine, outlookOf, SHIPPED_SHA256 } from "../dist/index.js";
import { ada, adaText, asOf, campus, moduleBytes, opened, river } from "./world.js";

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

test("decides, and names the module and the bundle", async () => {
  const { engine, catalog } = await opened();
  const answer = catalog.determine(ada, { asOf });
  assert.deepEqual(
    answer.targets.map(({ credential, status }) => [credential, status]),
    [["data-certificate", "complete"], ["data-bs", "incomplete"]],
  );
  assert.equal(engine.sha256, sha256(moduleBytes));
  assert.equal(engine.sha256, SHIPPED_SHA256);
  assert.equal(answer.provenance.module, engine.sha256);
  assert.equal(catalog.sha256, sha256(river));
  assert.equal(answer.provenance.bundle, catalog.sha256);
  assert.equal(answer.version, engine.about.determination);
});

test("asks what a question says", async () => {
  const { catalog } = await opened();
  const ids = (question) => catalog.determine(ada, { asOf, ...question }).targets.map((target) => target.credential);
  assert.deepEqual(ids({ targets: "declared" }), ada.declared);
  assert.deepEqual(ids({ targets: ["data-bs"] }), ["data-bs"]);
  assert.equal(ids({ targets: "all" }).length, Object.keys(catalog.content.credentials).length);
  const { options } = catalog.determine(ada, { asOf, inProgress: false, planned: true, steps: 7 });
  assert.deepEqual(options, { targets: "declared", in_progress: false, planned: true, steps: 7 });
});

test("takes a record as value, text and bytes, and gives the same bytes", async () => {
  const { catalog } = await opened();
  const bytes = new TextEncoder().encode(adaText);
  const answers = [ada, adaText, bytes, bytes.buffer, new DataView(bytes.buffer)].map((record) =>
    sha256(catalog.determineBytes(record, { asOf })),
  );
  assert.equal(new Set(answers).size, 1);
});

test("plans", async () => {
  const { engine, catalog } = await opened();
  const question = { asOf, load: 6, targets: ["data-bs"], steps: 50_000 };
  const plan = catalog.plan(ada, question);
  assert.equal(plan.targets[0].then, "complete");
  assert.ok(plan.terms.length > 1 && plan.terms.every((term) => term.credits <= 6));
  assert.equal(plan.provenance.module, engine.sha256);
  assert.deepEqual(JSON.parse(new TextDecoder().decode(catalog.planBytes(ada, question))), plan);
});

test("gives the graph of the catalog", async () => {
  const { catalog } = await opened();
  const { version, title, nodes, edges, alone } = catalog.graph();
  assert.equal(version, 1);
  assert.equal(title, catalog.content.title);
  assert.deepEqual([...nodes.map(({ id }) => id), ...alone].sort(), Object.keys(catalog.content.credentials).sort());
  const ways = edges.filter(({ stacks }) => stacks).map(({ from, into }) => [nodes[from].id, nodes[into].id]);
  assert.deepEqual(ways.sort(), catalog.content.stacks.map(({ from, into }) => [from, into]).sort());
  assert.ok(ways.length > 0);
  for (const { from, into } of edges) assert.equal(nodes[from].stack, nodes[into].stack);
});

test("says labels, and what follows from the words of an answer", async () => {
  const { engine, catalog } = await opened();
  const [english, spanish] = ["en", "es"].map((language) => engine.labels(language));
  assert.equal(english.status.needs_review, "Waiting for review");
  assert.equal(spanish.status.needs_review, "Requiere revisión");
  for (const [group, labels] of Object.entries(english)) {
    for (const [name, label] of Object.entries(labels)) {
      assert.ok(label && !label.includes("{") && spanish[group][name], `${group}: ${name}`);
    }
  }
  const { targets } = catalog.determine(ada, { asOf });
  assert.deepEqual(targets.map(outlookOf), ["earned", "startable"]);
  assert.deepEqual(targets.map(canBeAwarded), [true, false]);
  assert.deepEqual(targets.map(awaitsAward), [false, false]);
});

test("screens a catalog as it determines it", async () => {
  const { catalog } = await opened();
  const { declared: _, ...record } = ada;
  const screening = catalog.screen(record, { asOf });
  const { targets } = catalog.determine(record, { asOf, targets: "all" });
  assert.deepEqual(
    screening.credentials.map(({ credential, status, admission }) => [credential, status, admission]),
    targets.map(({ credential, status, admission }) => [credential, status, admission]),
  );
  assert.equal(screening.bundle, catalog.sha256);
  assert.throws(() => catalog.screen(record, { asOf, targets: "all" }), { code: "question-malformed" });
  // The screen of one date is not asked about another.
  const before = catalog.screen(record, { asOf: "2000-01-01" });
  assert.equal(before.as_of, "2000-01-01");
  assert.deepEqual(catalog.screen(record, { asOf }), screening);
});

test("verifies an answer and finds what was changed in it", async () => {
  const { catalog } = await opened();
  const answer = catalog.determine(ada, { asOf });
  assert.deepEqual(catalog.verify(ada, answer), []);
  assert.deepEqual(catalog.verify(adaText, catalog.determineBytes(ada, { asOf })), []);
  answer.targets[1].status = "complete";
  const [finding] = catalog.verify(ada, answer);
  assert.ok(finding.code && finding.path.startsWith("data-bs") && finding.message);
});

test("says messages one by one and all of an answer at once", async () => {
  const { engine, catalog } = await opened();
  const answer = catalog.determine({ ...ada, attributes: { ...ada.attributes, unheard: 1 } }, { asOf, targets: "all" });
  for (const language of engine.about.languages) {
    const said = engine.sayAll(answer, language);
    const { summary, completion } = answer.targets[0];
    assert.equal(said(summary), engine.say([summary], language)[0]);
    assert.ok(said(completion.rule).length > 0);
    assert.match(said(answer.notices[0]), /unheard/);
    // One that does not stand in the answer is said, too.
    assert.equal(said({ ...summary }), said(summary));
  }
  assert.equal(engine.sayAll(answer, "en")(answer.targets[0].summary), "Certificate in Data Studies is complete.");
  const plan = catalog.plan(ada, { asOf });
  assert.equal(typeof engine.sayAll(plan, "en")(plan.targets[1].still[0]), "string");
});

test("reads the catalog in a bundle", async () => {
  const { catalog } = await opened();
  assert.equal(catalog.content.title, "Riverside College");
  assert.equal(catalog.content.courses["DATA 1010"].credits, 3);
  assert.equal(catalog.content, catalog.content);
  assert.deepEqual(contentOf(river), catalog.content);
});

test("holds several catalogs and engines apart", async () => {
  const { engine, catalog } = await opened();
  const other = engine.open(campus);
  const again = (await Engine.load()).open(river);
  assert.notEqual(other.sha256, catalog.sha256);
  assert.notEqual(other.content.title, catalog.content.title);
  const before = sha256(catalog.determineBytes(ada, { asOf }));
  assert.notEqual(sha256(other.determineBytes({ version: 1, learner: "ada" }, { asOf, targets: "all" })), before);
  other.free();
  assert.equal(sha256(catalog.determineBytes(ada, { asOf })), before);
  assert.equal(sha256(again.determineBytes(ada, { asOf })), before);
});

test("keeps its bundle although the caller's bytes change", async () => {
  const engine = await Engine.load();
  const bytes = Uint8Array.from(river);
  const catalog = engine.open(bytes);
  bytes.fill(0);
  assert.equal(catalog.content.id, "river");
});

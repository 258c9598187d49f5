import assert from "node:assert/strict";
import { test } from "node:test";

import { ada, asOf, fails, opened } from "./world.js";

const TEXTS = {
  markup: `<img src=x onerror="alert(1)">&amp;</script>`,
  bidi: "\u202eadept\u202c \u2066x\u2069",
  emoji: "👩🏽‍🎓🏳️‍🌈",
  nul: "a\u0000b\u001f\u007f",
  lines: "a\r\n\u2028\u2029b",
  combining: "e\u0301".repeat(50),
  last: "\u{10ffff}\ufffe",
  template: "{n|credit|credits} {title}",
  proto: "__proto__",
  long: "Ω".repeat(1 << 20),
};

for (const [name, text] of Object.entries(TEXTS)) {
  test(`hands ${name} through as it is`, async () => {
    const { engine, catalog } = await opened();
    const exceptions = [{ authority: text, reason: text, credential: "data-bs", grant: { waive: "Ethics" } }];
    const record = { ...ada, exceptions };
    const answer = catalog.determine(record, { asOf });
    assert.equal(answer.targets[1].exceptions[0].reason, text);
    assert.deepEqual(catalog.verify(record, answer), []);
    const message = { key: "summary-complete", args: { title: { text } } };
    assert.deepEqual(engine.say([message, { key: text }], "en"), [`${text} is complete.`, text]);
  });
}

test("refuses names that are too long, wherever they stand", async () => {
  const { catalog } = await opened();
  const name = "n".repeat(1 << 20);
  await fails(() => catalog.determine({ ...ada, learner: name }, { asOf }), "record-malformed");
  await fails(() => catalog.determine({ ...ada, declared: [name] }, { asOf }), "record-malformed");
  await fails(() => catalog.determine(ada, { asOf, targets: [name] }), "question-malformed");
});

test("refuses half of a surrogate pair rather than write another character", async () => {
  const { engine, catalog } = await opened();
  for (const half of ["\ud83d", "\udc69", "a\udc69\ud83db"]) {
    const record = { ...ada, learner: half };
    await fails(() => catalog.determine(record, { asOf }), "record-malformed");
    const text = JSON.stringify(ada).replace('"ada"', `"${half}"`);
    assert.match((await fails(() => catalog.determine(text, { asOf }), "record-malformed")).message, /surrogate/);
    await fails(() => engine.say([{ key: half }], "en"), "messages-malformed");
  }
  assert.equal(catalog.determine(ada, { asOf }).learner, "ada");
});

test("refuses what is nested without end", async () => {
  const { engine, catalog } = await opened();
  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  await fails(() => catalog.determine(deep, { asOf }), "record-malformed");
  await fails(() => catalog.determine(`{"version":1,"learner":"a","attributes":{"x":${deep}}}`, { asOf }), "record-malformed");
  await fails(() => catalog.verify(ada, deep), "determination-malformed");
  let message = { key: "why-not-named" };
  for (let n = 0; n < 500; n += 1) message = { key: "rule-not", args: { rule: { message } } };
  await fails(() => engine.say([message], "en"), "messages-malformed");
  assert.equal(catalog.determine(ada, { asOf }).learner, "ada");
});

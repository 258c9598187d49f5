// Holds this package to answers that others gave: natively, and in other hosts of the module.
//
// CREDSTACK_PARITY names a folder with bundles/SHA256.bundle and cases.jsonl; target/parity if it is
// not set. A case is
//   {"name", "bundle": SHA256, "call": "determine" | "plan" | "screen", "record": TEXT, "question": TEXT,
//    "ok": whether an answer came rather than a fault, "answer": the sha-256 of its bytes}
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createReadStream, existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";

import { Abi } from "../dist/abi.js";
import { Engine } from "../dist/index.js";
import { here } from "./world.js";

const named = process.env.CREDSTACK_PARITY;
const folder = resolve(here, named ?? "../../../target/parity");
const isThere = named !== undefined || existsSync(join(folder, "cases.jsonl"));
const skip = isThere ? false : `no parity cases in ${folder}; CREDSTACK_PARITY names another folder`;

test("gives the bytes that every other host gives", { skip }, async (t) => {
  const engine = await Engine.load();
  const abi = await Abi.instantiate(engine.module);
  const utf8 = new TextEncoder();
  const bundles = new Set();
  let opened;
  const wrong = [];
  let count = 0;
  let publicly = 0;

  // Cases of one bundle follow one another, and a module holds only so many at once.
  const open = (bundle) => {
    if (opened?.bundle === bundle) return opened;
    if (opened) {
      abi.close(opened.handle);
      opened.catalog.free();
    }
    const bytes = readFileSync(join(folder, "bundles", `${bundle}.bundle`));
    opened = { bundle, handle: abi.call("open", [bytes]).returned, catalog: engine.open(bytes) };
    bundles.add(bundle);
    return opened;
  };
  for await (const line of createInterface({ input: createReadStream(join(folder, "cases.jsonl")) })) {
    if (line.trim() === "") continue;
    const { name, bundle, call, record, question, ok, answer } = JSON.parse(line);
    const { handle, catalog } = open(bundle);
    // The question's very bytes, as only the ABI takes them.
    const came = raw(() => abi.call(call, [utf8.encode(record), utf8.encode(question)], handle));
    if (came.ok !== ok || sha256(came.bytes) !== answer) wrong.push(`${name}: ${came.ok ? "answer" : came.bytes}`);
    // And as users ask, where the question can be asked so.
    if (ok && (call === "screen" || JSON.parse(question).module === engine.sha256)) {
      const bytes = catalog[`${call}Bytes`](record, asked(question));
      if (sha256(bytes) !== answer) wrong.push(`${name}: asked through Catalog`);
      publicly += 1;
    }
    count += 1;
  }
  t.diagnostic(`${count} cases compared, ${publicly} of them through Catalog as well, over ${bundles.size} bundles`);
  assert.ok(count > 0, `there are no cases in ${folder}`);
  assert.deepEqual(wrong.slice(0, 20), [], `${wrong.length} of ${count} cases differ`);
});

/** What a call comes to, with a fault as the module writes it. */
function raw(call) {
  try {
    return { ok: true, bytes: call().bytes };
  } catch ({ code, message, line, column }) {
    return { ok: false, bytes: JSON.stringify({ code, message, line, column }) };
  }
}

function asked(question) {
  const { as_of: asOf, in_progress: inProgress, targets, module: _, ...rest } = JSON.parse(question);
  return { asOf, inProgress, targets: targets?.these ?? targets, ...rest };
}

function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

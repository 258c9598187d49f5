// The module in V8, asked by the program `module` of this package: node v8.mjs MODULE
//
// Each line on standard input is a command in JSON, and one line of JSON answers it:
//   {"load": times}                             loads the module so often: the nanoseconds of each
//   {"open": FILE, "times": n}                  opens a bundle so often, and keeps the last
//   {"records": FILE, "targets": T, "asOf": D}  the records, one a line, and what is asked of them; without T a screening
//   {"round": n}                                asks it of each n times: nanoseconds in all, and the sha-256 of the answers
//   {"nothing": n}                              n calls that say no messages: nanoseconds in all
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

import { Engine } from "../../bindings/wasm/npm/dist/index.js";

const module = readFileSync(process.argv[2]);
const sha256 = createHash("sha256").update(module).digest("hex");
let engine;
let catalog;
let records = [];
let question;

/** The time that this thread has computed, as benches/src/times.rs takes it; where the system does not tell, the time that passed. */
function clock() {
  try {
    return Number(readFileSync("/proc/thread-self/schedstat", "latin1").split(" ")[0]);
  } catch {
    return Number(process.hrtime.bigint());
  }
}

async function times(count, act) {
  const taken = [];
  for (let n = 0; n < count; n += 1) {
    const start = process.hrtime.bigint();
    await act();
    taken.push(Number(process.hrtime.bigint() - start));
  }
  return taken;
}

const commands = {
  load: ({ load }) => times(load, async () => void (engine = await Engine.load({ module, sha256 }))),
  open({ open, times: count }) {
    const bundle = readFileSync(open);
    return times(count, () => {
      catalog?.free();
      catalog = engine.open(bundle);
    });
  },
  records({ records: file, targets, asOf }) {
    const lines = readFileSync(file, "utf8").split("\n").slice(0, -1);
    records = lines.map((line) => new TextEncoder().encode(line));
    question = targets === null ? { asOf } : { asOf, targets };
    return records.length;
  },
  round({ round }) {
    const start = clock();
    const ask = question.targets ? "determineBytes" : "screenBytes";
    let answers = [];
    for (let n = 0; n < round; n += 1) answers = records.map((record) => catalog[ask](record, question));
    const nanoseconds = clock() - start;
    const hash = createHash("sha256");
    answers.forEach((answer) => hash.update(answer));
    return { nanoseconds, sha256: hash.digest("hex") };
  },
  nothing({ nothing }) {
    const start = clock();
    for (let n = 0; n < nothing; n += 1) engine.say([], "en");
    return clock() - start;
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  const name = Object.keys(commands).find((name) => name in command);
  console.log(JSON.stringify(await commands[name](command)));
}

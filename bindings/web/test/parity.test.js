// The module in this browser gives the bytes that it gives everywhere. The cases are those of
// CREDSTACK_PARITY, target/parity if that is not set; cases.jsonl has one a line.

import assert from "node:assert/strict";
import { createReadStream, existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";

import { launch } from "./browser.js";
import { ROOT, serve } from "./server.js";

/** @typedef {{ name: string, bundle: string, call: "determine" | "plan", record: string, question: string, ok: boolean, answer: string }} Case */

const NAMED = process.env["CREDSTACK_PARITY"];
const FOLDER = NAMED ?? join(ROOT, "target/parity");
const CASES = join(FOLDER, "cases.jsonl");

/** How much the page is given at a time, in UTF-16 units of records and questions. */
const AT_ONCE = 4_000_000;

const skip =
  NAMED === undefined && !existsSync(CASES) && `no parity cases in ${FOLDER}: CREDSTACK_PARITY names a folder`;

test("every parity case gives the same bytes in this browser", { skip }, async (t) => {
  const server = await serve({ parity: FOLDER });
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(`${server.origin}/index.html`);
    await page.evaluate(start);
    /** @type {string[]} */
    const different = [];
    /** @type {Case[]} */
    let waiting = [];
    let [count, size] = [0, 0];
    const ask = async () => {
      different.push(...(await page.evaluate(compare, waiting)));
      [waiting, size] = [[], 0];
    };
    for await (const line of createInterface({ input: createReadStream(CASES) })) {
      if (line.trim() === "") continue;
      waiting.push(JSON.parse(line));
      count += 1;
      size += line.length;
      if (size > AT_ONCE) await ask();
    }
    await ask();
    t.diagnostic(`${count} cases in ${browser.browserType().name()} ${browser.version()}`);
    assert.ok(count > 0, `there are no cases in ${FOLDER}`);
    assert.deepEqual(different.slice(0, 20), [], `${different.length} of ${count} cases differ`);
  } finally {
    await browser.close();
    await server.close();
  }
});

/** Starts the module in the page, through its C ABI alone. */
async function start() {
  const module = await WebAssembly.compileStreaming(fetch("credstack.wasm"));
  /** @type {WebAssembly.Imports} */
  const imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    (imports[from] ??= {})[name] = () => {
      throw new Error(`the module called its import ${name}`);
    };
  }
  const { exports } = await WebAssembly.instantiate(module, imports);
  Object.assign(globalThis, { parity: { exports, handles: new Map() } });
}

/** Asks each case, and returns the names of those whose bytes are others. @param {Case[]} cases */
async function compare(cases) {
  const { exports, handles } = /** @type {{ parity: { exports: any, handles: Map<string, number> } }} */ (
    /** @type {unknown} */ (globalThis)
  ).parity;
  /** @param {Uint8Array} bytes */
  const put = (bytes) => {
    const address = exports.credstack_buffer(bytes.length) >>> 0;
    new Uint8Array(exports.memory.buffer, address, bytes.length).set(bytes);
    return address;
  };
  /** @param {string} sha */
  const opened = async (sha) => {
    const known = handles.get(sha);
    if (known !== undefined) return known;
    const response = await fetch(`parity/bundles/${sha}.bundle`);
    if (!response.ok) throw new Error(`no bundle ${sha}`);
    // The module holds only so many at once.
    if (handles.size >= 200) {
      for (const handle of handles.values()) exports.credstack_close(handle);
      handles.clear();
    }
    const handle = exports.credstack_open(put(new Uint8Array(await response.arrayBuffer())));
    handles.set(sha, handle);
    return handle;
  };
  const different = [];
  for (const { name, bundle, call, record, question, ok, answer } of cases) {
    const handle = await opened(bundle);
    const [first, second] = [record, question].map((text) => put(new TextEncoder().encode(text)));
    const isAnswered = exports[`credstack_${call}`](handle, first, second) === 1;
    const bytes = new Uint8Array(
      exports.memory.buffer,
      exports.credstack_result() >>> 0,
      exports.credstack_result_length(),
    ).slice();
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    const hash = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    if (isAnswered !== ok || hash !== answer) different.push(name);
  }
  return different;
}

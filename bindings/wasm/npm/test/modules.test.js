import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { test } from "node:test";
import { Worker } from "node:worker_threads";

import { compileModule, Engine, SHIPPED_SHA256 } from "../dist/index.js";
import { ada, asOf, fails, moduleBytes, opened, river } from "./world.js";
import { TRAPS, stub } from "./stub.js";

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const load = (module) => Engine.load({ module, sha256: sha256(module) });

/** The answers of a server that gives the module with a status and a type. */
async function served(status, type, act, body = moduleBytes) {
  const server = createServer((_, response) => response.writeHead(status, { "content-type": type }).end(body));
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  try {
    return await act(`http://127.0.0.1:${server.address().port}/credstack.wasm`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test("loads from bytes, from addresses, from a response and from a compiled module", async () => {
  const file = new URL("../dist/credstack.wasm", import.meta.url);
  const module = await WebAssembly.compile(moduleBytes);
  const sources = [moduleBytes, Uint8Array.from(moduleBytes).buffer, file, file.href];
  for (const source of sources) assert.equal((await Engine.load({ module: source })).sha256, SHIPPED_SHA256);
  assert.equal((await Engine.load({ module, sha256: SHIPPED_SHA256 })).module, module);
  for (const type of ["application/wasm", "application/octet-stream"]) {
    await served(200, type, async (url) => {
      assert.equal((await Engine.load({ module: url })).sha256, SHIPPED_SHA256);
      assert.equal((await Engine.load({ module: await fetch(url) })).open(river).determine(ada, { asOf }).learner, "ada");
    });
  }
});

test("refuses a module with another hash", async () => {
  const changed = Uint8Array.from(moduleBytes);
  changed[changed.length - 1] ^= 1;
  const { message } = await fails(() => Engine.load({ module: changed }), "module-hash");
  assert.ok(message.includes(SHIPPED_SHA256));
  await fails(() => Engine.load({ sha256: "0".repeat(64) }), "module-hash");
  await fails(() => Engine.load({ module: moduleBytes.subarray(0, 1000) }), "module-hash");
  await fails(async () => Engine.load({ module: await WebAssembly.compile(moduleBytes) }), "module-hash");
  for (const type of ["application/wasm", "text/html"]) {
    await served(200, type, (url) => fails(() => Engine.load({ module: url }), "module-hash"), "<html>not here</html>");
    await served(200, type, (url) => fails(() => Engine.load({ module: url }), "module-hash"), moduleBytes.subarray(0, 70_000));
  }
  assert.equal((await Engine.load({ sha256: SHIPPED_SHA256.toUpperCase() })).sha256, SHIPPED_SHA256);
});

test("refuses what is no module of the engine, whatever its hash", async () => {
  await fails(() => load(moduleBytes.subarray(0, moduleBytes.length / 2)), "module-invalid");
  await fails(() => load(Buffer.from("credstack")), "module-invalid");
  await fails(() => load(Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])), "module-invalid");
  await fails(() => load(stub({}, "say")), "module-invalid");
  assert.match((await fails(() => load(stub({ abi_version: 2 })), "module-invalid")).message, /version 2/);
});

test("tells what cannot be reached", async () => {
  await fails(() => Engine.load({ module: new URL("file:///nowhere/credstack.wasm") }), "module-unreachable");
  await fails(() => Engine.load({ module: "credstack.wasm" }), "module-unreachable");
  await fails(() => Engine.load({ module: "http://127.0.0.1:1/credstack.wasm" }), "module-unreachable");
  await served(404, "application/wasm", (url) => fails(() => Engine.load({ module: url }), "module-unreachable"));
});

test("tells when there is nothing to hash with", async () => {
  const crypto = Object.getOwnPropertyDescriptor(globalThis, "crypto");
  Object.defineProperty(globalThis, "crypto", { value: {}, configurable: true });
  try {
    assert.match((await fails(() => Engine.load(), "hash-unavailable")).message, /HTTPS/);
  } finally {
    Object.defineProperty(globalThis, "crypto", crypto);
  }
});

test("an engine that trapped is used no more, and another takes its place", async () => {
  const engine = await load(stub());
  const catalog = engine.open(river);
  const { message, cause } = await fails(() => catalog.determine(ada, { asOf }), "engine-trapped");
  assert.ok(cause instanceof WebAssembly.RuntimeError);
  assert.match(message, /load an engine anew/);
  await fails(() => catalog.plan(ada, { asOf }), "engine-trapped");
  await fails(() => engine.open(river), "engine-trapped");
  await fails(() => engine.say([], "en"), "engine-trapped");
  catalog.free();
  const { catalog: another } = await opened();
  assert.equal(another.determine(ada, { asOf }).learner, "ada");
});

test("traps wherever they happen", async () => {
  await fails(() => load(stub({ abi_version: TRAPS })), "engine-trapped");
  await fails(() => load(stub({ about: TRAPS })), "engine-trapped");
  await fails(async () => (await load(stub({ buffer: TRAPS }))).open(river), "engine-trapped");
  // A buffer, or a result, that does not lie in the memory.
  await fails(async () => (await load(stub({ buffer: -1 }))).open(river), "engine-trapped");
  await fails(() => load(stub({ result: 65_530 })), "engine-trapped");
  // Recursion without end.
  const forever = [0x10, 0x05];
  await fails(() => load(stub({ about: forever })), "engine-trapped");
});

test("an engine without memory is still one", async () => {
  const engine = await load(stub({ buffer: 0 }));
  await fails(() => engine.open(river), "no-memory");
  await fails(() => engine.open(river), "no-memory");
});

test("works in a worker, with the module that the page compiled", async () => {
  const compiled = await compileModule();
  const engine = await Engine.load(compiled);
  const workerData = { ...compiled, bundle: river, record: ada, asOf };
  const answer = await new Promise((resolve, reject) => {
    const worker = new Worker(new URL("worker.js", import.meta.url), { workerData });
    worker.once("message", resolve).once("error", reject);
  });
  assert.deepEqual(Buffer.from(answer), Buffer.from(engine.open(river).determineBytes(ada, { asOf })));
});

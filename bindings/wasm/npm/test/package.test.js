import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";

import { asOf, here } from "./world.js";

const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
const consumer = join(here, "test/consumer");

/** What a command writes, once it has come to a good end. */
function run(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: here, encoding: "utf8" });
  assert.equal(status, 0, stdout + stderr);
  return stdout;
}

test("the types are those of the engine's schemas", () => {
  run("scripts/generate.js", "--check");
});

for (const resolution of ["bundler", "node16"]) {
  test(`a strict project compiles with moduleResolution ${resolution}`, () => {
    run(tsc, "--noEmit", "-p", join(consumer, `tsconfig.${resolution}.json`));
  });
}

test("a project runs, and `using` closes its catalog", () => {
  run(tsc, "-p", join(consumer, "tsconfig.node16.json"));
  const lines = run(join(consumer, "out/index.js"), "test/fixtures/river.bundle").trim().split("\n");
  assert.ok(lines.includes("complete 0 Data Literacy is complete. 0"), lines.join("\n"));
  assert.deepEqual(lines.slice(-2), ["0 true true 3", "catalog-closed nowhere"]);
});

test("the example runs, and is the one of the README", () => {
  const printed = run("examples/node.mjs", "test/fixtures/river.bundle", "test/fixtures/ada.json", asOf);
  assert.equal(
    printed,
    "complete: Certificate in Data Studies is complete.\n" +
      "incomplete: Bachelor of Science in Data Studies is not complete: still short of 9 credits.\n",
  );
  const [, ...code] = readFileSync(join(here, "examples/node.mjs"), "utf8").split("\n");
  assert.ok(readFileSync(join(here, "README.md"), "utf8").includes(code.join("\n")));
});

test("what is packed is what is needed", () => {
  const { stdout } = spawnSync("npm", ["pack", "--dry-run", "--ignore-scripts", "--json"], { cwd: here, encoding: "utf8" });
  const [{ files }] = JSON.parse(stdout);
  const names = files.map(({ path }) => path);
  const needed = ["dist/index.js", "dist/index.d.ts", "dist/credstack.wasm", "dist/bindgen/credstack.js"];
  for (const name of ["README.md", "LICENSE-MIT", "LICENSE-APACHE", "package.json", ...needed]) {
    assert.ok(names.includes(name), `${name} is not packed`);
  }
  const isNeeded = /^(dist\/([\w/]+\.(js|d\.ts)|credstack\.wasm)|README\.md|LICENSE-\w+|package\.json)$/;
  assert.deepEqual(names.filter((name) => !isNeeded.test(name)), []);
});

test("browsers find nothing of Node in it", () => {
  for (const name of ["abi", "bytes", "catalog", "engine", "error", "index", "module", "question", "shipped"]) {
    const imports = [...readFileSync(join(here, `dist/${name}.js`), "utf8").matchAll(/(?:from|import\()\s*"(.*?)"/g)];
    assert.deepEqual(imports.filter(([, from]) => !from.startsWith("./")), [], name);
  }
});

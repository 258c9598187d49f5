// What the tests share. The bundles in fixtures are of bindings/cli/tests/fixtures/river and
// rules/packs/open-campus, as `credstack build` wrote them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { CredstackError, Engine } from "../dist/index.js";

const at = (path) => new URL(path, import.meta.url);

/** Where this package is. */
export const here = fileURLToPath(at(".."));
export const moduleBytes = readFileSync(at("../dist/credstack.wasm"));
export const river = readFileSync(at("fixtures/river.bundle"));
export const campus = readFileSync(at("fixtures/campus.bundle"));
/** A record that goes with the river bundle. */
export const adaText = readFileSync(at("fixtures/ada.json"), "utf8");
export const ada = JSON.parse(adaText);
export const asOf = "2026-06-01";

/** An engine with the river bundle open. */
export async function opened() {
  const engine = await Engine.load();
  return { engine, catalog: engine.open(river) };
}

/** The error of a call, or of a promise, that has to fail with a code. */
export async function fails(act, code) {
  try {
    await act();
  } catch (error) {
    assert.ok(error instanceof CredstackError, `${code}: another error came: ${error?.stack}`);
    assert.equal(error.code, code, error.message);
    return error;
  }
  assert.fail(`nothing failed; ${code} was due`);
}

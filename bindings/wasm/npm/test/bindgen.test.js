import assert from "node:assert/strict";
import { test } from "node:test";

import init, * as glue from "credstack/bindgen";

import { Engine } from "../dist/index.js";
import { ada, adaText, asOf, moduleBytes, river } from "./world.js";

test("the glue of wasm-bindgen gives the same bytes", async () => {
  await init({ module_or_path: moduleBytes });
  const engine = await Engine.load();
  const [theirs, ours] = [glue.Catalog.open(river), engine.open(river)];
  const bytes = (value) => new TextEncoder().encode(JSON.stringify(value));
  const question = { as_of: asOf, targets: "all", module: engine.sha256 };
  const answer = theirs.determine(bytes(ada), bytes(question));
  assert.deepEqual(answer, ours.determineBytes(adaText, { asOf, targets: "all" }));
  const plan = theirs.plan(bytes(ada), bytes({ as_of: asOf, load: 6, module: engine.sha256 }));
  assert.deepEqual(plan, ours.planBytes(ada, { asOf, load: 6 }));
  assert.deepEqual(JSON.parse(new TextDecoder().decode(glue.about())), engine.about);
  assert.deepEqual(JSON.parse(new TextDecoder().decode(theirs.graph())), ours.graph());
  assert.equal(theirs.determine(bytes({}), bytes(question)), undefined);
  assert.equal(JSON.parse(new TextDecoder().decode(glue.lastFault())).code, "record-malformed");
});

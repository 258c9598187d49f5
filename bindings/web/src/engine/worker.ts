// Runs the engine beside the page, so that typing never waits for it.

import { type Catalog, CredstackError, Engine, type Message } from "credstack";

import type { Answers, Call, Calls, Fault, Request, Response, Said } from "./protocol.ts";

interface Running {
  engine: Engine;
  catalog: Catalog;
  bundle: ArrayBuffer;
}

let running: Running | undefined;

addEventListener("message", async ({ data }: MessageEvent<Request>) => {
  let response: Response;
  try {
    response = { id: data.id, answer: await answer(data) };
  } catch (error) {
    response = { id: data.id, fault: fault(error) };
  }
  postMessage(response);
});

async function answer(request: Request): Promise<Answers[Call]> {
  if (request.call === "open") return open(request.input);
  try {
    return ask(request);
  } catch (error) {
    if (!(running && error instanceof CredstackError && error.code === "engine-trapped")) throw error;
    // Nothing in a trapped engine can be relied on. If a fresh one stops here as well, it is told.
    const { engine, bundle } = running;
    await start(await Engine.load({ module: engine.module, sha256: engine.sha256 }), bundle);
    return ask(request);
  }
}

async function open({ module, sha256, bundle }: Calls["open"]): Promise<Answers["open"]> {
  const { engine, catalog } = await start(
    await Engine.load(sha256 === undefined ? { module } : { module, sha256 }),
    bundle,
  );
  return {
    module: engine.module,
    sha256: engine.sha256,
    content: catalog.content,
    languages: engine.about.languages,
    recordBytes: engine.about.record_bytes,
  };
}

async function start(engine: Engine, bundle: ArrayBuffer): Promise<Running> {
  running = { engine, catalog: engine.open(bundle), bundle };
  return running;
}

function ask(request: Exclude<Request, { call: "open" }>): Answers["determine" | "plan"] {
  if (!running) throw new Error("no bundle is open");
  const { engine, catalog } = running;
  if (request.call === "determine") {
    const { record, asOf, language } = request.input;
    const determination = catalog.determine(record, { asOf, targets: "all" });
    return said(determination, engine.sayAll(determination, language));
  }
  const { record, asOf, targets, load, language } = request.input;
  const plan = catalog.plan(record, load === undefined ? { asOf, targets } : { asOf, targets, load });
  return said(plan, engine.sayAll(plan, language));
}

/** The value with every message said. */
function said<Value>(value: Value, say: (message: Message) => string): Said<Value> {
  const inside = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map(inside);
    if (isMessage(value)) return say(value);
    return Object.fromEntries(Object.entries(value).map(([name, value]) => [name, inside(value)]));
  };
  return inside(value) as Said<Value>;
}

function isMessage(value: object): value is Message {
  return "key" in value && Object.keys(value).every((name) => name === "key" || name === "args");
}

function fault(error: unknown): Fault {
  if (!(error instanceof CredstackError)) return { code: "engine-stopped", message: String(error) };
  const { code, message, line, column } = error;
  return { code, message, line, column };
}

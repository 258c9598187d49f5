// Runs the engine beside the page, so that typing never waits for it.

import { type Catalog, CredstackError, Engine } from "credstack";

import type { Answers, Call, Calls, Fault, News, Request, Response, Target } from "./protocol.ts";
import { Speaker } from "./speaker.ts";

interface Running {
  engine: Engine;
  catalog: Catalog;
  bundle: ArrayBuffer;
  speaker: Speaker;
}

let running: Running | undefined;

/** The targets as they were told last, by credential: what was said in which language, as the engine gave it. */
let told = new Map<string, string>();

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
    start(await Engine.load({ module: engine.module, sha256: engine.sha256 }), bundle);
    return ask(request);
  }
}

async function open({ module, sha256, bundle }: Calls["open"]): Promise<Answers["open"]> {
  const { about } = start(await Engine.load({ module, sha256 }), bundle);
  return { languages: about.languages, recordBytes: about.record_bytes };
}

function start(engine: Engine, bundle: ArrayBuffer): Engine {
  running = { engine, catalog: engine.open(bundle), bundle, speaker: new Speaker(engine) };
  return engine;
}

function ask(request: Exclude<Request, { call: "open" }>): Answers["determine" | "plan"] {
  if (!running) throw new Error("no bundle is open");
  const { catalog, speaker } = running;
  if (request.call === "determine") return determine(running, request.input);
  const { record, asOf, targets, load, language } = request.input;
  const plan = catalog.plan(record, load === undefined ? { asOf, targets } : { asOf, targets, load });
  return speaker.said(plan, language);
}

/** After a change most targets are as they were, so that nothing of them has to be said, sent or shown again. */
function determine({ catalog, speaker }: Running, { record, asOf, targets, language }: Calls["determine"]): News {
  const { targets: answered, ...rest } = catalog.determine(record, { asOf, targets });
  const now = new Map(answered.map((target) => [target, language + JSON.stringify(target)]));
  const changed = answered.filter((target) => told.get(target.credential) !== now.get(target));
  const said = speaker.said({ ...rest, changed }, language);
  const news = new Map<string, Target>(said.changed.map((target) => [target.credential, target]));
  // What was said is told from here on: nothing may fail any more.
  for (const [{ credential }, text] of now) told.set(credential, text);
  const { changed: _, ...others } = said;
  return { ...others, targets: answered.map(({ credential }) => news.get(credential) ?? credential) };
}

function fault(error: unknown): Fault {
  if (!(error instanceof CredstackError)) return { code: "engine-stopped", message: String(error) };
  const { code, message, line, column } = error;
  return { code, message, line, column };
}

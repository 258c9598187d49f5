// Runs an engine beside the page, for what can take long.

import { CredstackError } from "credstack";

import type { Answer, Answers, Call, Fault, News, Parts, Request, Response, Target } from "./protocol.ts";
import { Session } from "./session.ts";

interface Running {
  session: Session;
  parts: Parts;
}

let running: Running | undefined;

/** What the page has of each target. */
const told = new Map<string, Target>();

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
  if (request.call === "open") return start(request.input);
  try {
    return ask(request);
  } catch (error) {
    if (!(running && error instanceof CredstackError && error.code === "engine-trapped")) throw error;
    // Nothing in a trapped engine can be relied on. If a fresh one stops here as well, it is told.
    await start(running.parts);
    return ask(request);
  }
}

async function start(parts: Parts): Promise<Answers["open"]> {
  const session = await Session.open(parts);
  running = { session, parts };
  return session.opened;
}

function ask(request: Exclude<Request, { call: "open" }>): Answers["determine" | "plan"] {
  if (!running) throw new Error("no bundle is open");
  const { session } = running;
  return request.call === "determine" ? news(session.determine(request.input)) : session.plan(request.input);
}

/** Tells, of what the page has already, only the ids. */
function news({ targets, ...rest }: Answer): News {
  const tell = (target: Target): Target | string => {
    if (told.get(target.credential) === target) return target.credential;
    told.set(target.credential, target);
    return target;
  };
  return { ...rest, targets: targets.map(tell) };
}

function fault(error: unknown): Fault {
  if (!(error instanceof CredstackError)) return { code: "engine-stopped", message: String(error) };
  const { code, message, line, column } = error;
  return { code, message, line, column };
}

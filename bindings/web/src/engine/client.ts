// What the page asks: the engine in it, or the worker.

import { type CatalogContent, compileModule, contentOf, type StackGraph } from "credstack";

import { asEngineError, EngineError } from "./error.ts";
import { NearEngine } from "./near.ts";
import type { Answer, Answers, Call, Calls, Opened, Parts, Question, Request, Response, Target } from "./protocol.ts";
import { shared } from "./shared.ts";
import { startWorker } from "./start.ts";

/** How long an answer may take, in milliseconds. The engine's steps are counted, and take seconds at the most. */
const PATIENCE = 60_000;

interface Waiting {
  resolve(answer: Answers[Call]): void;
  reject(error: EngineError): void;
}

/** An open bundle: in an engine in the page, and in a worker's once that is needed. */
export class EngineClient {
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  /** Settles once the worker has the bundle open; absent while there is no worker. */
  #opening: Promise<Opened> | undefined;
  #isOpen = false;
  #near: NearEngine | undefined;
  #parts: Parts | undefined;
  #opened: Opened | undefined;
  #content: CatalogContent | undefined;
  /** What the worker told last of each target. */
  #told = new Map<string, Target>();
  /** What was given away last of each target. */
  readonly #given = new Map<string, Target>();
  #last = 0;

  private constructor() {}

  /**
   * Fetches bundle and module, and opens the one in the other.
   * @param isPursued Whether something is asked first that the page's engine can answer; otherwise the worker is
   * started beside it.
   * @throws EngineError
   */
  static async open(module: string, bundle: string, isPursued: boolean): Promise<EngineClient> {
    const client = new EngineClient();
    try {
      if (!isPursued) client.#worker = client.#start();
      // The page reads the catalog while the module is on its way, and compiled.
      const fetched = fetchBundle(bundle).then((bytes) => ({ bytes, content: read(bytes) }));
      const [compiled, { bytes, content }] = await Promise.all([compileModule({ module }), fetched]);
      const parts = { compiled, bundle: bytes };
      client.#parts = parts;
      client.#content = content;
      if (isPursued) client.#near = await NearEngine.open(parts);
      client.#opened = client.#near?.opened ?? (await client.#open());
      // What is pursued later is asked of it; until it is open, the worker answers that too.
      if (!isPursued)
        void NearEngine.open(parts).then(
          (near) => (client.#near = near),
          () => {},
        );
    } catch (error) {
      client.close();
      throw asEngineError(error);
    }
    return client;
  }

  // INVARIANT: `open` gives a client away only after it has set what these look at.

  get catalog(): CatalogContent {
    return this.#content as CatalogContent;
  }

  get labels(): Opened["labels"] {
    return (this.#opened as Opened).labels;
  }

  get graph(): StackGraph {
    return (this.#opened as Opened).graph;
  }

  get recordBytes(): number {
    return (this.#opened as Opened).recordBytes;
  }

  /** Returns the answer about what is pursued, if the page's engine can give it at once. @throws EngineError */
  now(question: Omit<Question, "targets">): Answer | undefined {
    const answer = this.#near?.answer({ ...question, targets: "declared" });
    return answer && this.#give(answer);
  }

  /** Returns the worker's answer. */
  async determine(input: Calls["determine"]): Promise<Answer> {
    const { targets, ...rest } = await this.#ask("determine", input);
    const known = targets.map((target) => (typeof target === "string" ? this.#told.get(target) : target) as Target);
    for (const target of known) this.#told.set(target.credential, target);
    return this.#give({ ...rest, targets: known });
  }

  plan(input: Calls["plan"]): Promise<Answers["plan"]> {
    return this.#ask("plan", input);
  }

  /** Gives the engines up, and with them all that waits for them. */
  close(): void {
    this.#near = undefined;
    this.#drop(stopped("it was closed"));
  }

  /**
   * Gives an answer away. Whatever is as it was given away last, by whichever engine, is the same object: it is shown
   * already.
   */
  #give(answer: Answer): Answer {
    const targets = answer.targets.map((target) => shared(this.#given.get(target.credential), target));
    for (const target of targets) this.#given.set(target.credential, target);
    return { ...answer, targets };
  }

  /** Gives the worker up, and what waits for it. */
  #drop(why: EngineError): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#opening = undefined;
    this.#isOpen = false;
    this.#told = new Map();
    for (const { reject } of this.#waiting.values()) reject(why);
    this.#waiting.clear();
  }

  /**
   * Asks the worker, and at once if it can be asked: what the page does next is done beside it. If there is none, or
   * none any more, one is started with the module and the bundle that are here.
   */
  async #ask<Name extends "determine" | "plan">(call: Name, input: Calls[Name]): Promise<Answers[Name]> {
    if (!this.#isOpen) {
      try {
        await this.#open();
      } catch (error) {
        const fault = asEngineError(error);
        this.#drop(fault);
        throw fault;
      }
    }
    const late = setTimeout(() => this.#drop(stopped("the engine does not answer")), PATIENCE);
    return this.#send(call, input).finally(() => clearTimeout(late));
  }

  #open(): Promise<Opened> {
    return (this.#opening ??= this.#send("open", this.#parts as Parts).then((opened) => {
      this.#isOpen = true;
      return opened;
    }));
  }

  #send<Name extends Call>(call: Name, input: Calls[Name]): Promise<Answers[Name]> {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      const worker = (this.#worker ??= this.#start());
      this.#waiting.set(id, { resolve: resolve as Waiting["resolve"], reject });
      worker.postMessage({ id, call, input } as Request);
    });
  }

  #start(): Worker {
    let worker: Worker;
    try {
      worker = startWorker();
    } catch (error) {
      throw refused(error);
    }
    worker.addEventListener("message", ({ data }: MessageEvent<Response>) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if ("fault" in data) waiting?.reject(new EngineError(data.fault));
      else waiting?.resolve(data.answer);
    });
    worker.addEventListener("error", ({ message }) => {
      if (worker !== this.#worker) return;
      this.#drop(this.#isOpen ? stopped(message || "the worker stopped") : refused(message ?? ""));
    });
    return worker;
  }
}

function stopped(message: string): EngineError {
  return new EngineError({ code: "engine-stopped", message });
}

function refused(why: unknown): EngineError {
  const mend = "a policy of the page has to allow `worker-src blob:` and, where it names trusted types, `credstack`";
  return new EngineError({
    code: "worker-refused",
    message: `the worker could not be started; ${mend}. ${why}`.trim(),
  });
}

async function fetchBundle(url: string): Promise<ArrayBuffer> {
  const failed = (why: unknown): EngineError =>
    new EngineError({ code: "bundle-unreachable", message: `${url}: ${why}` });
  let response: globalThis.Response;
  try {
    response = await fetch(url);
  } catch (error) {
    throw failed(error);
  }
  if (!response.ok) throw failed(`${response.status} ${response.statusText}`);
  try {
    return await response.arrayBuffer();
  } catch (error) {
    throw failed(error);
  }
}

/** Returns what a bundle holds; of a damaged one anything or nothing, which the engine will tell. */
function read(bundle: ArrayBuffer): CatalogContent | undefined {
  try {
    return contentOf(bundle);
  } catch {
    return undefined;
  }
}

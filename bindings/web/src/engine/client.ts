// The page's side of the worker.

import { type CatalogContent, type Compiled, compileModule, contentOf, CredstackError } from "credstack";

import type { Answer, Answers, Call, Calls, Fault, News, Opened, Request, Response, Target } from "./protocol.ts";
import { startWorker } from "./start.ts";

/** Why there is no answer. */
export class EngineError extends Error {
  readonly code: Fault["code"] | "bundle-unreachable";
  readonly line: number | undefined;
  readonly column: number | undefined;

  constructor({ code, message, line, column }: Omit<Fault, "code"> & { code: EngineError["code"] }) {
    super(message);
    this.code = code;
    this.line = line;
    this.column = column;
  }
}

/** Whatever was thrown, as an error of the engine's. */
export function asEngineError(error: unknown): EngineError {
  return error instanceof EngineError ? error : new EngineError({ code: "engine-stopped", message: String(error) });
}

/** How long an answer may take, in milliseconds. The engine's steps are counted, and take seconds at the most. */
const PATIENCE = 60_000;

interface Waiting {
  resolve(answer: Answers[Call]): void;
  reject(error: EngineError): void;
}

/** What every worker is started with. */
interface Parts {
  compiled: Compiled;
  bundle: ArrayBuffer;
}

/** An open bundle in a worker. */
export class EngineClient {
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  /** Settles once the worker has the bundle open; absent while there is no worker. */
  #opening: Promise<Opened> | undefined;
  #isOpen = false;
  #parts: Parts | undefined;
  #opened: Opened | undefined;
  #content: CatalogContent | undefined;
  /** What the worker told last of each target. */
  readonly #told = new Map<string, Target>();
  #last = 0;

  private constructor() {
    this.#worker = this.#start();
  }

  /**
   * Fetches bundle and module, and opens the one in the other. The worker starts, and the module is compiled
   * outside of it, while they are on their way.
   * @throws EngineError
   */
  static async open(module: string, bundle: string): Promise<EngineClient> {
    const client = new EngineClient();
    try {
      const [compiled, bytes] = await Promise.all([fetchModule(module), fetchBundle(bundle)]);
      client.#parts = { compiled, bundle: bytes };
      const opening = client.#open();
      // The page reads the catalog while the worker checks the bundle.
      client.#content = read(bytes);
      client.#opened = await opening;
    } catch (error) {
      client.close();
      throw error;
    }
    return client;
  }

  // INVARIANT: `open` gives a client away only after it has set what these look at.

  get catalog(): CatalogContent {
    return this.#content as CatalogContent;
  }

  get languages(): readonly string[] {
    return (this.#opened as Opened).languages;
  }

  get recordBytes(): number {
    return (this.#opened as Opened).recordBytes;
  }

  /** A target that did not change since it was told last is the same object. */
  async determine(input: Calls["determine"]): Promise<Answer> {
    return this.#known(await this.#ask("determine", input));
  }

  plan(input: Calls["plan"]): Promise<Answers["plan"]> {
    return this.#ask("plan", input);
  }

  /** Gives the worker up, and with it all that waits for it. */
  close(why = "it was closed"): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#opening = undefined;
    this.#isOpen = false;
    for (const { reject } of this.#waiting.values()) reject(new EngineError({ code: "engine-stopped", message: why }));
    this.#waiting.clear();
  }

  #known({ targets, ...rest }: News): Answer {
    const known = targets.map((target) => (typeof target === "string" ? this.#told.get(target) : target) as Target);
    for (const target of known) this.#told.set(target.credential, target);
    return { ...rest, targets: known };
  }

  /**
   * Asks, and at once if the worker can be asked: what the page does next is done beside it. If the worker is
   * gone, another is started with the module and the bundle that are here.
   */
  async #ask<Name extends "determine" | "plan">(call: Name, input: Calls[Name]): Promise<Answers[Name]> {
    if (!this.#isOpen) {
      try {
        await this.#open();
      } catch (error) {
        this.close();
        throw error;
      }
    }
    const late = setTimeout(() => this.close("the engine does not answer"), PATIENCE);
    return this.#send(call, input).finally(() => clearTimeout(late));
  }

  #open(): Promise<Opened> {
    const { compiled, bundle } = this.#parts as Parts;
    return (this.#opening ??= this.#send("open", { ...compiled, bundle }).then((opened) => {
      this.#isOpen = true;
      return opened;
    }));
  }

  #send<Name extends Call>(call: Name, input: Calls[Name]): Promise<Answers[Name]> {
    const worker = (this.#worker ??= this.#start());
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as Waiting["resolve"], reject });
      worker.postMessage({ id, call, input } as Request);
    });
  }

  #start(): Worker {
    const worker = startWorker();
    worker.addEventListener("message", ({ data }: MessageEvent<Response>) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if ("fault" in data) waiting?.reject(new EngineError(data.fault));
      else waiting?.resolve(data.answer);
    });
    worker.addEventListener("error", ({ message }) => {
      if (worker !== this.#worker) return;
      this.close(message || "the worker could not be started; a policy of the page has to allow `worker-src blob:`");
    });
    return worker;
  }
}

async function fetchModule(url: string): Promise<Compiled> {
  try {
    return await compileModule({ module: url });
  } catch (error) {
    throw error instanceof CredstackError ? new EngineError(error) : error;
  }
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

/** What a bundle holds; of a damaged one anything or nothing, which the engine will tell. */
function read(bundle: ArrayBuffer): CatalogContent | undefined {
  try {
    return contentOf(bundle);
  } catch {
    return undefined;
  }
}

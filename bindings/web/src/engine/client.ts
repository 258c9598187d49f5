// The page's side of the worker.

import type { CatalogContent } from "credstack";

import type { Answers, Call, Calls, Fault, Opened, Request, Response } from "./protocol.ts";
import EngineWorker from "./worker.ts?worker&inline";

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

/** How long an answer may take, in milliseconds. The engine's steps are counted, and take seconds at the most. */
const PATIENCE = 60_000;

interface Waiting {
  resolve(answer: Answers[Call]): void;
  reject(error: EngineError): void;
}

/** An open bundle in a worker. */
export class EngineClient {
  readonly #bundle: ArrayBuffer;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  /** Settles once the worker has the bundle open; absent while there is no worker. */
  #ready: Promise<Opened> | undefined;
  #opened: Opened | undefined;
  #last = 0;

  private constructor(bundle: ArrayBuffer) {
    this.#bundle = bundle;
  }

  /**
   * Fetches bundle and module, and opens the one in the other.
   * @throws EngineError
   */
  static async open(module: string, bundle: string): Promise<EngineClient> {
    const client = new EngineClient(await fetchBundle(bundle));
    try {
      client.#ready = client.#send("open", { module, bundle: client.#bundle });
      client.#opened = await client.#ready;
    } catch (error) {
      client.close();
      throw error;
    }
    return client;
  }

  get catalog(): CatalogContent {
    return this.#known.content;
  }

  get languages(): readonly string[] {
    return this.#known.languages;
  }

  get recordBytes(): number {
    return this.#known.recordBytes;
  }

  determine(input: Calls["determine"]): Promise<Answers["determine"]> {
    return this.#ask("determine", input);
  }

  plan(input: Calls["plan"]): Promise<Answers["plan"]> {
    return this.#ask("plan", input);
  }

  /** Gives the worker up, and with it all that waits for it. */
  close(why = "it was closed"): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#ready = undefined;
    for (const { reject } of this.#waiting.values()) reject(new EngineError({ code: "engine-stopped", message: why }));
    this.#waiting.clear();
  }

  get #known(): Opened {
    // INVARIANT: `open` gives a client away only after it has set this.
    return this.#opened as Opened;
  }

  /** Asks; if the worker is gone, another is started with the module and the bundle that are here. */
  async #ask<Name extends "determine" | "plan">(call: Name, input: Calls[Name]): Promise<Answers[Name]> {
    const { module, sha256 } = this.#known;
    try {
      await (this.#ready ??= this.#send("open", { module, sha256, bundle: this.#bundle }));
    } catch (error) {
      this.close();
      throw error;
    }
    const late = setTimeout(() => this.close("the engine does not answer"), PATIENCE);
    return this.#send(call, input).finally(() => clearTimeout(late));
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
    const worker = new EngineWorker();
    worker.addEventListener("message", ({ data }: MessageEvent<Response>) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if ("fault" in data) waiting?.reject(new EngineError(data.fault));
      else waiting?.resolve(data.answer);
    });
    worker.addEventListener("error", ({ message }) => {
      this.close(message || "the worker could not be started; a policy of the page has to allow `worker-src blob:`");
    });
    return worker;
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

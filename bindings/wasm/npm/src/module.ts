// Where the module comes from, and whether it is the one that is meant.

import { type Bytes, copy, isBytes } from "./bytes.js";
import { CredstackError } from "./error.js";
import { SHIPPED_SHA256 } from "./shipped.js";

/** Where the module comes from. */
export interface LoadOptions {
  /**
   * The module: where it is, its bytes, the response to a request for it, or compiled already. If
   * absent, the one that this package ships.
   */
  module?: string | URL | Bytes | Response | WebAssembly.Module;
  /**
   * The lower-case hexadecimal sha-256 that the module has to have; that of the shipped one if absent.
   * A compiled module cannot be hashed any more, so of one it has to be given, and is believed.
   */
  sha256?: string;
}

/** A compiled module and its sha-256. */
export interface Compiled {
  module: WebAssembly.Module;
  sha256: string;
}

/**
 * Gets, hashes and compiles a module, the shipped one if none is given, and starts nothing. A page does so while
 * the worker starts that it hands the module to.
 */
export async function compileModule(options: LoadOptions = {}): Promise<Compiled> {
  const source = options.module ?? new URL("./credstack.wasm", import.meta.url);
  const expected = options.sha256?.toLowerCase() ?? SHIPPED_SHA256;
  if (source instanceof WebAssembly.Module) {
    if (options.sha256 === undefined) {
      throw new CredstackError("module-hash", "a compiled module cannot be hashed: give its sha256 with it");
    }
    return { module: source, sha256: expected };
  }
  const found = isBytes(source) ? copy(source) : await fetched(source);
  if (found instanceof Response) return compileResponse(found, expected);
  await check(found, expected);
  return { module: await compile(WebAssembly.compile(found)), sha256: expected };
}

async function fetched(source: string | URL | Response): Promise<Response | Uint8Array<ArrayBuffer>> {
  if (source instanceof Response) return source;
  try {
    const url = new URL(source, globalThis.location?.href);
    return url.protocol === "file:" ? await readFile(url) : await fetch(url);
  } catch (cause) {
    throw new CredstackError("module-unreachable", `the module ${source} could not be read: ${cause}`, { cause });
  }
}

/** Reads a file, as Node does not fetch any. Asked for in this way, its file system is in no bundle for a browser. */
async function readFile(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  interface Files {
    readFile(url: URL): Promise<Uint8Array>;
  }
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): Files } };
  const files = process?.getBuiltinModule?.("node:fs/promises");
  if (files === undefined) throw new Error("files are read in Node from 20.16 on; elsewhere pass the module's bytes");
  return copy(await files.readFile(url));
}

/** Compiles while the bytes arrive, and hashes them beside that. Compiling runs nothing of a module. */
async function compileResponse(response: Response, expected: string): Promise<Compiled> {
  if (!response.ok) {
    const message = `the module ${response.url} could not be fetched: ${response.status} ${response.statusText}`;
    throw new CredstackError("module-unreachable", message);
  }
  const isStreamed = response.headers.get("content-type") === "application/wasm" && "compileStreaming" in WebAssembly;
  const streamed = isStreamed ? WebAssembly.compileStreaming(response.clone()) : undefined;
  // The hash is looked at first; until then nobody waits for this.
  streamed?.catch(() => {});
  let bytes: ArrayBuffer;
  try {
    bytes = await response.arrayBuffer();
  } catch (cause) {
    throw new CredstackError("module-unreachable", `the module ${response.url} broke off: ${cause}`, { cause });
  }
  await check(bytes, expected);
  return { module: await compile(streamed ?? WebAssembly.compile(bytes)), sha256: expected };
}

async function compile(compiling: Promise<WebAssembly.Module>): Promise<WebAssembly.Module> {
  try {
    return await compiling;
  } catch (cause) {
    throw new CredstackError("module-invalid", `this is not a WebAssembly module: ${cause}`, { cause });
  }
}

async function check(bytes: BufferSource, expected: string): Promise<void> {
  // On origins that are not secure there is none, whatever the types say.
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  if (subtle === undefined) {
    const message = "there is no WebCrypto to hash the module with: serve the page over HTTPS or from localhost";
    throw new CredstackError("hash-unavailable", message);
  }
  const digest = new Uint8Array(await subtle.digest("SHA-256", bytes));
  const found = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (found !== expected) {
    const message = `the module has the sha-256 ${found}, not ${expected}: it is damaged, or another version`;
    throw new CredstackError("module-hash", message);
  }
}

// The module's C ABI, as `bindings/wasm/src/abi.rs` describes it.

import { CredstackError } from "./error.js";
import { decode } from "./bytes.js";

/** The version of the ABI that this package speaks. */
const ABI_VERSION = 1;

/** Functions that take buffers of bytes, some a handle before them. */
type Call = "about" | "open" | "determine" | "plan" | "screen" | "verify" | "say" | "graph";

type Exports = Record<
  `credstack_${Call | "abi_version" | "buffer" | "discard" | "result" | "result_length" | "close"}`,
  (...numbers: number[]) => number
> & { memory: WebAssembly.Memory };

const NAMES = [
  ...["abi_version", "buffer", "discard", "result", "result_length", "close"],
  ...["about", "open", "determine", "plan", "verify", "say"],
];

/** What is wrong, as the module says it. */
interface Fault {
  code: CredstackError["code"];
  message: string;
  line?: number;
  column?: number;
}

/** One instance of the module. */
export class Abi {
  readonly #exports: Exports;
  #trap: unknown;
  #isTrapped = false;

  private constructor(exports: Exports) {
    this.#exports = exports;
  }

  /** Makes an instance of its own. */
  static async instantiate(module: WebAssembly.Module): Promise<Abi> {
    const imports: WebAssembly.Imports = {};
    for (const { module: from, name } of WebAssembly.Module.imports(module)) {
      // No call of the ABI needs what it imports.
      (imports[from] ??= {})[name] = () => {
        throw new Error(`the module called its import ${name}`);
      };
    }
    let exports: WebAssembly.Exports;
    try {
      exports = (await WebAssembly.instantiate(module, imports)).exports;
    } catch (cause) {
      throw new CredstackError("module-invalid", `the module could not be started: ${cause}`, { cause });
    }
    const isAbi =
      exports["memory"] instanceof WebAssembly.Memory &&
      NAMES.every((name) => typeof exports[`credstack_${name}`] === "function");
    if (!isAbi) throw new CredstackError("module-invalid", "this is not the module of the engine: functions are missing");
    const abi = new Abi(exports as Exports);
    const version = abi.#guard((exports) => exports.credstack_abi_version());
    if (version !== ABI_VERSION) {
      const message = `the module's ABI has version ${version}, this package needs ${ABI_VERSION}: use the module that came with it`;
      throw new CredstackError("module-invalid", message);
    }
    return abi;
  }

  /** Calls, with a handle if one is given, and returns what the function did and the result. */
  call(name: Call, inputs: Uint8Array[], handle?: number): { returned: number; bytes: Uint8Array<ArrayBuffer> } {
    if (typeof this.#exports[`credstack_${name}`] !== "function") {
      throw new CredstackError("module-invalid", `this module is from before it had \`${name}\`: use the module that came with this package`);
    }
    const came = this.#guard((exports) => {
      const buffers: number[] = [];
      for (const input of inputs) {
        const address = input.length < 2 ** 31 ? exports.credstack_buffer(input.length) >>> 0 : 0;
        if (address === 0) {
          buffers.forEach((buffer) => exports.credstack_discard(buffer));
          return undefined;
        }
        buffers.push(address);
        new Uint8Array(exports.memory.buffer, address, input.length).set(input);
      }
      const returned = exports[`credstack_${name}`](...(handle === undefined ? [] : [handle]), ...buffers) >>> 0;
      const [at, length] = [exports.credstack_result() >>> 0, exports.credstack_result_length() >>> 0];
      return { returned, bytes: new Uint8Array(exports.memory.buffer, at, length).slice() };
    });
    if (came === undefined) {
      const size = inputs.reduce((sum, input) => sum + input.length, 0);
      throw new CredstackError("no-memory", `the engine has no memory for ${size} bytes: close catalogs, or load an engine anew`);
    }
    if (came.returned === 0) {
      const { code, message, ...place } = decode(came.bytes) as Fault;
      throw new CredstackError(code, message, place);
    }
    return came;
  }

  /** Closes a handle; of a trapped engine there is nothing to close. */
  close(handle: number): void {
    if (!this.#isTrapped) this.#guard((exports) => exports.credstack_close(handle));
  }

  /**
   * Calls, and remembers a trap: whatever ends a call but its return leaves the module's memory in an unknown state.
   */
  #guard<Result>(act: (exports: Exports) => Result): Result {
    if (!this.#isTrapped) {
      try {
        return act(this.#exports);
      } catch (cause) {
        this.#isTrapped = true;
        this.#trap = cause;
      }
    }
    const message = `the engine stopped in the middle of a call (${this.#trap}) and cannot be used any more: load an engine anew and open the catalogs there`;
    throw new CredstackError("engine-trapped", message, { cause: this.#trap });
  }
}

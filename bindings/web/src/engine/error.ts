import { CredstackError } from "credstack";

import type { Fault } from "./protocol.ts";

/** Why there is no answer. */
export class EngineError extends Error {
  readonly code: Fault["code"] | "bundle-unreachable" | "worker-refused";
  readonly line: number | undefined;
  readonly column: number | undefined;

  constructor({ code, message, line, column }: Omit<Fault, "code"> & { code: EngineError["code"] }) {
    super(message);
    this.code = code;
    this.line = line;
    this.column = column;
  }
}

/** Returns whatever was thrown, as an error of the engine's. */
export function asEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  return new EngineError(error instanceof CredstackError ? error : { code: "engine-stopped", message: String(error) });
}

/** Returns whether the engine was lost in the middle of a call. */
export function isTrap(error: unknown): boolean {
  return error instanceof CredstackError && error.code === "engine-trapped";
}

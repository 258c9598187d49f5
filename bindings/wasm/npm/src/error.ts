/** The codes of the module's own faults, as `bindings/wasm/src/fault.rs` has them. */
export const FAULT_CODES = [
  "bundle-too-large",
  "bundle-not-a-bundle",
  "bundle-version",
  "bundle-damaged",
  "bundle-malformed",
  "record-too-large",
  "record-malformed",
  "record-version",
  "record-refused",
  "target-refused",
  "question-malformed",
  "determination-malformed",
  "messages-malformed",
  "language-unknown",
  "handle-unknown",
  "too-many-handles",
  "buffer-unknown",
  "answer-unwritable",
] as const;

/** What went wrong, for a program. */
export type ErrorCode =
  | (typeof FAULT_CODES)[number]
  /** The module's file could not be read or fetched. */
  | "module-unreachable"
  /** The module's bytes are not those that were expected. */
  | "module-hash"
  /** The bytes are no module of this engine. */
  | "module-invalid"
  /** There is no WebCrypto to hash the module with; pages have it on secure origins only. */
  | "hash-unavailable"
  /** The engine stopped in the middle of a call, now or earlier: nothing in it can be relied on. */
  | "engine-trapped"
  /** The catalog was closed. */
  | "catalog-closed"
  /** The engine has no memory left for what it was given. */
  | "no-memory";

/** Why a call gave no answer. The message says what is wrong and how to mend it. */
export class CredstackError extends Error {
  override readonly name = "CredstackError";
  /** What went wrong, for a program. */
  readonly code: ErrorCode;
  /** The line in what was given, from one, where it is known. */
  readonly line: number | undefined;
  /** The column in what was given, from one, where it is known. */
  readonly column: number | undefined;

  /** @internal */
  constructor(code: ErrorCode, message: string, more: { line?: number; column?: number; cause?: unknown } = {}) {
    super(message, "cause" in more ? { cause: more.cause } : undefined);
    this.code = code;
    this.line = more.line;
    this.column = more.column;
  }
}

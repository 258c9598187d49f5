// What goes in and comes out, as bytes.

import { CredstackError } from "./error.js";

/** Bytes: a buffer, or a view of one such as `Uint8Array`. */
export type Bytes = ArrayBuffer | ArrayBufferView;

/** What is JSON: its bytes, its text, or the value that it would be read to. */
export type Json<Value> = Value | string | Bytes;

/** Copies bytes into some that nobody else can change. */
export function copy(bytes: Bytes): Uint8Array<ArrayBuffer> {
  return new Uint8Array(view(bytes));
}

export function isBytes(value: unknown): value is Bytes {
  return value instanceof ArrayBuffer || ArrayBuffer.isView(value);
}

export function view(bytes: Bytes): Uint8Array {
  return ArrayBuffer.isView(bytes)
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes);
}

/** Returns the bytes of JSON, `most` of them at the most. */
export function encode(
  what: "record" | "question" | "determination" | "messages",
  json: Json<unknown>,
  most = Infinity,
): Uint8Array {
  if (isBytes(json)) return within(view(json), what, most);
  const text = typeof json === "string" ? json : stringify(what, json);
  // A text has at least as many bytes as units, so that one far too long is not written out.
  if (text.length > most) throw tooLarge(what, text.length, most);
  // An encoder would put another character there without a word.
  if (/\p{Surrogate}/u.test(text)) {
    throw new CredstackError(`${what}-malformed`, `the ${what}'s text has half of a surrogate pair in it: mend what cut it`);
  }
  return within(new TextEncoder().encode(text), what, most);
}

/** Returns the value that bytes of JSON are. */
export function decode(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** Returns bytes as they are, if they are not more than accepted. */
export function within(bytes: Uint8Array, what: string, most: number): Uint8Array {
  if (bytes.length > most) throw tooLarge(what, bytes.length, most);
  return bytes;
}

function stringify(what: "record" | "question" | "determination" | "messages", value: unknown): string {
  let text: string | undefined;
  let cause: unknown;
  try {
    text = JSON.stringify(value);
  } catch (error) {
    cause = error;
  }
  if (text === undefined) {
    throw new CredstackError(`${what}-malformed`, `the ${what} cannot be written as JSON: ${cause ?? typeof value}`, { cause });
  }
  return text;
}

function tooLarge(what: string, found: number, most: number): CredstackError {
  // Only these two have a limit.
  const code = what === "bundle" ? "bundle-too-large" : "record-too-large";
  return new CredstackError(code, `the ${what} has ${found} bytes or more, more than the ${most} accepted`);
}

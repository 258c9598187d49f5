// What the page and the worker say to each other.

import type { CatalogContent, CredstackError, Determination, LearnerRecord, Message, Plan } from "credstack";

/** A value in which every message is said, in the language that was asked for. */
export type Said<Value> = Value extends Message
  ? string
  : Value extends object
    ? { [Name in keyof Value]: Said<Value[Name]> }
    : Value;

/** The worker's calls: what goes in. */
export interface Calls {
  open: { module: string | WebAssembly.Module; sha256?: string; bundle: ArrayBuffer };
  determine: { record: LearnerRecord | string; asOf: string; language: string };
  plan: { record: LearnerRecord; asOf: string; targets: string[]; load: string | undefined; language: string };
}

/** What comes out. */
export interface Answers {
  open: Opened;
  determine: Said<Determination>;
  plan: Said<Plan>;
}

/** What is known once a bundle is open. */
export interface Opened {
  /** The compiled module and its sha-256, to start another worker with. */
  module: WebAssembly.Module;
  sha256: string;
  content: CatalogContent;
  /** The languages of the engine's sentences. */
  languages: readonly string[];
  /** The most bytes of a record that the engine accepts. */
  recordBytes: number;
}

export type Call = keyof Calls;

export type Request = { [Name in Call]: { id: number; call: Name; input: Calls[Name] } }[Call];

/** Why a call gave no answer. An error does not keep its fields on the way between threads. */
export interface Fault {
  code: CredstackError["code"] | "engine-stopped";
  message: string;
  line?: number | undefined;
  column?: number | undefined;
}

export type Response = { id: number } & ({ answer: Answers[Call] } | { fault: Fault });

// What the page and the worker say to each other.

import type { Compiled, CredstackError, Determination, Labels, LearnerRecord, Message, Plan, StackGraph } from "credstack";

/** A value in which every message is said, in the language that was asked for. */
export type Said<Value> = Value extends Message
  ? string
  : Value extends object
    ? { [Name in keyof Value]: Said<Value[Name]> }
    : Value;

/** The answer, in sentences. */
export type Answer = Said<Determination>;
export type Target = Answer["targets"][number];

/** An answer on its way. A target that is as this worker told it last is told by its id alone. */
export type News = Omit<Answer, "targets"> & { targets: (Target | string)[] };

/** What an engine is started with. */
export interface Parts {
  compiled: Compiled;
  bundle: ArrayBuffer;
}

export interface Question {
  record: LearnerRecord | string;
  asOf: string;
  targets: "declared" | "all";
  language: string;
}

export interface PlanQuestion {
  record: LearnerRecord;
  asOf: string;
  targets: string[];
  load: string | undefined;
  language: string;
}

/** The worker's calls: what goes in. */
export interface Calls {
  open: Parts;
  determine: Question;
  plan: PlanQuestion;
}

/** What comes out. */
export interface Answers {
  open: Opened;
  determine: News;
  plan: Said<Plan>;
}

/** What is known once a bundle is open. */
export interface Opened {
  /** The languages of the engine's sentences, and in each what it says of statuses, kinds and units. */
  labels: Readonly<Record<string, Labels<string>>>;
  /** What counts toward what in the catalog. */
  graph: StackGraph;
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

/// <reference lib="esnext.disposable" preserve="true" />

export type { Bytes, Json } from "./bytes.js";
export { Catalog, contentOf, type Finding } from "./catalog.js";
export { type Outlook, awaitsAward, canBeAwarded, outlookOf } from "./decisions.js";
export { Engine, type About } from "./engine.js";
export { CredstackError, FAULT_CODES, type ErrorCode } from "./error.js";
export { type Compiled, compileModule, type LoadOptions } from "./module.js";
export type { PlanQuestion, Question, ScreenQuestion } from "./question.js";
export { SHIPPED_SHA256 } from "./shipped.js";

export type { CatalogContent } from "./generated/bundle.js";
export type {
  Admission,
  AmountAnswer,
  AppliedException,
  Arg,
  Cannot,
  CredentialKind,
  Determination,
  Fact,
  Gate,
  Grant,
  LimitAnswer,
  Measure,
  Message,
  NodeAnswer,
  NodeStatus,
  Proof,
  Provenance,
  SharedUse,
  Source,
  Standing,
  Status,
  TargetAnswer,
  Together,
  Use,
  WhyNot,
} from "./generated/determination.js";
export { ATTAINMENT_KINDS, ATTAINMENT_SOURCES, ATTAINMENT_STATUSES, type Labels } from "./generated/tables.js";
export type { GraphEdge, GraphNode, StackGraph } from "./generated/graph.js";
export type { MissingItem, Plan, PlannedTarget, PlannedTerm } from "./generated/plan.js";
export type { ApprovalDecision, Attainment, Conferred, Exception, LearnerRecord } from "./generated/record.js";
export type { ScreenedCredential, Screening } from "./generated/screening.js";

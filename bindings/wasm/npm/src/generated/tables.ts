// Written by scripts/generate.js from engine/schemas/tables.json.

import type { Admission, CredentialKind, Gate, Measure, NodeStatus, Status } from "./determination.js";

/** The group of answers that a credential belongs to. */
export type Outlook = "earned" | "earned_with_in_progress" | "review" | "startable" | "further";

/** By status and admission. */
export const OUTLOOK: Readonly<Record<Status, Readonly<Record<Admission, Outlook>>>> = {
  "closed": {
    "eligible": "further",
    "not_eligible": "further",
    "unknown": "further"
  },
  "complete": {
    "eligible": "earned",
    "not_eligible": "earned",
    "unknown": "earned"
  },
  "complete_with_in_progress": {
    "eligible": "earned_with_in_progress",
    "not_eligible": "earned_with_in_progress",
    "unknown": "earned_with_in_progress"
  },
  "conferred": {
    "eligible": "earned",
    "not_eligible": "earned",
    "unknown": "earned"
  },
  "incomplete": {
    "eligible": "startable",
    "not_eligible": "further",
    "unknown": "further"
  },
  "needs_review": {
    "eligible": "review",
    "not_eligible": "review",
    "unknown": "review"
  },
  "undetermined": {
    "eligible": "review",
    "not_eligible": "review",
    "unknown": "review"
  }
};

/** By status and the gates at award. */
export const CAN_BE_AWARDED: Readonly<Record<Status, Readonly<Record<Gate, boolean>>>> = {
  "closed": {
    "open": false,
    "shut": false,
    "unknown": false
  },
  "complete": {
    "open": true,
    "shut": false,
    "unknown": false
  },
  "complete_with_in_progress": {
    "open": false,
    "shut": false,
    "unknown": false
  },
  "conferred": {
    "open": false,
    "shut": false,
    "unknown": false
  },
  "incomplete": {
    "open": false,
    "shut": false,
    "unknown": false
  },
  "needs_review": {
    "open": false,
    "shut": false,
    "unknown": false
  },
  "undetermined": {
    "open": false,
    "shut": false,
    "unknown": false
  }
};

/** By status and the gates at award. */
export const AWAITS_AWARD: Readonly<Record<Status, Readonly<Record<Gate, boolean>>>> = {
  "closed": {
    "open": false,
    "shut": false,
    "unknown": false
  },
  "complete": {
    "open": false,
    "shut": true,
    "unknown": true
  },
  "complete_with_in_progress": {
    "open": false,
    "shut": false,
    "unknown": false
  },
  "conferred": {
    "open": false,
    "shut": false,
    "unknown": false
  },
  "incomplete": {
    "open": false,
    "shut": false,
    "unknown": false
  },
  "needs_review": {
    "open": false,
    "shut": false,
    "unknown": false
  },
  "undetermined": {
    "open": false,
    "shut": false,
    "unknown": false
  }
};

/** The kinds of attainments. */
export const ATTAINMENT_KINDS = [
  "course",
  "badge",
  "certificate",
  "degree",
  "exam",
  "experience",
  "competency"
] as const;

/** Where attainments come from. */
export const ATTAINMENT_SOURCES = [
  "institution",
  "transfer",
  "exam",
  "waiver",
  "external"
] as const;

/** How far attainments are. */
export const ATTAINMENT_STATUSES = [
  "completed",
  "in_progress",
  "planned"
] as const;

/** A value for each label, in groups. */
export interface Labels<Value> {
  readonly status: Readonly<Record<Status, Value>>;
  readonly node_status: Readonly<Record<NodeStatus, Value>>;
  readonly admission: Readonly<Record<Admission, Value>>;
  readonly gate: Readonly<Record<Gate, Value>>;
  readonly credential_kind: Readonly<Record<CredentialKind, Value>>;
  readonly unit_of_one: Readonly<Record<Measure, Value>>;
  readonly unit_of_several: Readonly<Record<Measure, Value>>;
}

/** The keys of the labels' messages. */
export const LABELS: Labels<string> = {
  "admission": {
    "eligible": "admission-eligible",
    "not_eligible": "admission-not-eligible",
    "unknown": "admission-unknown"
  },
  "credential_kind": {
    "badge": "credential-kind-badge",
    "certificate": "credential-kind-certificate",
    "degree": "credential-kind-degree",
    "diploma": "credential-kind-diploma",
    "meta_badge": "credential-kind-meta-badge",
    "micro_credential": "credential-kind-micro-credential",
    "program": "credential-kind-program"
  },
  "gate": {
    "open": "gate-open",
    "shut": "gate-shut",
    "unknown": "gate-unknown"
  },
  "node_status": {
    "closed": "node-status-closed",
    "met": "node-status-met",
    "met_with_in_progress": "node-status-met-with-in-progress",
    "needs_review": "node-status-needs-review",
    "unmet": "node-status-unmet"
  },
  "status": {
    "closed": "status-closed",
    "complete": "status-complete",
    "complete_with_in_progress": "status-complete-with-in-progress",
    "conferred": "status-conferred",
    "incomplete": "status-incomplete",
    "needs_review": "status-needs-review",
    "undetermined": "status-undetermined"
  },
  "unit_of_one": {
    "count": "unit-count-one",
    "credits": "unit-credits-one",
    "hours": "unit-hours-one"
  },
  "unit_of_several": {
    "count": "unit-count-many",
    "credits": "unit-credits-many",
    "hours": "unit-hours-many"
  }
};

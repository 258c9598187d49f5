// Written by scripts/generate.js from engine/schemas/graph.schema.json.

/**
 * A credential id.
 */
export type CredentialId = string;
/**
 * What amounts are counted in.
 */
export type Measure = "count" | "credits" | "hours";
/**
 * A number with at most three decimal places.
 */
export type Decimal = number;
/**
 * What kind of credential it is; names after CTDL and the `achievementType` of Open Badges.
 */
export type CredentialKind =
  "badge" | "meta_badge" | "micro_credential" | "certificate" | "diploma" | "degree" | "program";

/**
 * The credentials of a catalog and the ways between them.
 */
export interface StackGraph {
  /**
   * The credentials that no way leads to or from.
   */
  alone: CredentialId[];
  /**
   * The ways, each once: by the node that they leave, then by the one that they lead to.
   */
  edges: GraphEdge[];
  /**
   * The credentials that a way leads to or from, by their ids.
   */
  nodes: GraphNode[];
  /**
   * The title of the catalog.
   */
  title: string;
  /**
   * The version of this format: 1.
   */
  version: number;
}
/**
 * A way from one credential to another.
 */
export interface GraphEdge {
  /**
   * The most that may be carried, if there is a limit.
   */
  carries?: Fixed;
  /**
   * The number of the node that it leaves, from zero.
   */
  from: number;
  /**
   * The number of the node that it leads to.
   */
  into: number;
  /**
   * Whether a requirement of the second asks for the first to be held.
   */
  required: boolean;
  /**
   * Whether what the first counts may count again in the second.
   */
  stacks: boolean;
}
/**
 * So much of a measure.
 */
export interface Fixed {
  /**
   * What is counted.
   */
  measure: Measure;
  /**
   * How much.
   */
  value: Decimal;
}
/**
 * A credential of a [`StackGraph`].
 */
export interface GraphNode {
  /**
   * Its id.
   */
  id: CredentialId;
  /**
   * Its kind.
   */
  kind: CredentialKind;
  /**
   * The stack that it is in: nodes that ways join, directly or through others, have the same number, that of
   * the first of them.
   */
  stack: number;
  /**
   * Its title.
   */
  title: string;
}

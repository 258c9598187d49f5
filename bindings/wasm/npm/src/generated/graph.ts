// Written by scripts/generate.js from engine/schemas/graph.schema.json.

/**
 * A credential id.
 */
export type CredentialId = string;
/**
 * What kind of credential it is; names after CTDL and the `achievementType` of Open Badges.
 */
export type CredentialKind =
  "badge" | "meta_badge" | "micro_credential" | "certificate" | "diploma" | "degree" | "program";
/**
 * What amounts are counted in.
 */
export type Measure = "count" | "credits" | "hours";
/**
 * A number with at most three decimal places.
 */
export type Decimal = number;

export interface StackGraph {
  version: number;
  title: string;
  nodes: GraphNode[];
  edges: GraphEdge[];
  stacks: number[][];
  alone: CredentialId[];
}
export interface GraphNode {
  id: CredentialId;
  title: string;
  kind: CredentialKind;
}
export interface GraphEdge {
  from: number;
  into: number;
  stacks: boolean;
  required: boolean;
  carries?: Fixed;
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

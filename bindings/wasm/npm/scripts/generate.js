// Writes src/generated from the engine's JSON Schemas.
//
//   node scripts/generate.js           write
//   node scripts/generate.js --check   exit with 1 if what is there is not current
import { readFile, writeFile } from "node:fs/promises";
import { compile } from "json-schema-to-typescript";

const schemas = new URL("../../../../engine/schemas/", import.meta.url);
const generated = new URL("../src/generated/", import.meta.url);

// The names that are not those of TypeScript or of this package, and whether the engine is who writes
// it: then numbers are never texts, and what is absent is never null.
const files = {
  bundle: { title: "CatalogContent", isWritten: true },
  determination: { title: "Determination", isWritten: true },
  graph: { title: "StackGraph", isWritten: true },
  plan: { title: "Plan", isWritten: true },
  record: { title: "LearnerRecord", isWritten: false },
  screening: { title: "Screening", isWritten: true },
};

/**
 * A schema without nulls where it is written, and with dates called what is no class of JavaScript. A
 * description beside a reference would give the property a copy of the type: they are taken apart.
 */
function adapt(value, isWritten) {
  if (Array.isArray(value)) return value.map((item) => adapt(item, isWritten));
  if (typeof value !== "object" || value === null) return value;
  if (value.$ref) {
    const { $ref, ...rest } = value;
    const reference = { $ref: $ref === "#/$defs/Date" ? "#/$defs/CivilDate" : $ref };
    return Object.keys(rest).length === 0 ? reference : { ...rest, allOf: [reference] };
  }
  if (isWritten && value.anyOf?.some(isNull)) {
    const { anyOf, ...rest } = value;
    return adapt({ ...rest, ...anyOf.find((item) => !isNull(item)) }, isWritten);
  }
  const entries = Object.entries(value).map(([key, item]) => {
    if (isWritten && key === "type" && Array.isArray(item)) return [key, item.find((type) => type !== "null")];
    return [key, adapt(item, isWritten)];
  });
  return Object.fromEntries(entries);
}

const isNull = (schema) => schema.type === "null";

/** The schema of what a file holds as the declarations of TypeScript. */
async function declarations(name, { title, isWritten }) {
  const schema = adapt(JSON.parse(await readFile(new URL(`${name}.schema.json`, schemas), "utf8")), isWritten);
  const { Date: date, Decimal: decimal, ...defs } = schema.$defs;
  if (date) defs.CivilDate = date;
  if (decimal) {
    const description = "A number with at most three decimal places.";
    defs.Decimal = isWritten ? { description, type: "number" } : decimal;
  }
  return compile({ ...schema, title, $defs: defs }, title, {
    bannerComment: `// Written by scripts/generate.js from engine/schemas/${name}.schema.json.`,
    additionalProperties: false,
    unreachableDefinitions: false,
    format: true,
    style: { printWidth: 120 },
  });
}

/** The tables of what the engine says by words of an answer alone. */
async function tables() {
  const read = JSON.parse(await readFile(new URL("tables.json", schemas), "utf8"));
  const text = (value) => JSON.stringify(value, undefined, 2);
  const table = (keys, value) => keys.reduceRight((inner, key) => `Readonly<Record<${key}, ${inner}>>`, value);
  return `// Written by scripts/generate.js from engine/schemas/tables.json.

import type { Admission, CredentialKind, Gate, Measure, NodeStatus, Status } from "./determination.js";

/** The group of answers that a credential belongs to. */
export type Outlook = ${read.outlooks.map((name) => JSON.stringify(name)).join(" | ")};

/** By status and admission. */
export const OUTLOOK: ${table(["Status", "Admission"], "Outlook")} = ${text(read.outlook)};

/** By status and the gates at award. */
export const CAN_BE_AWARDED: ${table(["Status", "Gate"], "boolean")} = ${text(read.can_be_awarded)};

/** By status and the gates at award. */
export const AWAITS_AWARD: ${table(["Status", "Gate"], "boolean")} = ${text(read.awaits_award)};

/** The kinds of attainments. */
export const ATTAINMENT_KINDS = ${text(read.attainment_kinds)} as const;

/** Where attainments come from. */
export const ATTAINMENT_SOURCES = ${text(read.attainment_sources)} as const;

/** How far attainments are. */
export const ATTAINMENT_STATUSES = ${text(read.attainment_statuses)} as const;

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
export const LABELS: Labels<string> = ${text(read.labels)};
`;
}

const written = [...Object.entries(files).map(([name, file]) => [name, declarations(name, file)]), ["tables", tables()]];
let isStale = false;
for (const [name, writing] of written) {
  const path = new URL(`${name}.ts`, generated);
  const now = await writing;
  if (!process.argv.includes("--check")) await writeFile(path, now);
  else if (now !== (await readFile(path, "utf8").catch(() => ""))) {
    isStale = true;
    console.error(`src/generated/${name}.ts is not current: run \`npm run generate\` and commit it`);
  }
}
if (isStale) process.exit(1);

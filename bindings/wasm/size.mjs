// Measures a module and holds it to its budget: node size.mjs MODULE BUDGET [OUT]
//
// Sizes are in bytes: as it is, through gzip at its best level, and through Brotli at its best.
// Exits with 1 if one is above the budget.
import { readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const [module, budgetFile, out] = process.argv.slice(2);
const bytes = readFileSync(module);
const sizes = {
  raw: bytes.length,
  gzip: gzipSync(bytes, { level: 9 }).length,
  brotli: brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  }).length,
};
const budget = JSON.parse(readFileSync(budgetFile, "utf8"));
let over = false;
for (const [name, size] of Object.entries(sizes)) {
  const allowed = budget[name];
  const isOver = !(size <= allowed);
  over ||= isOver;
  console.log(`module ${name.padEnd(7)}${String(size).padStart(9)} bytes of ${allowed}${isOver ? "  OVER BUDGET" : ""}`);
}
if (out) writeFileSync(out, `${JSON.stringify(sizes, null, 2)}\n`);
if (over) {
  console.error(`${module} is larger than ${budgetFile} allows: make it smaller, or argue for more there`);
  process.exit(1);
}

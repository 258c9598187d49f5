// Builds dist: the module of target/wasm with its sha-256 pinned, what wasm-bindgen wrote for it, and
// this package's code.
//
// The module is built before, by bindings/wasm/build.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL("..", import.meta.url));
const root = join(here, "../../..");
const built = join(root, "target/wasm");
const dist = join(here, "dist");

let module;
try {
  module = readFileSync(join(built, "credstack.wasm"));
} catch {
  console.error("there is no target/wasm/credstack.wasm: run bindings/wasm/build first");
  process.exit(1);
}
const sha256 = createHash("sha256").update(module).digest("hex");
writeFileSync(
  join(here, "src/shipped.ts"),
  `// Written by scripts/build.js.

/** The lower-case hexadecimal sha-256 of the module that this package ships. */
export const SHIPPED_SHA256: string = "${sha256}";
`,
);

rmSync(dist, { recursive: true, force: true });
const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
execFileSync(process.execPath, [tsc, "-p", here], { stdio: "inherit" });
mkdirSync(join(dist, "bindgen"));
writeFileSync(join(dist, "credstack.wasm"), module);
for (const file of ["credstack.js", "credstack.d.ts"]) {
  copyFileSync(join(built, "bindgen", file), join(dist, "bindgen", file));
}
for (const file of ["LICENSE-MIT", "LICENSE-APACHE"]) copyFileSync(join(root, file), join(here, file));

// A project that uses the package: it has to compile, and prints a line for each target.
import { readFile } from "node:fs/promises";
import { argv } from "node:process";
import {
  type Attainment,
  Catalog,
  CredstackError,
  Engine,
  type ErrorCode,
  type Finding,
  type LearnerRecord,
  type Message,
  type Plan,
  type Status,
} from "credstack";
import init, { Catalog as Glue } from "credstack/bindgen";

const engine = await Engine.load();
const shared: Engine = await Engine.load({ module: engine.module, sha256: engine.sha256 });
const bundle = await readFile(argv[2] ?? "");
const attainments: Attainment[] = [{ id: "1", of: "DATA 1010", grade: "A", credits: "3.000", completed_on: null }];
const record: LearnerRecord = { version: 1, learner: "bo", declared: ["data-literacy"], attainments };

let kept: Catalog;
{
  using catalog = shared.open(bundle);
  kept = catalog;
  const answer = catalog.determine(record, { asOf: "2026-06-01", targets: "all", inProgress: true, planned: false, steps: 9000 });
  const said: (message: Message) => string = engine.sayAll(answer, "en");
  for (const { status, summary, distance, why_not } of answer.targets) {
    const short: number = distance;
    const word: Status = status;
    console.log(word, short, said(summary), why_not?.requirements.length ?? 0);
  }
  const findings: Finding[] = catalog.verify(record, answer);
  const plan: Plan = catalog.plan(record, { asOf: "2026-06-01", targets: ["data-bs"] as const, load: "7.5" });
  const bytes: ArrayBuffer = catalog.determineBytes(JSON.stringify(record), { asOf: "2026-06-01" }).buffer;
  const credits: number | undefined = catalog.content.courses?.["DATA 1010"]?.credits;
  console.log(findings.length, plan.missing.length > 0, bytes.byteLength > 0, credits);
  // @ts-expect-error: the module's name of it is not that of this package.
  const wrong = { asOf: "2026-06-01", in_progress: true } satisfies Parameters<Catalog["determine"]>[1];
  void wrong;
}
try {
  kept.determine(record, { asOf: "2026-06-01" });
} catch (error) {
  if (!(error instanceof CredstackError)) throw error;
  const code: ErrorCode = error.code;
  console.log(code, error.line ?? "nowhere");
}
// @ts-expect-error: catalogs are opened by engines.
export const made = (): Catalog => new Catalog();
export const glue = { init, Glue };

// What a learner has completed: node node.mjs BUNDLE RECORD DATE
import { readFile } from "node:fs/promises";
import { Engine } from "credstack";

const [bundle, record, asOf] = process.argv.slice(2);
const engine = await Engine.load();
const catalog = engine.open(await readFile(bundle));
const answer = catalog.determine(await readFile(record), { asOf });
const said = engine.sayAll(answer, "en");
for (const { status, summary } of answer.targets) console.log(`${status}: ${said(summary)}`);

import { parentPort, workerData } from "node:worker_threads";

import { Engine } from "../dist/index.js";

const { module, sha256, bundle, record, asOf } = workerData;
const engine = await Engine.load({ module, sha256 });
parentPort.postMessage(engine.open(bundle).determineBytes(record, { asOf }));

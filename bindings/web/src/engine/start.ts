// Starts the worker that the engine runs in.

// `vite.config.ts` gives the worker's text here rather than something that starts it.
import source from "./worker.ts?worker&inline";

/** What is needed of Trusted Types, where the browser has them. */
interface Policy {
  createScriptURL(address: string): string;
}
declare const trustedTypes: { createPolicy(name: string, rules: Policy): Policy } | undefined;

/** The address of the worker's text. All workers of a page are started from it, also when the page is offline. */
let address: string | undefined;

export function startWorker(): Worker {
  address ??= trusted(URL.createObjectURL(new Blob([String(source)], { type: "text/javascript" })));
  return new Worker(address);
}

/**
 * Makes an address trusted. Where a page's policy asks for trusted types it has to allow the name of this one:
 * `trusted-types credstack`.
 */
function trusted(address: string): string {
  if (typeof trustedTypes === "undefined") return address;
  return trustedTypes.createPolicy("credstack", { createScriptURL: (address) => address }).createScriptURL(address);
}

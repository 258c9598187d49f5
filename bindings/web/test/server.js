// Serves target/web as a department would, with the page's policy also as a header.

import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
export const SITE = join(ROOT, "target/web");

const TYPES = new Map([
  [".html", "text/html; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
  [".css", "text/css; charset=utf-8"],
  [".svg", "image/svg+xml"],
  [".wasm", "application/wasm"],
]);

/** The policy that the page states in its head. */
async function policy() {
  const page = await readFile(join(SITE, "index.html"), "utf8");
  const stated = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(page)?.[1];
  if (!stated) throw new Error("the page states no policy");
  return stated;
}

/**
 * @typedef {{ origin: string, close(): Promise<void>, put(path: string, type: string, body: string | Uint8Array): void }} Server
 */

/**
 * @param {Record<string, string>} [folders] More folders to serve, by the first part of the path.
 * @returns {Promise<Server>}
 */
export async function serve(folders = {}) {
  const headers = { "content-security-policy": await policy() };
  /** @type {Map<string, { type: string, body: string | Uint8Array }>} */
  const extra = new Map();
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? "/", "http://x").pathname));
    const put = extra.get(path);
    if (put) {
      response.writeHead(200, { ...headers, "content-type": put.type });
      response.end(put.body);
      return;
    }
    const [, first = "", ...rest] = path.split("/");
    const folder = folders[first];
    const file = folder ? join(folder, ...rest) : join(SITE, path === "/" ? "index.html" : path);
    const isThere = await stat(file).then(
      (found) => found.isFile(),
      () => false,
    );
    if (!isThere) {
      response.writeHead(404, headers);
      response.end();
      return;
    }
    response.writeHead(200, { ...headers, "content-type": TYPES.get(extname(file)) ?? "application/octet-stream" });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    put: (path, type, body) => void extra.set(path, { type, body }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

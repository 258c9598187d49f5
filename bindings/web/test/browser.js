// The browser that the tests look with, and the page as a learner finds it.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { chromium } from "playwright-core";

import { ROOT } from "./server.js";

/** @typedef {import("playwright-core").Page} Page */

/** Where pictures are kept for people to look at. */
export const SCREENSHOTS = join(ROOT, "target/web-screenshots");

export function launch() {
  return chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: [
      ...["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
      ...["--disable-sync", "--no-first-run", "--disable-quic"],
    ],
  });
}

/** What the learner sees and does.
 * @param {Page} page
 */
export function form(page) {
  const host = page.locator("credstack-eligibility");
  const search = host.getByRole("combobox", { name: /^(Add a course|Añada un curso)/ });
  return {
    host,
    search,
    options: host.getByRole("option"),
    entries: host.locator(".entry"),
    report: host.locator("#report"),
    problem: host.getByRole("alert"),
    /** The card of a credential. @param {string} id */
    card: (id) => host.locator(`[id="card-${id}"]`),
    /** The status of a credential, in words. @param {string} id */
    status: (id) => host.locator(`[id="card-${id}"] .chip`).first(),

    /** Waits until the form can be used. */
    ready: () => host.locator(".answers").waitFor(),

    /** Types into the search and takes the first match. @param {string} query */
    async add(query) {
      await search.fill(query);
      await search.press("Enter");
    },

    /** Sets the grade of the attainment of a code. @param {string} code @param {string} grade */
    grade: (code, grade) =>
      host.getByRole("combobox", { name: new RegExp(`^(Grade|Calificación): .*${code}`) }).selectOption(grade),

    /** Brings a file. @param {string} name @param {string | Uint8Array} contents */
    bring: (name, contents) =>
      host.locator("input[type=file]").setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(contents) }),

    /** Drops a file onto the form. @param {string} name @param {string} contents */
    async drop(name, contents) {
      const data = await page.evaluateHandle(([name, contents]) => {
        const data = new DataTransfer();
        data.items.add(new File([contents], name));
        return data;
      }, /** @type {[string, string]} */ ([name, contents]));
      await host.dispatchEvent("dragover", { dataTransfer: data });
      await host.dispatchEvent("drop", { dataTransfer: data });
    },
  };
}

/** Gathers whatever the page complains of. @param {Page} page */
export function watch(page) {
  /** @type {string[]} */
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.stack ?? error.message));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  return complaints;
}

/** Keeps a picture. @param {Page} page @param {string} name */
export async function picture(page, name) {
  await mkdir(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
}

// The built page in headless Chromium, from its file or from a server on loopback.

import { createServer } from "node:http";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { chromium } from "playwright-core";

export const FILE = new URL("../dist/index.html", import.meta.url);

/** A browser that looks nothing up by itself. */
export function launch() {
  const args = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
  if (process.getuid?.() === 0) args.push("--no-sandbox");
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args });
}

/** A server on loopback; `answer` gets the path and gives status, headers and body. Counts what it is asked. */
export async function serve(answer) {
  const hits = [];
  const server = createServer(async (request, response) => {
    hits.push(request.url);
    const { status = 200, headers = {}, body = "" } = await answer(request.url);
    response.writeHead(status, headers).end(body);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return { origin, hits, close: () => new Promise((done) => server.close(done)) };
}

/** Serves the page alone. */
export async function servePage() {
  const body = await readFile(FILE);
  return serve((path) => (path === "/" ? { headers: { "content-type": "text/html" }, body } : { status: 404 }));
}

/** The page opened; errors and violations of its policy are kept. */
export async function open(browser, url = FILE.href, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  await page.goto(url);
  await page.getByText(/^Knowledge /).waitFor();
  return { page, problems };
}

/** Types a list into the box and waits for the answer. */
export async function paste(page, text, summary) {
  await page.getByRole("textbox", { name: /^Names, URLs/ }).fill(text);
  await page.locator(".summary", { hasText: summary }).waitFor();
}

/** The names in the table, as far as they are made. */
export const names = (page) => page.locator("phonehome-table button.name:not([aria-expanded])").allTextContents();

/** Waits for a summary. */
export const summary = (page, text) => page.locator(".summary", { hasText: text }).waitFor();

/** Waits until the table shows exactly these names. */
export const shows = (page, expected) =>
  page.waitForFunction((expected) => {
    const shown = [...document.querySelectorAll("phonehome-table button.name:not([aria-expanded])")].map((button) => button.textContent);
    return shown.join() === expected.join();
  }, expected);

/** A browser and a folder for the tests of a file; both are gone behind them. */
export function setting() {
  const own = {
    browser: undefined,
    folder: undefined,
    /** Writes a file into the folder; its path. */
    async file(name, content) {
      await writeFile(join(own.folder, name), content);
      return join(own.folder, name);
    },
  };
  before(async () => {
    own.browser = await launch();
    own.folder = await mkdtemp(join(tmpdir(), "phonehome-page-"));
  });
  after(async () => {
    await own.browser.close();
    await rm(own.folder, { recursive: true });
  });
  return own;
}

// Measures the built page in Chromium, beside engines that page authors would use instead, and prints the report.
//
//   node report.mjs FOLDER PAGE
//
// FOLDER is what report-input wrote, PAGE the built page's file. `cargo dev report page` calls this.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { chromium } from "playwright-core";

const [folder, file] = process.argv.slice(2);
const ROUNDS = 7;
/** Names of the comparison. */
const NAMES = 100_000;
/** Where the budgets were set the Map took 18.6 ms for them: the budgets in time as ratios to it, since machines differ. */
const MAP = { verdicts: 60 / 18.6, pasted: 150 / 18.6 };

const text = async (name) => (await readFile(join(folder, name), "utf8")).trimEnd();
const first = (list, count) => list.split("\n", count).join("\n");

function launch() {
  const args = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
  if (process.getuid?.() === 0) args.push("--no-sandbox");
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args });
}

async function openPage(browser) {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(file).href);
  await page.getByText(/^Knowledge /).waitFor();
  return page;
}

/** Kilobytes by a field of /proc, of the largest renderer. */
async function renderer(browser, field) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const sizes = processInfo.filter(({ type }) => type === "renderer").map(async ({ id }) => {
    const status = await readFile(`/proc/${id}/status`, "utf8");
    return Number(status.match(new RegExp(`^${field}:\\s+(\\d+)`, "m"))?.[1] ?? 0);
  });
  await session.detach();
  return Math.max(...(await Promise.all(sizes)));
}

/** Pastes a list into a fresh page: milliseconds to the first and the last row, the longest task, megabytes. */
async function paste(list) {
  const browser = await launch();
  try {
    const page = await openPage(browser);
    await page.evaluate((list) => void (globalThis.list = list), list);
    const before = await renderer(browser, "VmRSS");
    const times = await page.evaluate(async () => {
      const app = document.querySelector("phonehome-page");
      const box = app.querySelector("textarea");
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", globalThis.list);
      const tasks = [];
      new PerformanceObserver((seen) => tasks.push(...seen.getEntries())).observe({ type: "longtask" });
      await new Promise((done) => setTimeout(done, 200));
      const start = performance.now();
      const firstRow = new Promise((done) => {
        const seen = new MutationObserver(() => {
          if (app.querySelector("phonehome-table button.name")) done(performance.now() - start);
        });
        seen.observe(app, { childList: true, subtree: true });
      });
      box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
      const handedOver = performance.now() - start;
      const first = await firstRow;
      await app.lists.queue;
      await app.updateComplete;
      const last = performance.now() - start;
      await new Promise((done) => setTimeout(done, 200));
      const long = tasks.filter(({ startTime }) => startTime >= start - 1).map(({ duration }) => duration);
      return { first, last, task: Math.max(handedOver, ...long), names: app.facets.names };
    });
    return { ...times, memory: ((await renderer(browser, "VmHWM")) - before) / 1000 };
  } finally {
    await browser.close();
  }
}

/** Classifies, and asks for membership, in turns with the other engines. */
async function compare(rules, names) {
  const browser = await launch();
  try {
    const page = await openPage(browser);
    const { outputFiles } = await build({
      entryPoints: [new URL("engines.mjs", import.meta.url).pathname], bundle: true, write: false, format: "iife", platform: "browser",
    });
    const other = await browser.newPage();
    await other.addScriptTag({ content: outputFiles[0].text });
    const prepared = await other.evaluate(([rules, names]) => globalThis.prepare(rules.split("\n"), names.split("\n")), [rules, names]);
    const pack = [...(await readFile(join(folder, "rules.pack")))];
    prepared.ours = await page.evaluate(async ([pack, names]) => {
      globalThis.desk = document.querySelector("phonehome-page").desk;
      globalThis.names = names;
      const start = performance.now();
      await globalThis.desk.ask("usePack", new File([new Uint8Array(pack)], "rules.pack"));
      return performance.now() - start;
    }, [pack, names]);
    const ask = (call) => page.evaluate(async (call) => {
      const start = performance.now();
      const answers = await globalThis.desk.ask(call, globalThis.names);
      const ms = performance.now() - start;
      return { ms, hits: call === "listedLines" ? answers.reduce((sum, one) => sum + one, 0) : answers.length / 32 };
    }, call);
    const rows = { ours: [], classify: [], mapWalk: [], ghostery: [], adguard: [] };
    // The first round warms up.
    for (let round = -1; round < ROUNDS; round++) {
      for (const id of Object.keys(rows)) {
        const answer = id === "ours" ? await ask("listedLines") : id === "classify" ? await ask("classifyLines") : await other.evaluate((id) => globalThis.ask(id), id);
        if (round >= 0) rows[id].push(answer);
      }
    }
    return { prepared, rows };
  } finally {
    await browser.close();
  }
}

const middle = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const spread = (values, digits = 1) =>
  `${middle(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)})`;
const verdict = (value, most) => (value <= most ? "met" : "**missed**");

const [stream, different, rules] = await Promise.all(["stream.txt", "different.txt", "rules.txt"].map(text));
const lists = [
  ["10,000 lines", first(stream, 10_000)], ["100,000 lines", first(stream, 100_000)], ["1,000,000 lines", stream],
  ["1,000,000 different names", different],
];
const pastes = [];
for (const [title, list] of lists) {
  const runs = [];
  for (let run = 0; run < 3; run++) runs.push(await paste(list));
  const of = (key) => runs.map((run) => run[key]);
  pastes.push({ title, names: runs[0].names, first: of("first"), last: of("last"), task: of("task"), memory: of("memory") });
}
const { prepared, rows } = await compare(rules, first(stream, NAMES));
const size = gzipSync(await readFile(file), { level: 9 }).length;
const version = await launch().then(async (browser) => {
  const found = browser.version();
  await browser.close();
  return found;
});

const ms = (id) => rows[id].map((answer) => answer.ms);
const ratio = (id) => ms(id).map((value, round) => value / rows.mapWalk[round].ms);
const titles = {
  ours: "**phonehome**, a list of the user's: text to the worker, an octet a name back", mapWalk: "`Map` suffix walk in the page",
  ghostery: "@ghostery/adblocker 2.18", adguard: "@adguard/tsurlfilter 6.0, `DnsEngine`",
  classify: "phonehome, full verdicts: text to the worker, 32 octets a name back",
};
const million = pastes[2];
const whole = pastes[3];
const budgets = [
  ["100,000 names, full verdicts", 60, middle(ms("classify")), "ms"],
  ["the same beside the `Map`", MAP.verdicts, middle(ratio("classify")), "x"],
  ["1,000,000 pasted lines: last row", 1500, middle(million.last), "ms"],
  ["the same, all different", 1500, middle(whole.last), "ms"],
  ["the same, a name, beside the `Map`", MAP.pasted, middle(whole.last) / 10 / middle(ms("mapWalk")), "x"],
  ["first answer", 300, middle(million.first), "ms"],
  ["the same, all different", 300, middle(whole.first), "ms"],
  ["longest task of the main thread", 50, Math.max(...pastes.map(({ task }) => middle(task))), "ms"],
  ["peak memory, 1,000,000 different names", 500, middle(whole.memory), "MB"],
  ["membership beside the `Map`", 1, middle(ratio("ours")), "x"],
  ["first load, gzip -9", 800, size / 1000, "kB"],
];

console.log(`# Page

Written by \`cargo dev report page\`; do not edit. Chromium ${version}, headless.

A list is pasted: names as resolvers are asked (seeded, the mix of tests/reports/speed.md), and as many that are all different. Medians of
three fresh browsers, least and most in brackets. Memory is the page's process at its peak above what it had before, the pasted text
included; tasks below 50 ms are not told by the browser, so the time of handing over stands for them.

| pasted | different names | first row, ms | last row, ms | longest task, ms | memory, MB |
|---|---:|---:|---:|---:|---:|
${pastes.map((row) => `| ${row.title} | ${row.names.toLocaleString("en")} | ${spread(row.first, 0)} | ${spread(row.last, 0)} | ${spread(row.task, 0)} | ${spread(row.memory, 0)} |`).join("\n")}

In the same browser, in turns, ${ROUNDS} rounds: ${NAMES.toLocaleString("en")} names against ${rules.split("\n").length.toLocaleString("en")} rules.

| engine | ms | x Map | hits | to make, ms |
|---|---:|---:|---:|---:|
${["ours", "mapWalk", "ghostery", "adguard"].map((id) => `| ${titles[id]} | ${spread(ms(id))} | ${spread(ratio(id), 2)} | ${rows[id][0].hits.toLocaleString("en")} | ${prepared[id].toFixed(0)} |`).join("\n")}
| ${titles.classify} | ${spread(ms("classify"))} | ${spread(ratio("classify"), 2)} | - | - |

The others take names that a script has split already, and run in the page itself; ours cross to the worker and back.

| budget | most | measured | |
|---|---:|---:|---|
${budgets.map(([what, most, value, unit]) => `| ${what} | ${Number(most.toFixed(2))} ${unit} | ${value.toFixed(unit === "x" ? 2 : 0)} ${unit} | ${verdict(value, most)} |`).join("\n")}`);

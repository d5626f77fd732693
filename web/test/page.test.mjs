import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createWriteStream } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createGzip, gzipSync } from "node:zlib";
import { FILE, launch, open, paste, serve, servePage } from "./browser.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let browser;
let folder;
before(async () => {
  browser = await launch();
  folder = await mkdtemp(join(tmpdir(), "phonehome-page-"));
});
after(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

const names = (page) => page.locator("phonehome-table button.name:not([aria-expanded])").allTextContents();
const summary = (page, text) => page.locator(".summary", { hasText: text }).waitFor();
/** Waits until the table shows exactly these names. */
const shows = (page, expected) =>
  page.waitForFunction((expected) => {
    const shown = [...document.querySelectorAll("phonehome-table button.name:not([aria-expanded])")].map((button) => button.textContent);
    return shown.join() === expected.join();
  }, expected);
/** A file of the test's. */
const file = async (name, content) => {
  await writeFile(join(folder, name), content);
  return join(folder, name);
};

test("a sample home is understood at a click", async () => {
  const { page, problems } = await open(browser);
  await page.getByRole("button", { name: "Show a sample home" }).click();
  await summary(page, /^58 names, 11 makers; 10 for tracking, 3 of them safe to block; 3 worth a look/);
  await page.getByRole("button", { name: "us.ad.lgsmartad.com" }).click();
  const detail = page.getByRole("complementary", { name: "What is known" });
  await detail.getByText(/^. Block it\? Yes/).waitFor();
  const link = detail.getByRole("link").first();
  assert.match(await link.getAttribute("rel"), /noreferrer/);
  assert.equal(new URL(page.url()).hash, "#us.ad.lgsmartad.com");
  await detail.getByRole("button", { name: "Close" }).click();
  assert.equal(new URL(page.url()).hash, "");
  assert.deepEqual(problems, []);
});

test("a link opens the answer for its name", async () => {
  const { page, problems } = await open(browser, `${FILE.href}#a1.tuyaeu.com`);
  await page.getByRole("heading", { name: "a1.tuyaeu.com" }).waitFor();
  assert.deepEqual(problems, []);
});

test("a small list travels in a link, and a damaged link is a name at worst", async () => {
  const { page } = await open(browser);
  await paste(page, "logs.roku.com\nexample.com\n", /^2 names/);
  await page.getByRole("button", { name: "Copy a link to these names" }).click();
  await page.getByText(/^Copied\./).waitFor();
  const link = page.url();
  assert.match(link, /#list=/);
  const other = await open(browser, link);
  await other.page.locator(".summary", { hasText: /^2 names/ }).waitFor();
  assert.deepEqual(await names(other.page), ["logs.roku.com", "example.com"]);
  for (const hash of ["list=AAAA", "list=%%%", "%E0%A4%A", "<b>x</b>.com"]) {
    const broken = await open(browser, `${FILE.href}#${hash}`);
    await broken.page.locator(".detail h2").waitFor();
    assert.deepEqual(broken.problems, [], hash);
  }
  assert.deepEqual(other.problems, []);
});

test("what a list is can be said", async () => {
  const { page, problems } = await open(browser);
  await paste(page, "logs.roku.com\nno name at all\n", /^2 names/);
  await page.locator(".input select").selectOption("domains");
  await page.locator(".summary", { hasText: /^1 name,/ }).waitFor();
  await page.getByText(/1 lines not kept; the first in line 2/).waitFor();
  assert.deepEqual(problems, []);
});

test("what is pasted is narrowed and put in order", async () => {
  const { page, problems } = await open(browser);
  await paste(page, "logs.roku.com\nexample.com\nlogs.roku.com\na1.tuyaeu.com\nhttps://captive.apple.com/x\n", /^4 names/);
  assert.deepEqual(await names(page), ["logs.roku.com", "a1.tuyaeu.com", "captive.apple.com", "example.com"]);
  await page.getByLabel("Roku").check();
  await page.getByText("Name", { exact: true }).waitFor();
  await assert.doesNotReject(page.waitForFunction(() => document.querySelectorAll("button.name").length === 1));
  await page.getByLabel("turn round: show all others").check();
  await page.waitForFunction(() => document.querySelectorAll("button.name").length === 3);
  await page.getByLabel("Roku").uncheck();
  await page.getByLabel("turn round: show all others").uncheck();
  await page.getByLabel("Order").selectOption("most frequent first");
  await page.waitForFunction(() => document.querySelector("button.name")?.textContent === "logs.roku.com");
  await page.getByLabel("Find in these names").fill("APPLE");
  await page.waitForFunction(() => document.querySelectorAll("button.name").length === 1);
  assert.deepEqual(await names(page), ["captive.apple.com"]);
  assert.deepEqual(problems, []);
});

test("files are read, compressed ones too, and damaged ones leave what was there", async () => {
  const { page, problems } = await open(browser);
  const list = "0.0.0.0 logs.roku.com\n0.0.0.0 example.com\n";
  const input = page.locator("input[type=file][multiple]");
  await input.setInputFiles([await file("list.hosts", list), await file("more.txt.gz", gzipSync("a1.tuyaeu.com\n"))]);
  await page.getByText(/^3 names/).first().waitFor();
  const cut = gzipSync(Array.from({ length: 50_000 }, (_, n) => `n${n * 7919}.example.org\n`).join(""));
  await input.setInputFiles(await file("cut.gz", cut.subarray(0, cut.length / 2)));
  await page.getByText(/cut\.gz: the compressed file is damaged/).waitFor();
  await input.setInputFiles(await file("picture.txt", Buffer.from([0x89, 0x50, 0, 0, 1, 2])));
  await page.getByText(/picture\.txt: this is no list/).waitFor();
  await input.setInputFiles(await file("long.txt", "x".repeat(3_000_000)));
  await page.getByText(/longer than 64 KiB/).waitFor();
  await page.getByLabel("Find in these names").fill("roku");
  await page.waitForFunction(() => document.querySelectorAll("button.name").length === 1);
  assert.deepEqual(problems, []);
});

test("a long list can be stopped, and what was read stays", async () => {
  const { page, problems } = await open(browser);
  const long = Array.from({ length: 1_500_000 }, (_, n) => `host-${n}.some-name-${n % 977}.example.net\n`).join("");
  await writeFile(join(folder, "long.list"), long);
  await page.locator("input[type=file][multiple]").setInputFiles(join(folder, "long.list"));
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByText("Stopped: what was read stays.").waitFor();
  const [count] = (await page.locator(".summary").textContent()).match(/[\d,]+/);
  const read = Number(count.replaceAll(",", ""));
  assert.ok(read > 0 && read < 1_500_000, count);
  assert.deepEqual(problems, []);
});

test("the knowledge is searched, and corrected for oneself", async () => {
  const { page, problems } = await open(browser);
  await page.getByRole("searchbox", { name: "Look through everything phonehome knows" }).fill("hikvision");
  await page.getByRole("button", { name: "hik-connect.com", exact: true }).click();
  await page.locator(".detail h2", { hasText: "hik-connect.com" }).waitFor();
  await page.getByRole("button", { name: "This is wrong" }).click();
  await page.getByLabel("What is it, and how do you know?").fill('=my, "own" note');
  assert.match(await page.getByLabel(/^A report/).inputValue(), /^Name: hik-connect\.com\n[^]*I say: =my, "own" note/);
  await page.getByRole("button", { name: "Keep" }).click();
  await page.goto(`${FILE.href}#cam1.duckdns.org`);
  await page.getByRole("button", { name: "This is mine" }).click();
  await page.reload();
  const saved = page.getByRole("region", { name: "Your corrections" });
  const [download] = await Promise.all([page.waitForEvent("download"), saved.getByRole("button", { name: "Save as CSV" }).click()]);
  assert.equal(
    await readFile(await download.path(), "utf8"),
    'name,match,vendor,purpose,verdict,action,note\nhik-connect.com,exact,,,,,"\'=my, ""own"" note"\n' +
      "cam1.duckdns.org,exact,,,,allow,this is mine\n",
  );
  await saved.getByRole("button", { name: "Forget cam1.duckdns.org" }).click();
  assert.equal(await saved.getByRole("listitem").count(), 1);
  const rows = "name,match,vendor,purpose,verdict,action,note\nnas.example.net,suffix,synology,cloud_storage,malicious,,\n";
  await writeFile(join(folder, "mine.csv"), rows);
  await paste(page, "x.nas.example.net\n", /^1 name, 0 makers/);
  await page.locator("input[accept='.csv']").setInputFiles(join(folder, "mine.csv"));
  await page.locator(".summary", { hasText: /1 worth a look/ }).waitFor();
  await writeFile(join(folder, "other.csv"), "a,b\n1,2\n");
  await page.locator("input[accept='.csv']").setInputFiles(join(folder, "other.csv"));
  await page.getByText(/has no column "name"/).waitFor();
  assert.deepEqual(problems, []);
});

test("a module that traps is replaced, and the page lives on", async () => {
  const { page } = await open(browser);
  await paste(page, "logs.roku.com\n", /^1 name/);
  const failed = page.evaluate(async () => {
    const { desk } = document.querySelector("phonehome-page");
    // What a trap inside the module looks like from outside.
    desk.worker.onmessage({ data: { id: -1, failed: "unreachable", trapped: true } });
  });
  await failed;
  await page.getByText(/Something went wrong inside/).waitFor();
  await paste(page, "logs.roku.com\nexample.com\n", /^2 names/);
});

test("knowledge comes from a file too, and what is none changes nothing", async () => {
  const { page, problems } = await open(browser);
  await paste(page, "logs.roku.com\n", /^1 name/);
  const packs = page.locator("input[accept='.pack']");
  await writeFile(join(folder, "no.pack"), "no pack");
  await packs.setInputFiles(join(folder, "no.pack"));
  await page.getByText(/^no\.pack: /).waitFor();
  await page.locator(".summary", { hasText: /^1 name, 1 maker/ }).waitFor();
  await packs.setInputFiles(fileURLToPath(new URL("../../crates/phonehome-data/phonehome.pack", import.meta.url)));
  await page.getByText("phonehome.pack is in use.").waitFor();
  await summary(page, /^1 name, 1 maker/);
  await page.getByLabel("Colours").selectOption("dark");
  await page.reload();
  assert.equal(await page.evaluate(() => document.documentElement.style.colorScheme), "dark");
  assert.deepEqual(problems, []);
});

test("a policy says what it would block before anything is exported", async () => {
  const { page, problems } = await open(browser);
  await page.getByRole("button", { name: "Show a sample home" }).click();
  await summary(page, /^58 names/);
  await page.getByLabel("Preset").selectOption("gentle");
  await page.getByText(/^Would block 4 of 58; 0 of them break something, 1 make something worse, 0 nobody has tested/).waitFor();
  const box = page.getByRole("textbox", { name: "Policy" });
  await box.fill("block purpos=tracking");
  await box.blur();
  await page.getByText(/^Line 1, column 7: expected/).waitFor();
  await box.fill("block purpose=tracking");
  await box.blur();
  await page.getByText(/^Would block 10 of 58/).waitFor();
  // What the panel shows is what holds, also after a fresh start.
  await page.getByRole("button", { name: "Start over" }).click();
  await page.getByText("No names yet.").waitFor();
  await page.getByRole("button", { name: "Show a sample home" }).click();
  await page.getByText(/^Would block 0 of 58/).waitFor();
  assert.equal(await page.getByLabel("Preset").inputValue(), "observe");
  assert.deepEqual(problems, []);
});

test("every format is exported", async () => {
  const formats = ["rpz", "adguard", "hosts", "domains", "dnsmasq", "unbound", "pihole-regex", "mikrotik", "csv", "jsonl", "markdown"];
  // Chromium lets a page start ten downloads.
  for (const half of [formats.slice(0, 6), formats.slice(6)]) {
    const { page, problems } = await open(browser);
    await paste(page, "logs.roku.com\nexample.com\n", /^2 names/);
    await page.getByRole("textbox", { name: "Policy" }).fill("block vendor=roku");
    await page.getByRole("textbox", { name: "Policy" }).blur();
    await page.getByText(/^Would block 1 of 2/).waitFor();
    const offered = await page.locator(".export select").last().locator("option").evaluateAll((all) => all.map((option) => option.value));
    assert.deepEqual(offered, formats);
    for (const format of half) {
      await page.locator(".export select").last().selectOption(format);
      const save = page.getByRole("button", { name: "Save" });
      const [download] = await Promise.all([page.waitForEvent("download"), save.click()]);
      const text = await readFile(await download.path(), "utf8");
      assert.match(text, format === "markdown" ? /Roku/ : /roku(\\?\.)com/, format);
      assert.doesNotMatch(text, /example\.com/, format);
      assert.ok(download.suggestedFilename().startsWith(`phonehome-${format}.`));
    }
    assert.deepEqual(problems, []);
  }
});

test("what the summary counts is shown at a click", async () => {
  const { page, problems } = await open(browser);
  await page.getByRole("button", { name: "Show a sample home" }).click();
  await summary(page, /^58 names/);
  await page.getByRole("button", { name: "3 worth a look" }).click();
  await shows(page, ["samsungc1oudsolution.com", "qjx7vk2zw9rtbm4c.net", "cam1.duckdns.org"]);
  await page.getByRole("button", { name: "3 of them safe to block" }).click();
  await shows(page, ["us.ad.lgsmartad.com", "scribe.logs.roku.com", "d3p8zr0ffa9t17.cloudfront.net"]);
  await page.getByRole("button", { name: "58 names" }).click();
  await page.waitForFunction(() => document.querySelectorAll("phonehome-table button.name").length > 20);
  assert.deepEqual(problems, []);
});

test("names outside the base are folded by domain, and all can be", async () => {
  const { page, problems } = await open(browser);
  const outside = ["a.example.org", "b.example.org", "one.example.net", "www.example.com", "x.test-name.eu", "qq.example.top"];
  await paste(page, ["logs.roku.com", "scribe.logs.roku.com", ...outside].join("\n"), /^8 names/);
  await shows(page, ["logs.roku.com", "scribe.logs.roku.com"]);
  const heading = page.getByRole("button", { name: "Not in our base" });
  assert.equal(await heading.getAttribute("aria-expanded"), "false");
  await page.getByText("6 names of 5 domains, the oddest first").waitFor();
  await heading.click();
  await page.getByRole("button", { name: "qq.example.top" }).waitFor();
  assert.equal((await names(page))[2], "qq.example.top", "below a suffix that is much abused");
  await page.getByRole("button", { name: "example.org", exact: true }).click();
  await page.getByRole("button", { name: "b.example.org" }).waitFor();
  await page.getByLabel("Fold").selectOption("all names, by domain");
  await page.getByRole("button", { name: "roku.com", exact: true }).click();
  await page.getByRole("button", { name: "scribe.logs.roku.com" }).click();
  await page.getByText("Came once, in line 2.").waitFor();
  await page.getByLabel("Fold").selectOption("nothing");
  await shows(page, ["logs.roku.com", "scribe.logs.roku.com", ...outside]);
  assert.deepEqual(problems, []);
});

test("a slip of the pen finds what was meant, and a name what lies beside it", async () => {
  const { page, problems } = await open(browser);
  const box = page.getByRole("searchbox", { name: "Look through everything phonehome knows" });
  await box.fill("hikvison");
  await page.getByText(/nothing fits, did you mean these/).waitFor();
  await page.getByRole("button", { name: "hik-connect.com", exact: true }).click();
  await page.goto(`${FILE.href}#x.y.logs.roku.com`);
  await page.getByRole("button", { name: "What else is known under roku.com" }).click();
  await page.locator(".found").getByRole("button", { name: "scribe.logs.roku.com" }).waitFor();
  assert.equal(await box.inputValue(), "roku.com");
  await box.fill("com");
  await page.getByText(/^The first 50 of /).waitFor();
  await page.getByRole("button", { name: "Show more" }).click();
  await page.getByText(/^The first 100 of /).waitFor();
  assert.deepEqual(problems, []);
});

/** Shows a piece of a page, marks all of it, copies it, and pastes it into our box. */
async function copyAndPaste(page, html) {
  const other = await page.context().newPage();
  await other.setContent(html);
  await other.keyboard.press("Control+A");
  await other.keyboard.press("Control+C");
  await other.close();
  await page.bringToFront();
  await page.getByRole("textbox", { name: /^Names, URLs/ }).focus();
  await page.keyboard.press("Control+V");
}

test("rows of a query log paste as they are", async () => {
  // The shapes of the two tables: cells of a table at Pi-hole, blocks inside blocks at AdGuard Home.
  const pihole = (time, name) => `<tr><td>2026-11-24 ${time}</td><td><i></i></td><td>A</td><td>${name}</td><td>tv.lan</td><td><button>Deny</button></td></tr>`;
  const adguard = (time, name) =>
    `<div style="display:flex"><div><div>${time}</div><div>24.11.2026</div></div><div><svg></svg><div><div>${name}</div><div>Typ: A, Einfaches DNS</div></div></div>` +
    `<div><div>Verarbeitet</div><div>12 ms</div></div><div><div>tv.lan</div><div>192.168.1.23</div></div></div>`;
  const asked = [["10:31:02", "logs.roku.com"], ["10:31:03", "a1.tuyaeu.com"], ["10:31:04", "logs.roku.com"]];
  for (const [row, table] of [[pihole, true], [adguard, false]]) {
    const { page, problems } = await open(browser);
    const rows = asked.map(([time, name]) => row(time, name)).join("");
    await copyAndPaste(page, table ? `<table>${rows}</table>` : rows);
    await summary(page, /^2 names, 2 makers/);
    await page.getByText("Read: 3 names, as rows.").waitFor();
    await shows(page, ["logs.roku.com", "a1.tuyaeu.com"]);
    assert.deepEqual(problems, []);
  }
});

test("a long paste is read and not shown", async () => {
  const { page, problems } = await open(browser);
  const list = Array.from({ length: 20_000 }, (_, number) => `<br>host-${number}.example.org`).join("");
  await copyAndPaste(page, list);
  await summary(page, /^20,000 names/);
  assert.equal(await page.getByRole("textbox", { name: /^Names, URLs/ }).inputValue(), "");
  await page.getByRole("button", { name: "Copy a link to these names" }).click();
  await page.getByText(/A link holds what stands in the box/).waitFor();
  assert.deepEqual(problems, []);
});

test("what no list should be does no harm", async () => {
  const { page, problems } = await open(browser);
  const input = page.locator("input[type=file][multiple]");
  for (const [encoding, mark] of [["utf16le", "\ufeff"], ["swapped", "\ufeff"]]) {
    const text = Buffer.from(`${mark}logs.roku.com\r\nm\u00fcller.example\r\n`, "utf16le");
    await input.setInputFiles(await file(`${encoding}.txt`, encoding === "swapped" ? text.swap16() : text));
    await page.getByText("Read: 2 names.").waitFor();
  }
  await summary(page, /^2 names/);
  await shows(page, ["logs.roku.com", "xn--mller-kva.example"]);
  // One line of 200 MB, and 2.1 GB of nothing.
  const packed = async (name, piece, times) => {
    const pieces = Readable.from((function* () { for (let time = 0; time < times; time++) yield piece; })());
    await pipeline(pieces, createGzip({ level: 1 }), createWriteStream(join(folder, name)));
    return join(folder, name);
  };
  await input.setInputFiles(await packed("line.gz", Buffer.alloc(1 << 20, "x"), 200));
  await page.getByText(/longer than 64 KiB/).waitFor();
  await input.setInputFiles(await packed("bomb.gz", Buffer.alloc(1 << 20, `#${"x".repeat(16_383)}\n`), 2100));
  await page.getByText(/bomb\.gz: unpacked it is larger than 2 GB/).waitFor({ timeout: 120_000 });
  await shows(page, ["logs.roku.com", "xn--mller-kva.example"]);
  assert.deepEqual(problems, []);
});

test("names are text, whatever they hold", async () => {
  const { page, problems } = await open(browser);
  const evil = "<img src=x onerror=alert(1)>.example.com";
  await paste(page, `${evil}\n"><script>alert(2)</script>\n`, /^2 names/);
  for (const name of await names(page)) {
    await page.getByRole("button", { name, exact: true }).click();
    await page.locator(".detail h2").waitFor();
  }
  assert.equal(await page.locator("img, phonehome-page script").count(), 0);
  assert.deepEqual(problems, []);
});

test("the keyboard alone is enough", async () => {
  const { page, problems } = await open(browser);
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() || document.activeElement?.tagName);
  const tab = async (until) => {
    for (let step = 0; step < 60; step++) {
      await page.keyboard.press("Tab");
      if ((await focused()) === until) return;
    }
    assert.fail(`the keyboard does not reach ${until}`);
  };
  await tab("Show a sample home");
  await page.keyboard.press("Enter");
  await summary(page, /^58 names/);
  const first = (await names(page))[0];
  await tab(first);
  await page.keyboard.press("ArrowDown");
  assert.equal(await focused(), (await names(page))[1]);
  await page.keyboard.press("Enter");
  await page.locator(".detail h2").waitFor();
  await tab("Close");
  await page.keyboard.press("Enter");
  assert.equal(await page.locator(".detail").count(), 0);
  assert.deepEqual(problems, []);
});

test("axe finds nothing to complain about", async () => {
  for (const colorScheme of ["light", "dark"]) {
    for (const viewport of [{ width: 1280, height: 900 }, { width: 320, height: 640 }]) {
      const { page } = await open(browser, FILE.href, { colorScheme, viewport, bypassCSP: true, reducedMotion: "reduce" });
      await page.getByRole("button", { name: "Show a sample home" }).click();
      await summary(page, /^58 names/);
      await page.getByRole("button", { name: "logs.roku.com", exact: true }).click();
      await page.locator(".detail h2").waitFor();
      await page.evaluate(axe);
      const tags = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];
      const { violations } = await page.evaluate((values) => globalThis.axe.run({ runOnly: { type: "tag", values } }), tags);
      const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).slice(0, 3).join(" ")}`);
      assert.deepEqual(told, [], `${colorScheme}, ${viewport.width} pixels`);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "no sideways scrolling");
    }
  }
});

/** Everything that could carry a name away, from the page and from its worker. */
async function tryToLeak(page, origin) {
  const leak = async (origin) => {
    await fetch(`${origin}/fetch`).catch(() => undefined);
    if (typeof Image === "undefined") return;
    navigator.sendBeacon(`${origin}/beacon`);
    await new Promise((done) => {
      const image = new Image();
      image.onload = image.onerror = done;
      image.src = `${origin}/image`;
    });
  };
  await page.evaluate(leak, origin);
  for (const worker of page.workers()) await worker.evaluate(leak, origin);
}

test("the page is small enough to be loaded at once", async () => {
  const size = gzipSync(await readFile(FILE), { level: 9 }).length;
  assert.ok(size <= 800_000, `${size} bytes`);
});

test("nothing leaves the page", async () => {
  const thief = await serve(() => ({ headers: { "access-control-allow-origin": "*" } }));
  const site = await servePage();
  const control = await serve(() => ({ headers: { "content-type": "text/html" }, body: "<p>no policy</p>" }));
  const servers = [thief, site, control];
  try {
    // Without a policy the other server is reached: the experiment can fail.
    const context = await browser.newContext();
    const plain = await context.newPage();
    await plain.goto(control.origin);
    await tryToLeak(plain, thief.origin);
    assert.deepEqual([...thief.hits].sort(), ["/beacon", "/fetch", "/image"]);
    thief.hits.length = 0;
    const strict = "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'unsafe-inline'; worker-src blob:; img-src data:";
    const guarded = await serve(async () => ({ headers: { "content-type": "text/html", "content-security-policy": strict }, body: await readFile(FILE) }));
    servers.push(guarded);
    for (const url of [FILE.href, `${site.origin}/`, `${guarded.origin}/`]) {
      const { page } = await open(browser, url);
      await page.getByRole("button", { name: "Show a sample home" }).click();
      await summary(page, /^58 names/);
      assert.equal(page.workers().length, 1);
      await tryToLeak(page, thief.origin);
      assert.deepEqual(thief.hits, [], url);
      await page.getByText("What this page may do, word for word").click();
      await page.getByText("worker-src blob:", { exact: true }).waitFor();
    }
    assert.deepEqual(site.hits, ["/"], "the page asks its own server for nothing more");
  } finally {
    await Promise.all(servers.map((server) => server.close()));
  }
});

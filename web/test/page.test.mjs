// What the page shows and does with names, and what never leaves it.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { FILE, names, open, paste, serve, servePage, setting, shows, summary } from "./browser.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const at = setting();

test("a sample home is understood at a click", async () => {
  const { page, problems } = await open(at.browser);
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
  const { page, problems } = await open(at.browser, `${FILE.href}#a1.tuyaeu.com`);
  await page.getByRole("heading", { name: "a1.tuyaeu.com" }).waitFor();
  assert.deepEqual(problems, []);
});

test("a small list travels in a link, and a damaged link is a name at worst", async () => {
  const { page } = await open(at.browser);
  await paste(page, "logs.roku.com\nexample.com\n", /^2 names/);
  await page.getByRole("button", { name: "Copy a link to these names" }).click();
  await page.getByText(/^Copied\./).waitFor();
  const link = page.url();
  assert.match(link, /#list=/);
  const other = await open(at.browser, link);
  await other.page.locator(".summary", { hasText: /^2 names/ }).waitFor();
  assert.deepEqual(await names(other.page), ["logs.roku.com", "example.com"]);
  for (const hash of ["list=AAAA", "list=%%%", "%E0%A4%A", "<b>x</b>.com"]) {
    const broken = await open(at.browser, `${FILE.href}#${hash}`);
    await broken.page.locator(".detail h2").waitFor();
    assert.deepEqual(broken.problems, [], hash);
  }
  assert.deepEqual(other.problems, []);
});

test("what is pasted is narrowed and put in order", async () => {
  const { page, problems } = await open(at.browser);
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

test("the knowledge is searched, and corrected for oneself", async () => {
  const { page, problems } = await open(at.browser);
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
  await writeFile(join(at.folder, "mine.csv"), rows);
  await paste(page, "x.nas.example.net\n", /^1 name, 0 makers/);
  await page.locator("input[accept='.csv']").setInputFiles(join(at.folder, "mine.csv"));
  await page.locator(".summary", { hasText: /1 worth a look/ }).waitFor();
  await writeFile(join(at.folder, "other.csv"), "a,b\n1,2\n");
  await page.locator("input[accept='.csv']").setInputFiles(join(at.folder, "other.csv"));
  await page.getByText(/has no column "name"/).waitFor();
  assert.deepEqual(problems, []);
});

test("a module that traps is replaced, and the page lives on", async () => {
  const { page } = await open(at.browser);
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
  const { page, problems } = await open(at.browser);
  await paste(page, "logs.roku.com\n", /^1 name/);
  const packs = page.locator("input[accept='.pack']");
  await writeFile(join(at.folder, "no.pack"), "no pack");
  await packs.setInputFiles(join(at.folder, "no.pack"));
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
  const { page, problems } = await open(at.browser);
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
  // What is said holds for names that join.
  await page.locator("input[type=file][multiple]").setInputFiles(await at.file("more.txt", "us.ad.lgsmartad.com\nsg.ad.lgsmartad.com\n"));
  await page.getByText(/^Would block 11 of 59/).waitFor();
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
    const { page, problems } = await open(at.browser);
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
  const { page, problems } = await open(at.browser);
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
  const { page, problems } = await open(at.browser);
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
  const { page, problems } = await open(at.browser);
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

test("names are text, whatever they hold", async () => {
  const { page, problems } = await open(at.browser);
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
  const { page, problems } = await open(at.browser);
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
      const { page } = await open(at.browser, FILE.href, { colorScheme, viewport, bypassCSP: true, reducedMotion: "reduce" });
      await page.getByRole("button", { name: "Show a sample home" }).click();
      await summary(page, /^58 names/);
      await page.getByRole("button", { name: "logs.roku.com", exact: true }).click();
      await page.locator(".detail h2").waitFor();
      if (viewport.width > 1000) await page.getByLabel("Fold").selectOption("all names, by domain");
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
    const context = await at.browser.newContext();
    const plain = await context.newPage();
    await plain.goto(control.origin);
    await tryToLeak(plain, thief.origin);
    assert.deepEqual([...thief.hits].sort(), ["/beacon", "/fetch", "/image"]);
    thief.hits.length = 0;
    const strict = "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'unsafe-inline'; worker-src blob:; img-src data:";
    const guarded = await serve(async () => ({ headers: { "content-type": "text/html", "content-security-policy": strict }, body: await readFile(FILE) }));
    servers.push(guarded);
    for (const url of [FILE.href, `${site.origin}/`, `${guarded.origin}/`]) {
      const { page } = await open(at.browser, url);
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

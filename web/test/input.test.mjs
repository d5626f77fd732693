// Lists on their way into the page: what is read, what is told, what does no harm.

import assert from "node:assert/strict";
import { createWriteStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { test } from "node:test";
import { createGzip, gzipSync } from "node:zlib";
import { open, names, paste, setting, shows, summary } from "./browser.mjs";

const at = setting();

test("what a list is can be said", async () => {
  const { page, problems } = await open(at.browser);
  await paste(page, "logs.roku.com\nno name at all\n", /^2 names/);
  await page.locator(".input select").selectOption("domains");
  await page.locator(".summary", { hasText: /^1 name,/ }).waitFor();
  await page.getByText(/1 lines not kept; the first in line 2/).waitFor();
  assert.deepEqual(problems, []);
});

test("files are read, compressed ones too, and damaged ones leave what was there", async () => {
  const { page, problems } = await open(at.browser);
  const list = "0.0.0.0 logs.roku.com\n0.0.0.0 example.com\n";
  const input = page.locator("input[type=file][multiple]");
  await input.setInputFiles([await at.file("list.hosts", list), await at.file("more.txt.gz", gzipSync("a1.tuyaeu.com\n"))]);
  await page.getByText(/^3 names/).first().waitFor();
  const cut = gzipSync(Array.from({ length: 50_000 }, (_, n) => `n${n * 7919}.example.org\n`).join(""));
  await input.setInputFiles(await at.file("cut.gz", cut.subarray(0, cut.length / 2)));
  await page.getByText(/cut\.gz: the compressed file is damaged/).waitFor();
  await input.setInputFiles(await at.file("picture.txt", Buffer.from([0x89, 0x50, 0, 0, 1, 2])));
  await page.getByText(/picture\.txt: this is no list/).waitFor();
  await input.setInputFiles(await at.file("long.txt", "x".repeat(3_000_000)));
  await page.getByText(/longer than 64 KiB/).waitFor();
  await page.getByLabel("Find in these names").fill("roku");
  await page.waitForFunction(() => document.querySelectorAll("button.name").length === 1);
  assert.deepEqual(problems, []);
});

test("files and text are dropped anywhere", async () => {
  const { page, problems } = await open(at.browser);
  const drop = (kind) =>
    page.evaluate((kind) => {
      const dataTransfer = new DataTransfer();
      if (kind === "files") {
        dataTransfer.items.add(new File(["logs.roku.com\n"], "one.txt"));
        dataTransfer.items.add(new File(["a1.tuyaeu.com\n"], "two.txt"));
      } else {
        dataTransfer.setData("text/plain", "captive.apple.com");
      }
      document.querySelector("footer").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    }, kind);
  await drop("files");
  await summary(page, /^2 names, 2 makers/);
  await drop("text");
  await shows(page, ["captive.apple.com"]);
  assert.deepEqual(problems, []);
});

test("a long list can be stopped, and what was read stays", async () => {
  const { page, problems } = await open(at.browser);
  const long = Array.from({ length: 1_500_000 }, (_, n) => `host-${n}.some-name-${n % 977}.example.net\n`).join("");
  await writeFile(join(at.folder, "long.list"), long);
  await page.locator("input[type=file][multiple]").setInputFiles(join(at.folder, "long.list"));
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByText("Stopped: what was read stays.").waitFor();
  const [count] = (await page.locator(".summary").textContent()).match(/[\d,]+/);
  const read = Number(count.replaceAll(",", ""));
  assert.ok(read > 0 && read < 1_500_000, count);
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
    const { page, problems } = await open(at.browser);
    const rows = asked.map(([time, name]) => row(time, name)).join("");
    await copyAndPaste(page, table ? `<table>${rows}</table>` : rows);
    await summary(page, /^2 names, 2 makers/);
    await page.getByText("Read: 3 names, as rows.").waitFor();
    await shows(page, ["logs.roku.com", "a1.tuyaeu.com"]);
    assert.deepEqual(problems, []);
  }
});

test("a long paste is read and not shown", async () => {
  const { page, problems } = await open(at.browser);
  const list = Array.from({ length: 20_000 }, (_, number) => `<br>host-${number}.example.org`).join("");
  await copyAndPaste(page, list);
  await summary(page, /^20,000 names/);
  assert.equal(await page.getByRole("textbox", { name: /^Names, URLs/ }).inputValue(), "");
  await page.getByRole("button", { name: "Copy a link to these names" }).click();
  await page.getByText(/A link holds what stands in the box/).waitFor();
  assert.deepEqual(problems, []);
});

test("what no list should be does no harm", async () => {
  const { page, problems } = await open(at.browser);
  const input = page.locator("input[type=file][multiple]");
  for (const [encoding, mark] of [["utf16le", "\ufeff"], ["swapped", "\ufeff"]]) {
    const text = Buffer.from(`${mark}logs.roku.com\r\nm\u00fcller.example\r\n`, "utf16le");
    await input.setInputFiles(await at.file(`${encoding}.txt`, encoding === "swapped" ? text.swap16() : text));
    await page.getByText("Read: 2 names.").waitFor();
  }
  await summary(page, /^2 names/);
  await shows(page, ["logs.roku.com", "xn--mller-kva.example"]);
  // One line of 200 MB, and 2.1 GB of nothing.
  const packed = async (name, piece, times) => {
    const pieces = Readable.from((function* () { for (let time = 0; time < times; time++) yield piece; })());
    await pipeline(pieces, createGzip({ level: 1 }), createWriteStream(join(at.folder, name)));
    return join(at.folder, name);
  };
  await input.setInputFiles(await packed("line.gz", Buffer.alloc(1 << 20, "x"), 200));
  await page.getByText(/longer than 64 KiB/).waitFor();
  await input.setInputFiles(await packed("bomb.gz", Buffer.alloc(1 << 20, `#${"x".repeat(16_383)}\n`), 2100));
  await page.getByText(/bomb\.gz: unpacked it is larger than 2 GB/).waitFor({ timeout: 120_000 });
  await shows(page, ["logs.roku.com", "xn--mller-kva.example"]);
  assert.deepEqual(problems, []);
});

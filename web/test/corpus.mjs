// Answers of the page's own module for a list of names: reads lines of text, prints a line of JSON with the short answers of all
// in hexadecimal, then the long answer of each.

import { launch, open } from "./browser.mjs";

let text = "";
for await (const piece of process.stdin) text += piece;
const browser = await launch();
const { page } = await open(browser);
const answers = await page.evaluate(async (lines) => {
  const { desk } = document.querySelector("phonehome-page");
  const briefs = await desk.ask("classifyLines", lines);
  const hex = Array.from(briefs, (octet) => octet.toString(16).padStart(2, "0")).join("");
  const long = [];
  for (const name of lines.split("\n").slice(0, -1)) long.push(await desk.ask("explain", name));
  return [hex, ...long];
}, text);
await browser.close();
for (const answer of answers) console.log(JSON.stringify(answer));

// Takes the pictures of the documents anew: `npm run screenshots`.

import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { FILE, launch, open } from "./browser.mjs";

const folder = fileURLToPath(new URL("../screenshots/", import.meta.url));
await mkdir(folder, { recursive: true });
const browser = await launch();
const pictures = [
  { name: "desktop-light", colorScheme: "light", viewport: { width: 1280, height: 800 } },
  { name: "desktop-dark", colorScheme: "dark", viewport: { width: 1280, height: 800 } },
  { name: "phone-light", colorScheme: "light", viewport: { width: 390, height: 844 } },
  { name: "phone-dark", colorScheme: "dark", viewport: { width: 390, height: 844 } },
];
for (const { name, ...options } of pictures) {
  const { page } = await open(browser, FILE.href, { ...options, reducedMotion: "reduce" });
  await page.getByRole("button", { name: "Show a sample home" }).click();
  await page.locator(".summary", { hasText: /^58 names/ }).waitFor();
  await page.getByRole("button", { name: "us.ad.lgsmartad.com" }).click();
  await page.locator(".detail .advice").waitFor();
  // On a phone the answer is what is looked at.
  if (name.startsWith("desktop")) await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: `${folder}${name}.png` });
}
await browser.close();

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";

/** `file?base64`: the bytes of a file as text. */
function base64(): Plugin {
  return {
    name: "base64",
    enforce: "pre",
    resolveId(id, importer) {
      return id.endsWith("?base64") && importer ? new URL(id, `file://${importer}`).pathname + "?base64" : null;
    },
    load(id) {
      if (!id.endsWith("?base64")) return null;
      const bytes = readFileSync(id.slice(0, -"?base64".length));
      return `export default ${JSON.stringify(bytes.toString("base64"))}`;
    },
  };
}

/**
 * The page's policy, which its worker inherits: only the script and the style in this very file, and no connection at all.
 * Written when the file is finished, since it names their hashes.
 */
function policy(): Plugin {
  return {
    name: "policy",
    enforce: "post",
    apply: "build",
    closeBundle() {
      const file = new URL("./dist/index.html", import.meta.url);
      const page = readFileSync(file, "utf8");
      const hashes = (tag: string) =>
        [...page.matchAll(new RegExp(`<${tag}[^>]*>([\\s\\S]*?)</${tag}>`, "g"))]
          .map(([, content]) => `'sha256-${createHash("sha256").update(content).digest("base64")}'`)
          .join(" ");
      const rules = [
        "default-src 'none'",
        `script-src ${hashes("script")} 'wasm-unsafe-eval'`,
        `style-src ${hashes("style")}`,
        "worker-src blob:",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
      ];
      const meta = `<meta http-equiv="Content-Security-Policy" content="${rules.join("; ")}" />`;
      writeFileSync(file, page.replace('<meta charset="utf-8" />', (charset) => `${charset}\n    ${meta}`));
    },
  };
}

// One file that works from any host and from file://: the worker and its module are inlined, so the page never connects.
export default defineConfig({
  base: "./",
  plugins: [base64(), viteSingleFile({ removeViteModuleLoader: true }), policy()],
  build: { target: "es2022", chunkSizeWarningLimit: 4096, modulePreload: false },
  preview: {
    // What a host may add: the page's own policy holds without.
    headers: { "x-content-type-options": "nosniff", "referrer-policy": "no-referrer", "content-security-policy": "frame-ancestors 'none'" },
  },
  worker: { format: "iife", plugins: () => [base64()] },
});

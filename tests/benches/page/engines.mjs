// Engines that page authors would use instead, over the same rules; bundled for the browser by report.mjs.

import { FiltersEngine, Request } from "@ghostery/adblocker";
import { DnsEngine, RuleStorage, StringRuleList } from "@adguard/tsurlfilter";

/** Walks a name's suffixes through a Map, the longest first. */
function mapWalk(rules) {
  const map = new Map(rules.map((rule, number) => [rule, number]));
  return (name) => {
    for (let at = 0; ; ) {
      if (map.has(name.slice(at))) return true;
      at = name.indexOf(".", at) + 1;
      if (!at) return false;
    }
  };
}

function ghostery(rules) {
  const engine = FiltersEngine.parse(rules.map((rule) => `||${rule}^`).join("\n"));
  return (name) => {
    const request = Request.fromRawDetails({ url: `https://${name}/`, hostname: name, type: "other" });
    return engine.match(request).match;
  };
}

function adguard(rules) {
  const list = new StringRuleList(1, rules.map((rule) => `||${rule}^`).join("\n"));
  const engine = new DnsEngine(new RuleStorage([list]));
  return (name) => engine.match(name).basicRule !== null;
}

const makers = { mapWalk, ghostery, adguard };

/** Makes every engine: milliseconds of each. */
globalThis.prepare = (rules, names) => {
  globalThis.names = names;
  globalThis.engines = {};
  return Object.fromEntries(Object.entries(makers).map(([id, make]) => {
    const start = performance.now();
    globalThis.engines[id] = make(rules);
    return [id, performance.now() - start];
  }));
};

/** Asks an engine for all names: milliseconds and hits. */
globalThis.ask = (id) => {
  const [engine, names] = [globalThis.engines[id], globalThis.names];
  const start = performance.now();
  let hits = 0;
  for (const name of names) if (engine(name)) hits++;
  return { ms: performance.now() - start, hits };
};

// Every English text of the page, in one place, ready to translate.

import type { Filter } from "./protocol";

export const words = {
  title: "phonehome",
  tagline: "What is this name my devices keep calling? Paste names or a list. Nothing leaves this browser.",
  input: "What to look at",
  paste: "Names, URLs, rows of a query log, or a list: hosts, AdGuard, RPZ, dnsmasq, Unbound, CSV",
  placeholder: "a1.tuyaeu.com\nlogs.roku.com\n...",
  open: "Open files",
  sample: "Show a sample home",
  clear: "Start over",
  stop: "Stop",
  drop: "or drop files anywhere on this page (.gz too)",
  readAs: "Format",
  guessed: "told from the list",
  share: "Copy a link to these names",
  shared: "Copied. The names are in the part of the link behind #, which browsers never send to a server.",
  tooLong: "Too many names for a link: save a list instead.",
  nothingToShare: "A link holds what stands in the box; what came from files is not in it.",
  where: "Where is my log?",
  whereIntro: "Copy rows of a query log, or make a list of the names in it; whole log files are not read yet.",
  of: (done: string, all: string) => `${done} of ${all}`,
  reading: (done: string, rate: string, left?: number) =>
    `Reading: ${done}, ${rate} a second${left === undefined ? "" : `, ${Math.ceil(left)} s left`}`,
  stopped: "Stopped: what was read stays.",
  read: (names: string, format: string) => (format === "names" ? `Read: ${names}.` : `Read: ${names}, as ${format}.`),
  skipped: (count: string, line: number, why: string) => `${count} lines not kept; the first in line ${line}: ${why}.`,
  dropped: (count: string) => `${count} names found no room: two million are kept.`,
  restarted: "Something went wrong inside; names and files were let go. Please give them again.",
  failed: (file: string, why: string) => (file ? `${file}: ${why}` : why),
  failures: {
    compressed: "the compressed file is damaged or ends early; what came before the damage stays",
    tooLarge: "unpacked it is larger than 2 GB: stopped there, what was read stays",
    binary: "this is no list: it holds binary data",
    unreadable: "the browser cannot read this file",
  } as Record<string, string>,
  /** Pieces of a sentence, some with the filter that shows what they count. */
  summary: (f: { names: number; makers: number; tracking: number; tracking_safe: number; worth_a_look: number }): [string, Partial<Filter>?][] => [
    [plural(f.names, "name", "names"), {}],
    [`, ${plural(f.makers, "maker", "makers")}; `],
    [`${count(f.tracking)} for tracking`, { groups: ["tracking"] }],
    [", "],
    [`${count(f.tracking_safe)} of them safe to block`, { groups: ["tracking"], advice: ["safe_to_block"] }],
    ["; "],
    [`${count(f.worth_a_look)} worth a look`, { verdicts: ["malicious", "suspicious", "risky"] }],
    ["."],
  ],
  filters: "Filter",
  search: "Find in these names",
  sort: "Order",
  sorts: { worth: "worth a look first", name: "by domain", count: "most frequent first", input: "as they came" },
  allOf: (number: number) => `all ${count(number)}`,
  not: "turn round: show all others",
  shown: ({ shown, names }: { shown: number; names: number }) => `${count(shown)} of ${count(names)} shown.`,
  showAll: "Show all names",
  group: "Fold",
  groups: { outside: "names not in our base", domain: "all names, by domain", none: "nothing" },
  outside: "Not in our base",
  inside: (h: { domain: string; names: number; domains: number }) =>
    h.domain ? plural(h.names, "name", "names") : `${plural(h.names, "name", "names")} of ${plural(h.domains, "domain", "domains")}, the oddest first`,
  seen: (about: { count: number; first: number; last: number }) =>
    about.count === 1
      ? `Came once, in line ${count(about.first)}.`
      : `Came ${count(about.count)} times: first in line ${count(about.first)}, last in line ${count(about.last)}.`,
  under: (domain: string) => `What else is known under ${domain}`,
  facets: { advice: "Block it?", groups: "What for", verdicts: "How worrying", classes: "Devices", owners: "Whose" },
  table: "Names",
  columns: { name: "Name", what: "What for", whose: "Whose", advice: "Block it?", action: "Policy", count: "Times" },
  none: "No name fits what is chosen.",
  empty: "No names yet.",
  detail: "What is known",
  close: "Close",
  sources: "Sources",
  why: "How we know",
  lookAfter: "What to do: find out which device asks for it. If nobody knows the name, block it and see whether anything stops.",
  base: "Look through everything phonehome knows",
  baseHint: "a name, a part of one, or a maker",
  found: ({ rows, names, fit }: { rows: unknown[]; names: number; fit: "holds" | "under" | "near" }) => {
    const shown = rows.length < names ? `The first ${rows.length} of ${plural(names, "name", "names")}` : plural(names, "name", "names");
    const how = { holds: "", under: " known under the same domain", near: ": nothing fits, did you mean these?" }[fit];
    return names ? shown + how : "Nothing fits.";
  },
  more: "Show more",
  corrections: "Your corrections",
  correctionsHint:
    "What you say of a name is kept in this browser and holds at once. Saved as CSV it can be loaded here again, " +
    "or by the command line: phonehome --overlay phonehome-corrections.csv",
  mine: "this is mine",
  mineButton: "This is mine",
  mineHint: "Mine: it is let through, whatever a policy says. Wrong: keep a note of what it is. Both stay in this browser.",
  wrong: "This is wrong",
  wrongHint: "What is it, and how do you know?",
  keep: "Keep",
  report: "A report to send to the makers of phonehome, if you like:",
  reportText: (name: string, said: string, note: string, knowledge: string) =>
    `Name: ${name}\nphonehome says: ${said}\nI say: ${note}\nKnowledge: ${knowledge}`,
  remove: (name: string) => `Forget ${name}`,
  loadCorrections: "Load a CSV of corrections",
  correctedBy: (rules: number, skipped: number) =>
    `${plural(rules, "correction holds", "corrections hold")}${skipped ? `; ${skipped} rows cannot be read` : ""}.`,
  saveCorrections: "Save as CSV",
  policy: "Policy",
  preset: "Preset",
  presets: {
    observe: "observe: block nothing",
    gentle: "gentle: block tracking where little or nothing is lost",
    things: "strict, for networks without phones and computers: block all that is not a known maker's",
    own: "your own",
  },
  would: (w: { names: number; blocked: number; breaks: number; degrades: number; untested: number }) =>
    `Would block ${count(w.blocked)} of ${count(w.names)}; ${count(w.breaks)} of them break something, ` +
    `${count(w.degrades)} make something worse, ${count(w.untested)} nobody has tested.`,
  formats: { rows: "rows of a query log" } as Record<string, string>,
  showBlocked: "Show them",
  targetHints: {
    rpz: "A zone for response-policy (BIND), rpz: (Unbound) or rpzFile (PowerDNS).",
    adguard: "Filters, Custom filtering rules; or Filters, DNS blocklists, where AdGuard Home can read the file.",
    hosts: "For /etc/hosts, or any blocker that reads such files.",
    domains: "Pi-hole: put it where Pi-hole can read it, add file:///path under Lists, then update gravity.",
    dnsmasq: "Into /etc/dnsmasq.d/, then restart dnsmasq.",
    unbound: "Into /etc/unbound/unbound.conf.d/, then reload.",
    "pihole-regex": "Pi-hole, Domains, RegEx deny list: where exceptions below a domain matter.",
    mikrotik: "/import file-name=phonehome-mikrotik.rsc",
    csv: "A table of the answers, safe to open in a spreadsheet.",
    jsonl: "One answer a line, for programs.",
    markdown: "A report for people.",
  } as Record<string, string>,
  mistake: (line: number, column: number, message: string) => `Line ${line}, column ${column}: ${message}`,
  exports: "Export",
  format: "For",
  targets: {
    rpz: "response policy zone: BIND, Unbound, PowerDNS, Knot", adguard: "AdGuard Home", hosts: "hosts file",
    domains: "Pi-hole, Technitium: plain domains", dnsmasq: "dnsmasq", unbound: "Unbound", "pihole-regex": "Pi-hole: regular expressions",
    mikrotik: "MikroTik RouterOS", csv: "CSV of answers", jsonl: "JSON lines of answers", markdown: "Markdown report",
  } as Record<string, string>,
  whole: "everything that phonehome knows, not only these names",
  save: "Save",
  used: (file: string) => `${file} is in use.`,
  old: (date: string) => `The knowledge is of ${date}, more than a year old: a newer page or pack knows more.`,
  list: (name: string, kind: string, rules: string) => `Your list ${name} (${kind}): ${rules}.`,
  knowledge: (version: string, date: string, entries: string) => `Knowledge ${version} of ${date}, ${entries} entries.`,
  pack: "Load a .pack file: newer knowledge, or a list of yours",
  theme: "Colours",
  themes: { "light dark": "as the system has them", light: "light", dark: "dark" },
  promise: "This page is one file, and forbids itself every connection: what you paste cannot leave.",
  policyShown: "What this page may do, word for word (its Content-Security-Policy)",
  noPolicy: "This copy was started by a developer's server and has no policy: do not paste what is yours.",
  kept: "Corrections and colours are kept in this browser's storage, and nothing else is. There are no cookies.",
  directives: {
    "default-src": "Nothing may be loaded, and nothing connected to, beside what follows. This alone forbids sending anything.",
    "script-src": "Only the script in this very file runs, told by its fingerprint, and the WebAssembly that it carries.",
    "style-src": "Only the styles in this very file.",
    "worker-src": "The worker, made of a part of this file. It is bound by the same policy.",
    "img-src": "Pictures only from inside the file.",
    "base-uri": "Links cannot be turned elsewhere.",
    "form-action": "No form can be sent anywhere.",
  } as Record<string, string>,
  /** Where people find the names that their devices asked for: system, steps. */
  places: [
    ["Pi-hole", ["Open Query Log in the web interface.", "Choose the time and the client, and mark the rows.", "Copy them and paste them here as they are."]],
    ["AdGuard Home", ["Open Query Log; in Home Assistant the add-on's Open Web UI leads there.", "Filter by client, and mark the rows.", "Copy them and paste them here as they are."]],
    ["Unbound", ["Set log-queries: yes and reload.", "The log names each query behind the client's address.", "Keep the names: the word before the type."]],
    ["BIND", ["rndc querylog on.", "The names stand behind query: in the log.", "grep -o 'query: [^ ]*' named.log"]],
    ["OPNsense, pfSense", ["Both run Unbound: Reporting, Unbound DNS on OPNsense.", "On pfSense set Log Level 2 for queries.", "Keep the names."]],
    ["MikroTik", ["/system logging add topics=dns", "The names stand behind query from in the log.", "/ip dns cache print lists what was asked lately."]],
    ["NextDNS", ["Open Logs.", "Download the CSV.", "Drop it here: the column of domains is found."]],
  ] as [string, string[]][],
  icons: {
    block: "■", safe_to_block: "✓", costs_something: "△", leave: "●", untested: "?", your_call: "◇",
    malicious: "☠", suspicious: "!", risky: "⚠", shared: "☁", legitimate: "⌂", unknown: "?",
  } as Record<string, string>,
};

export function plural(number: number, one: string, many: string): string {
  return `${count(number)} ${number === 1 ? one : many}`;
}

/** A number as people write it. */
export function count(number: number): string {
  return number.toLocaleString("en");
}

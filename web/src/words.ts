// Every English text of the page, in one place, ready to translate.

export const words = {
  title: "phonehome",
  tagline: "What is this name my devices keep calling? Paste names or a list. Nothing leaves this browser.",
  paste: "Names, URLs or a list: hosts, AdGuard, RPZ, dnsmasq, Unbound, CSV",
  placeholder: "a1.tuyaeu.com\nlogs.roku.com\n...",
  open: "Open files",
  sample: "Show a sample home",
  clear: "Start over",
  stop: "Stop",
  drop: "or drop files anywhere on this page (.gz too)",
  readAs: "Read as",
  guessed: "what it looks like",
  share: "Copy a link to these names",
  shared: "Copied. The names are in the part of the link behind #, which browsers never send to a server.",
  tooLong: "Too many names for a link: save a list instead.",
  where: "Where is my log?",
  whereIntro: "Logs of queries are not read yet; a list of the names in them is. How to get one:",
  reading: (done: string, rate: string) => `Reading: ${done}, ${rate} a second`,
  stopped: "Stopped: what was read stays.",
  read: (names: string, format: string) => `${names} read as ${format}.`,
  skipped: (count: string, line: number, why: string) => `${count} lines not kept; the first in line ${line}: ${why}.`,
  dropped: (count: string) => `${count} names found no room: two million are kept.`,
  restarted: "Something went wrong inside; the names were let go. Please give the list again.",
  failed: (file: string, why: string) => `${file}: ${why}`,
  failures: {
    compressed: "the compressed file is damaged or ends early; what came before the damage stays",
    tooLarge: "unpacked it is larger than 4 GB: stopped there, what was read stays",
    binary: "this is no list: it holds binary data",
    unreadable: "the browser cannot read this file",
  } as Record<string, string>,
  summary: (f: { names: number; makers: number; tracking: number; safe: number; odd: number }) =>
    `${plural(f.names, "name", "names")}, ${plural(f.makers, "maker", "makers")}; ${f.tracking} for tracking, ` +
    `${f.safe} of them safe to block; ${f.odd} worth a look.`,
  filters: "Filter",
  search: "Find in these names",
  sort: "Order",
  sorts: { worth: "worth a look first", name: "by domain", count: "most frequent first", input: "as they came" },
  not: "all but these",
  facets: { advice: "Block it?", groups: "What for", verdicts: "How worrying", classes: "Devices", vendors: "Whose" },
  columns: { name: "Name", what: "What for", whose: "Whose", advice: "Block it?", action: "Policy", count: "Times" },
  none: "No name fits.",
  empty: "No names yet.",
  detail: "What is known",
  close: "Close",
  sources: "Sources",
  why: "Why",
  device: "Devices",
  confidence: (word: string, value: number) => `How sure: ${word} (${value} of 100)`,
  base: "Look through everything phonehome knows",
  baseHint: "a name, a part of one, or a maker",
  found: (count: number, most: number) =>
    count === most ? `The first ${count}; more fit.` : plural(count, "name fits.", "names fit."),
  corrections: "Your corrections",
  correctionsHint:
    "What you keep stays in this browser. It holds at once, and as CSV in the command line: " +
    "phonehome --overlay phonehome-corrections.csv",
  mine: "this is mine",
  mineButton: "This is mine",
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
    gentle: "gentle: tracking without known harm",
    things: "things: only what makers and shared clouds answer for",
    own: "your own",
  },
  would: (w: { names: number; blocked: number; breaks: number; degrades: number; untested: number }) =>
    `Would block ${w.blocked} of ${w.names}; ${w.breaks} of them break something, ${w.degrades} make something worse, ` +
    `${w.untested} nobody has tested.`,
  mistake: (line: number, column: number, message: string) => `Line ${line}, column ${column}: ${message}`,
  exports: "Export",
  format: "Format",
  whole: "everything that phonehome knows, not only these names",
  save: "Save",
  knowledge: (version: string, date: string, entries: string) => `Knowledge ${version} of ${date}, ${entries} entries.`,
  pack: "Use knowledge from a file",
  theme: "Colours",
  themes: { "light dark": "as the system has them", light: "light", dark: "dark" },
  promise:
    "This page is one file. Its policy forbids every connection, so what you paste cannot leave: " +
    "look at the Content-Security-Policy in its source.",
  /** Where people find the names that their devices asked for: system, steps. */
  places: [
    ["Pi-hole", ["Open Query Log in the web interface.", "Choose the time and the client, and mark the table.", "Copy it and keep the column of domains."]],
    ["AdGuard Home", ["Open Query Log; in Home Assistant the add-on's Open Web UI leads there.", "Filter by client.", "Or read data/querylog.json: the names stand behind QH."]],
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

export function plural(count: number, one: string, many: string): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

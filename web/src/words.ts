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
  reading: (done: string, rate: string) => `Reading: ${done}, ${rate} a second`,
  stopped: "Stopped: what was read stays.",
  read: (names: string, format: string) => `${names} read as ${format}.`,
  skipped: (count: string, line: number, why: string) => `${count} lines not kept; the first in line ${line}: ${why}.`,
  dropped: (count: string) => `${count} names found no room: two million are kept.`,
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
  policy: "Policy",
  preset: "Preset",
  presets: { observe: "observe: block nothing", gentle: "gentle: tracking without known harm", own: "your own" },
  would: (w: { names: number; blocked: number; breaks: number; degrades: number; untested: number }) =>
    `Would block ${w.blocked} of ${w.names}; ${w.breaks} of them break something, ${w.degrades} make something worse, ` +
    `${w.untested} nobody has tested.`,
  mistake: (line: number, column: number, message: string) => `Line ${line}, column ${column}: ${message}`,
  exports: "Export",
  format: "Format",
  whole: "everything that phonehome knows, not only these names",
  save: "Save",
  knowledge: (version: string, date: string, entries: string) => `Knowledge ${version} of ${date}, ${entries} entries.`,
  promise:
    "This page is one file. Its policy forbids every connection, so what you paste cannot leave: " +
    "look at the Content-Security-Policy in its source.",
  icons: {
    block: "■", safe_to_block: "✓", costs_something: "△", leave: "●", untested: "?", your_call: "◇",
    malicious: "☠", suspicious: "!", risky: "⚠", shared: "☁", legitimate: "⌂", unknown: "?",
  } as Record<string, string>,
};

export function plural(count: number, one: string, many: string): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

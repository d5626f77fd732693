// What page and worker say to each other.

export interface Value { id: string; text: string; count: number }

export interface Facets {
  names: number; makers: number; tracking: number; tracking_safe: number; odd: number;
  groups: Value[]; advice: Value[]; verdicts: Value[]; classes: Value[]; vendors: Value[];
}

export interface Row {
  id: number; name: string; what: string; guessed: boolean; whose: string; advice: string; adviceId: string;
  verdict: string; verdictId: string; action: string; count: number;
}

export interface Filter {
  text: string; groups: string[]; advice: string[]; verdicts: string[]; classes: string[]; vendors: string[];
  blocked: boolean; not: boolean; sort: "worth" | "name" | "count" | "input";
}

export interface Reading {
  format: string; lines: number; names: number; skipped: number; first_skip: [number, string] | null; dropped: number;
}

export interface WouldBlock { names: number; blocked: number; breaks: number; degrades: number; untested: number }

export interface Mistake { message: string; line: number | null; column: number | null }

export interface Info { version: string; date: number; entries: number }

export type Wish = { format: string; policy: string; serial: number; whole_base: boolean };

/** What the worker can be asked, with the answer. */
export interface Calls {
  info(): Info;
  openPack(file: File): Info | Mistake;
  readText(text: string, format?: string): Reading;
  readFile(file: File, format?: string): { reading: Reading; failure: string | null; stopped: boolean };
  clear(): void;
  facets(): Facets;
  view(filter: Filter): Uint32Array;
  rows(ids: Uint32Array): Row[];
  explain(name: string): string;
  search(text: string, most: number): Row[];
  setCorrections(texts: string[]): { rules: number; skipped: number } | Mistake;
  setPolicy(text: string): WouldBlock | Mistake;
  export(wish: Wish): string;
  classifyLines(text: string): Uint8Array;
}

export type Request = { [K in keyof Calls]: { id: number; call: K; with: Parameters<Calls[K]> } }[keyof Calls];
export type Reply =
  | { id: number; done: unknown }
  | { id: number; failed: string; trapped: boolean }
  | { progress: { bytes: number; of: number; seconds: number } };

// What page and worker say to each other. What crosses is declared by the module itself.

import type { About, Corrected, DeskError, ExportWish, Facets, Filter, Found, Info, Line, Reading } from "../pkg/phonehome.js";

export type * from "../pkg/phonehome.js";

/** How a list was read. */
export interface ListRead {
  reading: Reading;
  /** What went wrong, by a key of the words; what came before it stays. */
  failure: string | null;
  stopped: boolean;
}

export interface Progress {
  bytes: number;
  /** Bytes in all; 0 where nobody knows. */
  of: number;
  seconds: number;
}

/** What the worker can be asked, with the answer. */
export interface Calls {
  info(): Info;
  usePack(file: File): Info | DeskError;
  readText(text: string, format?: string): ListRead;
  readFile(file: File, format?: string): ListRead;
  clear(): void;
  facets(filter: Filter): Facets;
  view(filter: Filter): Uint32Array;
  lines(numbers: Uint32Array): Line[];
  about(name: string): About;
  explain(name: string): string;
  search(text: string, most: number): Found;
  setCorrections(texts: string[]): Corrected | DeskError;
  setPolicy(text: string): void | DeskError;
  export(wish: ExportWish): string;
  classifyLines(text: string): Uint8Array;
  listedLines(text: string): Uint8Array;
}

export type Request = { [K in keyof Calls]: { id: number; call: K; with: Parameters<Calls[K]> } }[keyof Calls];
export type Reply = { id: number; done: unknown } | { id: number; failed: string; trapped: boolean } | { progress: Progress };

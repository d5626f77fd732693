// Bytes of a list, wherever they come from, into the desk: in pieces, so that it can be watched and stopped.

import type { Desk } from "../pkg/phonehome.js";
import type { ListRead, Progress } from "./protocol";

/** Bytes that are read in one go: some ten milliseconds. */
const PIECE = 256 * 1024;
/** Bytes from which a format is told. */
const HEAD = 4096;
/** A compressed file may hold more than any list: unpacking ends there. */
const MOST_UNPACKED = 2 ** 31;

/** Set by whoever wants the reading to end. */
export const wanted = { stop: false };

/** A list on its way in. */
export interface Source {
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** Bytes in all; 0 where nobody knows. */
  size: number;
  /** What the list is; else it is told from its first bytes. */
  format?: string;
}

/** Lets messages come in; unlike a timer it costs next to nothing. */
const { port1, port2 } = new MessageChannel();
function pause(): Promise<void> {
  return new Promise((resume) => {
    port1.onmessage = () => resume();
    port2.postMessage(null);
  });
}

/** A text in pieces: a long one is not turned into bytes before the first of them can be read. */
export function* ofText(text: string): Iterable<Uint8Array> {
  const encoder = new TextEncoder();
  for (let from = 0; from < text.length; ) {
    let to = from + PIECE;
    // A pair of surrogates is one character.
    if ((text.charCodeAt(to - 1) & 0xfc00) === 0xd800) to++;
    yield encoder.encode(text.slice(from, to));
    from = to;
  }
}

/** A file in pieces, unpacked where it is packed. */
export async function* ofStream(stream: ReadableStream<Uint8Array>): AsyncIterable<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      for (let from = 0; from < value.length; from += PIECE) yield value.subarray(from, from + PIECE);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Text in UTF-16 as UTF-8: what Windows' PowerShell writes. */
function decoder(first: Uint8Array): (piece: Uint8Array) => Uint8Array {
  const label = { "255,254": "utf-16le", "254,255": "utf-16be" }[first.subarray(0, 2).join()];
  if (!label) return (piece) => piece;
  const [from, to] = [new TextDecoder(label), new TextEncoder()];
  return (piece) => to.encode(from.decode(piece, { stream: true }));
}

/** Reads a list to its end, to a Stop, or to where it cannot be read any further. */
export async function readList(desk: Desk, source: Source, tell: (progress: Progress) => void): Promise<ListRead> {
  wanted.stop = false;
  let failure: string | null = null;
  try {
    failure = await feed(desk, source, tell);
  } catch (error) {
    // What the module does wrong is no fault of the file.
    if (error instanceof WebAssembly.RuntimeError) throw error;
    failure = source.size ? "unreadable" : "compressed";
  }
  return { reading: desk.finish(), failure, stopped: wanted.stop };
}

/** Why it could not go on; null: it came to the end, or was stopped. */
async function feed(desk: Desk, { pieces, size, format }: Source, tell: (progress: Progress) => void): Promise<string | null> {
  const start = performance.now();
  let bytes = 0;
  let decode: ReturnType<typeof decoder> | undefined;
  for await (const raw of pieces) {
    const isFirst = !decode;
    const piece = (decode ??= decoder(raw))(raw);
    if (isFirst) {
      if (piece.subarray(0, HEAD).includes(0)) return "binary";
      desk.begin(piece.subarray(0, HEAD), format);
    }
    desk.feed(piece);
    bytes += raw.length;
    tell({ bytes, of: size, seconds: (performance.now() - start) / 1000 });
    await pause();
    if (wanted.stop) return null;
    if (bytes > MOST_UNPACKED) return "tooLarge";
  }
  return null;
}

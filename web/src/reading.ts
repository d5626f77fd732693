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

/** Lets messages come in; unlike a timer it costs next to nothing. */
const { port1, port2 } = new MessageChannel();
function pause(): Promise<void> {
  return new Promise((resume) => {
    port1.onmessage = () => resume();
    port2.postMessage(null);
  });
}

/** Text in UTF-16 as UTF-8: what Windows' PowerShell writes. */
function decoded(first: Uint8Array): ((piece: Uint8Array) => Uint8Array) | undefined {
  const label = { "255,254": "utf-16le", "254,255": "utf-16be" }[first.subarray(0, 2).join()];
  if (!label) return undefined;
  const [from, to] = [new TextDecoder(label), new TextEncoder()];
  return (piece) => to.encode(from.decode(piece, { stream: true }));
}

/** Reads a list to its end, to a Stop, or to where it cannot be read any further. */
export async function readList(
  desk: Desk,
  source: { stream: ReadableStream<Uint8Array>; packed: boolean; size: number; format?: string },
  tell: (progress: Progress) => void,
): Promise<ListRead> {
  wanted.stop = false;
  const reader = source.stream.getReader();
  const start = performance.now();
  let bytes = 0;
  let failure: string | null = null;
  let decode: ReturnType<typeof decoded>;
  try {
    reading: for (;;) {
      const { done, value } = await reader.read();
      if (done || wanted.stop) break;
      for (let from = 0; from < value.length; from += PIECE) {
        let piece = value.subarray(from, from + PIECE);
        if (!bytes) decode = decoded(piece);
        if (decode) piece = decode(piece);
        if (!bytes) {
          if (piece.subarray(0, HEAD).includes(0)) {
            failure = "binary";
            break reading;
          }
          desk.begin(piece.subarray(0, HEAD), source.format);
        }
        desk.feed(piece);
        bytes += Math.min(PIECE, value.length - from);
        tell({ bytes, of: source.packed ? 0 : source.size, seconds: (performance.now() - start) / 1000 });
        await pause();
        if (wanted.stop) break reading;
        if (bytes > MOST_UNPACKED) {
          failure = "tooLarge";
          break reading;
        }
      }
    }
  } catch (error) {
    // What the module does wrong is no fault of the file.
    if (error instanceof WebAssembly.RuntimeError) throw error;
    failure = source.packed ? "compressed" : "unreadable";
  }
  await reader.cancel().catch(() => undefined);
  return { reading: desk.finish(), failure, stopped: wanted.stop };
}

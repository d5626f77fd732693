// Owns the desk: all names live here, and only what is seen crosses to the page.

import init, { Desk } from "../pkg/phonehome.js";
import packed from "../pkg/phonehome_bg.wasm?packed";
import type { Calls, Reply, Request } from "./protocol";

const PIECE = 256 * 1024;
/** A compressed file may hold more than any list: unpacking ends there. */
const MOST_UNPACKED = 4 * 2 ** 30;

let stop = false;
const say = (reply: Reply) => postMessage(reply);

let loaded: Promise<unknown> | undefined;

async function load(): Promise<void> {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const module = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  await init({ module_or_path: await new Response(module).arrayBuffer() });
}

async function open(pack?: Uint8Array): Promise<Desk> {
  await (loaded ??= load());
  return new Desk(pack);
}

let desk = open();

async function readFile(file: File, format?: string): Promise<ReturnType<Calls["readFile"]>> {
  const at = await desk;
  stop = false;
  const isPacked = /\.gz$/i.test(file.name);
  const stream = isPacked ? file.stream().pipeThrough(new DecompressionStream("gzip")) : file.stream();
  const reader = stream.getReader();
  const start = performance.now();
  let bytes = 0;
  let failure: string | null = null;
  let begun = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || stop) break;
      for (let from = 0; from < value.length; from += PIECE) {
        const piece = value.subarray(from, from + PIECE);
        if (!begun) {
          if (piece.subarray(0, 4096).includes(0)) {
            failure = "binary";
            break;
          }
          at.begin(piece.subarray(0, 4096), format);
          begun = true;
        }
        at.feed(piece);
      }
      bytes += value.length;
      if (failure || bytes > MOST_UNPACKED) {
        failure ??= "tooLarge";
        break;
      }
      say({ progress: { bytes, of: isPacked ? 0 : file.size, seconds: (performance.now() - start) / 1000 } });
      // Lets a message to stop come in.
      await new Promise((resume) => setTimeout(resume, 0));
    }
  } catch (error) {
    // What the module does wrong is no fault of the file.
    if (error instanceof WebAssembly.RuntimeError) throw error;
    failure = isPacked ? "compressed" : "unreadable";
  }
  await reader.cancel().catch(() => undefined);
  return { reading: at.finish(), failure, stopped: stop };
}

/** What the desk throws as an object is an answer for the user; a trap is not. */
async function orMistake<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (mistake) {
    if (mistake instanceof Error) throw mistake;
    return mistake as T;
  }
}

const calls: { [K in keyof Calls]: (...given: Parameters<Calls[K]>) => Promise<ReturnType<Calls[K]>> } = {
  info: async () => (await desk).info(),
  openPack: (file) =>
    orMistake(async () => {
      const other = await open(new Uint8Array(await file.arrayBuffer()));
      (await desk).free();
      desk = Promise.resolve(other);
      return other.info();
    }),
  readText: async (text, format) => {
    const at = await desk;
    const bytes = new TextEncoder().encode(text);
    at.begin(bytes.subarray(0, 4096), format);
    at.feed(bytes);
    return at.finish();
  },
  readFile,
  clear: async () => (await desk).clear(),
  facets: async () => (await desk).facets(),
  view: async (filter) => (await desk).view(filter),
  rows: async (ids) => (await desk).rows(ids),
  search: async (text, most) => (await desk).search(text, most),
  explain: async (name) => (await desk).explainJson(name),
  setCorrections: (texts) => orMistake(async () => (await desk).setCorrections(texts)),
  setPolicy: (text) => orMistake(async () => (await desk).setPolicy(text)),
  export: async (wish) => (await desk).export(wish),
  classifyLines: async (text) => (await desk).classifyLines(text),
};

addEventListener("message", async ({ data }: MessageEvent<Request | "stop">) => {
  if (data === "stop") {
    stop = true;
    return;
  }
  try {
    const call = calls[data.call] as (...given: unknown[]) => Promise<unknown>;
    say({ id: data.id, done: await call(...data.with) });
  } catch (error) {
    const trapped = error instanceof WebAssembly.RuntimeError;
    say({ id: data.id, failed: String((error as { message?: string }).message ?? error), trapped });
  }
});

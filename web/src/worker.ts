// Owns the desk: all names live here, and only what is seen crosses to the page.

import init, { Desk } from "../pkg/phonehome.js";
import packed from "../pkg/phonehome_bg.wasm.gz?base64";
import type { Calls, Progress, Reply, Request } from "./protocol";
import { ofStream, ofText, readList, wanted } from "./reading";

const say = (reply: Reply, owned: Transferable[] = []) => postMessage(reply, { transfer: owned });

async function open(): Promise<Desk> {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const module = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  await init({ module_or_path: await new Response(module).arrayBuffer() });
  return new Desk();
}

const desk = open();

/** What the desk throws as an object is an answer for the user; a trap is not. */
async function orMistake<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (mistake) {
    if (mistake instanceof Error) throw mistake;
    return mistake as T;
  }
}

const tell = (progress: Progress) => say({ progress });

const calls: { [K in keyof Calls]: (at: Desk, ...given: Parameters<Calls[K]>) => ReturnType<Calls[K]> | Promise<ReturnType<Calls[K]>> } = {
  info: (at) => at.info(),
  usePack: (at, file) => orMistake(async () => at.usePack(new Uint8Array(await file.arrayBuffer()))),
  // Most letters are one byte: the size is for the eye alone.
  readText: (at, text, format) => readList(at, { pieces: ofText(text), size: text.length, format }, tell),
  readFile: (at, file, format) => {
    const packed = /\.gz$/i.test(file.name);
    const stream = packed ? file.stream().pipeThrough(new DecompressionStream("gzip")) : file.stream();
    return readList(at, { pieces: ofStream(stream), size: packed ? 0 : file.size, format }, tell);
  },
  clear: (at) => at.clear(),
  facets: (at, filter) => at.facets(filter),
  view: (at, filter) => at.view(filter),
  lines: (at, numbers) => at.lines(numbers),
  about: (at, name) => at.about(name),
  search: (at, text, most) => at.search(text, most),
  explain: (at, name) => at.explainJson(name),
  setCorrections: (at, texts) => orMistake(() => at.setCorrections(texts)),
  setPolicy: (at, text) => orMistake(() => at.setPolicy(text)),
  export: (at, wish) => at.export(wish),
  classifyLines: (at, text) => at.classifyLines(text),
  listedLines: (at, text) => at.listedLines(text),
};

addEventListener("message", async ({ data }: MessageEvent<Request | "stop">) => {
  if (data === "stop") {
    wanted.stop = true;
    return;
  }
  try {
    const call = calls[data.call] as (at: Desk, ...given: unknown[]) => unknown;
    const done = await call(await desk, ...data.with);
    say({ id: data.id, done }, ArrayBuffer.isView(done) ? [done.buffer as ArrayBuffer] : []);
  } catch (error) {
    const trapped = error instanceof WebAssembly.RuntimeError;
    say({ id: data.id, failed: String((error as { message?: string }).message ?? error), trapped });
  }
});

// Names in the part of a link behind "#": it never leaves the browser that opens it.

/** What begins the part; anything else behind "#" is a name. */
const MARK = "list=";
/** Longer links break in mail programs and chats. */
const LONGEST = 4000;

/** The link's part for these names; none where there are none, or it would be too long. */
export async function toHash(names: string): Promise<string | undefined> {
  if (!names.trim()) return undefined;
  const packed = new Blob([names]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  const hash = MARK + btoa(String.fromCharCode(...bytes.subarray(0, LONGEST))).replaceAll("+", "-").replaceAll("/", "_");
  return hash.length > LONGEST ? undefined : hash;
}

/** The names of a link's part; none where it holds no list, or a damaged one. */
export async function fromHash(hash: string): Promise<string | undefined> {
  if (!hash.startsWith(MARK)) return undefined;
  try {
    const text = atob(hash.slice(MARK.length).replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    const names = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return await bounded(names);
  } catch {
    return undefined;
  }
}

/** Text up to a length that no link of ours holds: a link is foreign, and may unpack to anything. */
async function bounded(stream: ReadableStream<Uint8Array>): Promise<string | undefined> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += decoder.decode(value, { stream: true });
    if (text.length > 1_000_000) {
      await reader.cancel();
      return undefined;
    }
  }
}

/** What an address writes in percent; a broken one as it stands. */
export function unescaped(hash: string): string {
  try {
    return decodeURIComponent(hash);
  } catch {
    return hash;
  }
}

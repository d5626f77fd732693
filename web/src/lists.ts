// Lists on their way in: one after the other, with what became of each in words.

import type { DeskClient } from "./desk";
import type { ListRead, Progress } from "./protocol";
import { count, plural, words } from "./words";

const size = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
/** While a list is read, a look at what is there by now may take one part in so many of the time. */
const LOOKS = 10;

export class Lists {
  /** How far the reading has come; empty: nothing is read. */
  busy = "";
  notes: string[] = [];
  /** What lists are read as; empty: what they look like. */
  format = "";
  private queue: Promise<void> = Promise.resolve();
  /** When to look next, in seconds of the reading. */
  private next = 0;

  /** `look` shows what there is. */
  constructor(private host: { requestUpdate(): void }, private desk: DeskClient, private look: () => Promise<void>) {
    desk.onprogress = (progress) => this.progressed(progress);
  }

  private progressed({ bytes, of, seconds }: Progress): void {
    const rate = bytes / Math.max(seconds, 0.001);
    // A short list is read before anybody could read how far it is.
    if (seconds > 0.3) {
      this.busy = words.reading(of ? words.of(size(bytes), size(of)) : size(bytes), size(rate), of ? (of - bytes) / rate : undefined);
      this.host.requestUpdate();
    }
    // The first piece is shown at once, then what there is every now and then; the end shows itself.
    if (seconds < this.next || bytes >= of && of) return;
    this.next = Infinity;
    const start = performance.now();
    void this.look().then(() => (this.next = seconds + ((performance.now() - start) / 1000) * LOOKS));
  }

  note(text: string): void {
    this.notes = [...this.notes, text];
    this.host.requestUpdate();
  }

  /** Work that must not mix with lists that are being read. */
  enqueue(work: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(work).catch((error: Error) => this.note(error.message));
    return this.queue;
  }

  /** A text takes the place of everything that was read. */
  readText(text: string): Promise<void> {
    this.stop();
    return this.enqueue(async () => {
      await this.desk.ask("clear");
      this.notes = [];
      if (text.trim()) await this.read("", () => this.desk.ask("readText", text, this.format || undefined));
      await this.look();
    });
  }

  /** Files join what was read. */
  readFiles(files: Iterable<File> | null | undefined): Promise<void> {
    const all = [...(files ?? [])];
    return this.enqueue(async () => {
      this.notes = [];
      for (const file of all) {
        if (await this.read(file.name, () => this.desk.ask("readFile", file, this.format || undefined))) break;
      }
      await this.look();
    });
  }

  stop(): void {
    this.desk.stop();
  }

  /** Whether it was stopped. */
  private async read(name: string, ask: () => Promise<ListRead>): Promise<boolean> {
    this.next = 0;
    try {
      const { reading, failure, stopped } = await ask();
      if (reading.lines) this.tell(reading);
      if (failure) this.note(words.failed(name, words.failures[failure] ?? failure));
      if (stopped) this.note(words.stopped);
      return stopped;
    } finally {
      this.busy = "";
      this.host.requestUpdate();
    }
  }

  private tell(reading: ListRead["reading"]): void {
    this.note(words.read(plural(reading.names, "name", "names"), reading.format));
    if (reading.first_skip) this.note(words.skipped(count(reading.skipped), ...reading.first_skip));
    if (reading.dropped) this.note(words.dropped(count(reading.dropped)));
  }
}

// The page: input on top, then the answer, then what to do with it.

import { LitElement, html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { DeskClient } from "./desk";
import type { Facets, Filter, Info, Reading } from "./protocol";
import { sample } from "./sample";
import { fromHash, toHash } from "./share";
import { plural, words } from "./words";
import "./facets";
import "./table";
import "./detail";
import { corrected } from "./corrections";
import "./base";
import type { Export } from "./export";
import "./export";
import "./theme";

const everything: Filter = {
  text: "", groups: [], advice: [], verdicts: [], classes: [], vendors: [], blocked: false, not: false, sort: "worth",
};

/** What a list can be read as, beside what it looks like. */
const FORMATS = ["names", "domains", "hosts", "adguard", "rpz", "dnsmasq", "unbound", "pihole-regex", "mikrotik"];

/** Text up to this length is read while it is typed. */
const LIVE = 200_000;

@customElement("phonehome-page")
export class Page extends LitElement {
  @state() private facets?: Facets;
  @state() private filter: Filter = everything;
  @state() private view: Uint32Array = new Uint32Array();
  @state() private chosen = "";
  @state() private busy = "";
  @state() private notes: string[] = [];
  @state() private info?: Info;
  /** Rises when the rows of the worker changed. */
  @state() private edition = 0;
  /** What lists are read as; empty: what they look like. */
  @state() private format = "";
  private desk = new DeskClient();
  private queue: Promise<void> = Promise.resolve();
  private typed: ReturnType<typeof setTimeout> | undefined;

  protected createRenderRoot() {
    return this;
  }

  connectedCallback(): void {
    super.connectedCallback();
    this.desk.onprogress = ({ bytes, of, seconds }) => {
      const size = (count: number) => `${(count / 1e6).toFixed(1)} MB`;
      const done = of ? `${size(bytes)} of ${size(of)}` : size(bytes);
      this.busy = words.reading(done, size(bytes / Math.max(seconds, 0.001)));
    };
    addEventListener("corrections", () => void this.enqueue(() => this.correct()));
    if (corrected().length) void this.enqueue(() => this.correct());
    this.desk.onrestart = () => {
      this.facets = undefined;
      this.note(words.restarted);
      void this.desk.ask("setCorrections", corrected());
    };
    void this.desk.ask("info").then((info) => (this.info = info), (error) => this.note(error.message));
    addEventListener("dragover", (event) => event.preventDefault());
    addEventListener("drop", (event) => {
      event.preventDefault();
      void this.readFiles((event as DragEvent).dataTransfer?.files);
    });
    addEventListener("hashchange", () => this.followLink());
    void this.updateComplete.then(() => this.followLink());
  }

  /** `#name` opens the answer for that name, `#list=...` the names inside the link. */
  private async followLink(): Promise<void> {
    const hash = location.hash.slice(1);
    const names = await fromHash(hash);
    if (names !== undefined) {
      this.show(names);
    } else if (hash) {
      this.choose(text(hash));
    }
  }

  /** Has the user's corrections hold. */
  private async correct(): Promise<void> {
    const answer = await this.desk.ask("setCorrections", corrected());
    this.notes = ["message" in answer ? answer.message : words.correctedBy(answer.rules, answer.skipped)];
    await this.refresh();
  }

  /** Knowledge from a file; where that is no pack, what is open stays. */
  private usePack(file: File | undefined): Promise<void> {
    return this.enqueue(async () => {
      if (!file) return;
      const answer = await this.desk.ask("openPack", file);
      if ("message" in answer) {
        this.notes = [words.failed(file.name, answer.message)];
        return;
      }
      this.info = answer;
      // The desk is a new one: it knows neither corrections, names nor policy.
      await this.desk.ask("setCorrections", corrected());
      await this.takeText(this.querySelector("textarea")?.value ?? "");
      await this.querySelector<Export>("phonehome-export")?.reapply();
    });
  }

  private async share(): Promise<void> {
    const hash = await toHash(this.querySelector("textarea")?.value ?? "");
    if (!hash) {
      this.notes = [words.tooLong];
      return;
    }
    const link = new URL(`#${hash}`, location.href).href;
    history.replaceState(null, "", link);
    // Where the clipboard is closed to us the address bar has the link all the same.
    await navigator.clipboard?.writeText(link).catch(() => undefined);
    this.notes = [words.shared];
  }

  private readAs(format: string): void {
    this.format = format;
    const box = this.querySelector("textarea");
    if (box?.value) void this.readText(box.value);
  }

  private choose(name: string): void {
    this.chosen = name;
    const hash = `#${encodeURIComponent(name)}`;
    if (name && location.hash !== hash) history.replaceState(null, "", hash);
    if (!name) history.replaceState(null, "", location.pathname + location.search);
  }

  private note(text: string): void {
    this.notes = [...this.notes, text];
  }

  private tell(reading: Reading): void {
    this.note(words.read(plural(reading.names, "name", "names"), reading.format));
    if (reading.first_skip) this.note(words.skipped(reading.skipped.toLocaleString("en"), ...reading.first_skip));
    if (reading.dropped) this.note(words.dropped(reading.dropped.toLocaleString("en")));
  }

  /** One list after the other: a reader that is fed two at once would mix them. */
  private enqueue(work: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(work).catch((error: Error) => this.note(error.message));
    return this.queue;
  }

  private readText(text: string): Promise<void> {
    if (this.busy) this.desk.stop();
    return this.enqueue(() => this.takeText(text));
  }

  private readFiles(files: Iterable<File> | null | undefined): Promise<void> {
    return this.enqueue(() => this.takeFiles([...(files ?? [])]));
  }

  private async takeText(text: string): Promise<void> {
    await this.desk.ask("clear");
    this.notes = [];
    if (text.trim()) this.tell(await this.desk.ask("readText", text, this.format || undefined));
    await this.refresh();
  }

  private async takeFiles(files: File[]): Promise<void> {
    this.notes = [];
    for (const file of files) {
      this.busy = words.reading("0 MB", "-");
      const { reading, failure, stopped } = await this.desk.ask("readFile", file, this.format || undefined);
      if (reading.lines) this.tell(reading);
      if (failure) this.note(words.failed(file.name, words.failures[failure] ?? failure));
      if (stopped) {
        this.note(words.stopped);
        break;
      }
    }
    this.busy = "";
    await this.refresh();
  }

  private async refresh(): Promise<void> {
    this.facets = await this.desk.ask("facets");
    this.view = await this.desk.ask("view", this.filter);
    this.edition++;
  }

  private async narrow(change: Partial<Filter>): Promise<void> {
    this.filter = { ...this.filter, ...change };
    this.view = await this.desk.ask("view", this.filter);
  }

  /** Version and date of what answers rest on. */
  private get knowledge(): string {
    const { info } = this;
    return info ? words.knowledge(info.version, date(info.date), info.entries.toLocaleString("en")) : "";
  }

  private typing(event: InputEvent): void {
    const { value } = event.target as HTMLTextAreaElement;
    clearTimeout(this.typed);
    // A long paste is read when it is there, and not at every letter.
    this.typed = setTimeout(() => void this.readText(value), value.length > LIVE ? 600 : 120);
  }

  private show(text: string): void {
    const box = this.querySelector("textarea");
    if (box) box.value = text;
    this.filter = everything;
    void this.readText(text);
  }

  render() {
    return html`
      <header>
        <h1>${words.title}</h1>
        <p>${words.tagline}</p>
      </header>
      <main>
        <section class="input" aria-label=${words.paste}>
          <label for="names">${words.paste}</label>
          <textarea id="names" rows="4" spellcheck="false" autocapitalize="off" placeholder=${words.placeholder}
            @input=${this.typing}></textarea>
          <div class="buttons">
            <label class="button">${words.open}
              <input type="file" multiple class="unseen"
                @change=${(event: Event) => this.readFiles((event.target as HTMLInputElement).files)} />
            </label>
            <button @click=${() => this.show(sample)}>${words.sample}</button>
            <button @click=${() => this.show("")}>${words.clear}</button>
            ${this.busy ? html`<button @click=${() => this.desk.stop()}>${words.stop}</button>` : nothing}
            <label class="inline">${words.readAs}
              <select @change=${(event: Event) => this.readAs((event.target as HTMLSelectElement).value)}>
                <option value="">${words.guessed}</option>
                ${FORMATS.map((format) => html`<option value=${format}>${format}</option>`)}
              </select>
            </label>
            <button @click=${this.share}>${words.share}</button>
            <span class="hint">${words.drop}</span>
          </div>
          <p role="status" class="status">${this.busy || this.notes.join(" ")}</p>
          <details>
            <summary>${words.where}</summary>
            <p>${words.whereIntro}</p>
            <dl class="places">
              ${words.places.map(([system, steps]) => html`
                <div><dt>${system}</dt>${steps.map((step) => html`<dd>${step}</dd>`)}</div>`)}
            </dl>
          </details>
        </section>
        ${this.answer()}
        <phonehome-corrections></phonehome-corrections>
        <phonehome-base .desk=${this.desk} @choose=${(event: CustomEvent<string>) => this.choose(event.detail)}></phonehome-base>
      </main>
      <footer>
        <p>${words.promise}</p>
        ${this.info ? html`<p>${this.knowledge}</p>` : nothing}
        <div class="buttons">
          <label class="button">${words.pack}
            <input type="file" accept=".pack" class="unseen"
              @change=${(event: Event) => this.usePack((event.target as HTMLInputElement).files?.[0])} />
          </label>
          <phonehome-theme></phonehome-theme>
        </div>
      </footer>`;
  }

  private answer() {
    const { facets } = this;
    const detail = this.chosen
      ? html`<phonehome-detail .desk=${this.desk} .name=${this.chosen} .knowledge=${this.knowledge} @close=${() => this.choose("")}></phonehome-detail>`
      : nothing;
    if (!facets?.names) return html`<p class="summary">${words.empty}</p>${detail}`;
    const { names, makers, tracking, tracking_safe: safe, odd } = facets;
    return html`
      <p class="summary">${words.summary({ names, makers, tracking, safe, odd })}</p>
      <div class="columns">
        <phonehome-facets .facets=${facets} .filter=${this.filter}
          @narrow=${(event: CustomEvent<Partial<Filter>>) => this.narrow(event.detail)}></phonehome-facets>
        <phonehome-table .desk=${this.desk} .view=${this.view} .edition=${this.edition}
          @choose=${(event: CustomEvent<string>) => this.choose(event.detail)}></phonehome-table>
        ${detail}
      </div>
      <phonehome-export .desk=${this.desk} @policy=${() => this.refresh()}></phonehome-export>`;
  }
}

/** What an address writes in percent; a broken one as it stands. */
function text(hash: string): string {
  try {
    return decodeURIComponent(hash);
  } catch {
    return hash;
  }
}

function date(number: number): string {
  const text = String(number);
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
}

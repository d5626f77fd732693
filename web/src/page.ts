// The page: input on top, then the answer, then what to do with it.

import { LitElement, html, nothing } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import type { Base } from "./base";
import { corrected } from "./corrections";
import { DeskClient } from "./desk";
import { Lists } from "./lists";
import type { Facets, Filter, Info } from "./protocol";
import { fromHash, toHash, unescaped } from "./share";
import { count, words } from "./words";
import "./base";
import "./detail";
import "./export";
import "./facets";
import "./input";
import type { Input } from "./input";
import "./table";
import "./trust";

const everything: Required<Filter> = {
  text: "", groups: [], advice: [], verdicts: [], classes: [], owners: [], blocked: false, not: false,
  sort: "worth", group: "outside", open: [],
};

@customElement("phonehome-page")
export class Page extends LitElement {
  @state() private facets?: Facets;
  @state() private filter = everything;
  @state() private view: Uint32Array = new Uint32Array();
  @state() private chosen = "";
  @state() private info?: Info;
  /** Rises when the lines of the worker changed. */
  @state() private edition = 0;
  @query("phonehome-input") private input!: Input;
  @query("phonehome-base") private base!: Base;
  private desk = new DeskClient();
  private lists = new Lists(this, this.desk, () => this.look());

  protected createRenderRoot() {
    return this;
  }

  connectedCallback(): void {
    super.connectedCallback();
    addEventListener("corrections", () => void this.correct());
    if (corrected().length) void this.correct();
    this.desk.onrestart = () => {
      this.facets = undefined;
      this.lists.note(words.restarted);
      void this.desk.ask("setCorrections", corrected());
    };
    void this.desk.ask("info").then((info) => this.know(info), (error) => this.lists.note(error.message));
    addEventListener("dragover", (event) => event.preventDefault());
    addEventListener("drop", (event) => this.dropped(event as DragEvent));
    addEventListener("hashchange", () => this.followLink());
    void this.updateComplete.then(() => this.followLink());
  }

  private dropped(event: DragEvent): void {
    event.preventDefault();
    const { files, text } = { files: event.dataTransfer?.files, text: event.dataTransfer?.getData("text/plain") };
    if (files?.length) void this.lists.readFiles(files);
    else if (text) this.show(text);
  }

  /** `#name` opens the answer for that name, `#list=...` the names inside the link. */
  private async followLink(): Promise<void> {
    const hash = location.hash.slice(1);
    const names = await fromHash(hash);
    if (names !== undefined) {
      this.show(names);
    } else if (hash) {
      this.choose(unescaped(hash));
    }
  }

  /** Has the user's corrections hold. */
  private correct(): Promise<void> {
    return this.lists.enqueue(async () => {
      const answer = await this.desk.ask("setCorrections", corrected());
      this.lists.notes = [];
      this.lists.note("message" in answer ? answer.message : words.correctedBy(answer.rules, answer.skipped));
      await this.look();
    });
  }

  /** Knowledge or a list from a file; where that is neither, everything stays. */
  private usePack(file: File | undefined): Promise<void> {
    return this.lists.enqueue(async () => {
      if (!file) return;
      const answer = await this.desk.ask("usePack", file);
      this.lists.notes = [];
      if ("message" in answer) {
        this.lists.note(words.failed(file.name, answer.message));
        return;
      }
      this.know(answer);
      this.lists.note(words.used(file.name));
      await this.look();
    });
  }

  private know(info: Info): void {
    this.info = info;
    if (isOld(info.date)) this.lists.note(words.old(date(info.date)));
  }

  private async share(): Promise<void> {
    const hash = await toHash(this.input.text);
    this.lists.notes = [];
    if (!hash) {
      this.lists.note(this.input.text ? words.tooLong : words.nothingToShare);
      return;
    }
    const link = new URL(`#${hash}`, location.href).href;
    history.replaceState(null, "", link);
    // Where the clipboard is closed to us the address bar has the link all the same.
    await navigator.clipboard?.writeText(link).catch(() => undefined);
    this.lists.note(words.shared);
  }

  private choose(name: string): void {
    this.chosen = name;
    const hash = `#${encodeURIComponent(name)}`;
    if (name && location.hash !== hash) history.replaceState(null, "", hash);
    if (!name) history.replaceState(null, "", location.pathname + location.search);
  }

  /** Shows what the desk has by now. */
  private async look(): Promise<void> {
    const { filter } = this;
    const [facets, view] = await Promise.all([this.desk.ask("facets", filter), this.desk.ask("view", filter)]);
    if (filter !== this.filter) return;
    this.facets = facets;
    this.view = view;
    this.edition++;
  }

  private narrow(change: Partial<Filter>): void {
    this.filter = { ...this.filter, ...change };
    void this.look();
  }

  /** What a part of the summary counts, alone. */
  private only(wish: Partial<Filter>): void {
    const { sort, group } = this.filter;
    this.narrow({ ...everything, sort, group, ...wish });
  }

  private toggle(domain: string): void {
    const { open } = this.filter;
    this.narrow({ open: open.includes(domain) ? open.filter((other) => other !== domain) : [...open, domain] });
  }

  /** Version and date of what answers rest on. */
  private get knowledge(): string {
    const { info } = this;
    return info ? words.knowledge(info.version, date(info.date), count(info.entries)) : "";
  }

  private show(text: string): void {
    this.filter = everything;
    this.input.show(text);
  }

  render() {
    return html`
      <header>
        <h1>${words.title}</h1>
        <p>${words.tagline}</p>
      </header>
      <main>
        <phonehome-input .lists=${this.lists} .busy=${this.lists.busy} .notes=${this.lists.notes}
          @sample=${(event: CustomEvent<string>) => this.show(event.detail)} @share=${this.share}></phonehome-input>
        ${this.answer()}
        <phonehome-corrections></phonehome-corrections>
        <phonehome-base .desk=${this.desk} @choose=${(event: CustomEvent<string>) => this.choose(event.detail)}></phonehome-base>
      </main>
      <footer>
        <phonehome-trust .knowledge=${this.knowledge} .lists=${this.info?.lists ?? []}
          @pack=${(event: CustomEvent<File>) => this.usePack(event.detail)}></phonehome-trust>
      </footer>`;
  }

  private answer() {
    const { facets } = this;
    const detail = this.chosen
      ? html`<phonehome-detail .desk=${this.desk} .name=${this.chosen} .edition=${this.edition} .knowledge=${this.knowledge}
          @close=${() => this.choose("")} @under=${(event: CustomEvent<string>) => this.base.show(event.detail)}></phonehome-detail>`
      : nothing;
    if (!facets?.names) return html`<p class="summary">${words.empty}</p>${detail}`;
    return html`
      <p class="summary">${words.summary(facets).map(([text, wish]) => (wish ? this.link(text, wish) : text))}</p>
      <div class="columns ${this.chosen ? "with-detail" : ""}">
        <phonehome-facets .facets=${facets} .filter=${this.filter}
          @narrow=${(event: CustomEvent<Partial<Filter>>) => this.narrow(event.detail)}></phonehome-facets>
        <div class="middle">
          ${facets.shown < facets.names
            ? html`<p class="shown">${words.shown(facets)} ${this.link(words.showAll, {})}</p>`
            : nothing}
          <phonehome-table .desk=${this.desk} .view=${this.view} .edition=${this.edition} .chosen=${this.chosen}
            .withPolicy=${facets.blocked > 0} .withTimes=${facets.times > facets.names}
            @choose=${(event: CustomEvent<string>) => this.choose(event.detail)}
            @toggle=${(event: CustomEvent<string>) => this.toggle(event.detail)}></phonehome-table>
          <phonehome-export .desk=${this.desk} .facets=${facets} @policy=${() => this.look()}
            @blocked=${() => this.only({ blocked: true })}></phonehome-export>
        </div>
        ${detail}
      </div>`;
  }

  private link(text: string, wish: Partial<Filter>) {
    return html`<button class="link" @click=${() => this.only(wish)}>${text}</button>`;
  }
}

/** `yyyymmdd` as people write it. */
function date(number: number): string {
  const text = String(number);
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
}

/** Whether a day lies more than a year back. */
function isOld(number: number): boolean {
  return Date.now() - Date.parse(date(number)) > 366 * 24 * 3600 * 1000;
}

// A table of any length: the rows that are seen exist, the others are only room.

import { LitElement, html, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { DeskClient } from "./desk";
import type { Heading, Line, Row } from "./protocol";
import { count, words } from "./words";

/** Height of a row in pixels; the style sheet has the same. */
const HEIGHT = 44;
/** Rows beyond the edges that are made ahead. */
const AHEAD = 10;
/** Browsers lose precision in boxes that are much taller. */
const TALLEST = 8_000_000;

@customElement("phonehome-table")
export class Table extends LitElement {
  @property({ attribute: false }) desk!: DeskClient;
  @property({ attribute: false }) view: Uint32Array = new Uint32Array();
  @property({ attribute: false }) edition = 0;
  @property() chosen = "";
  /** Whether a policy blocks anything. */
  @property({ attribute: false }) withPolicy = false;
  /** Whether a name came more than once. */
  @property({ attribute: false }) withTimes = false;
  @state() private lines: Line[] = [];
  @state() private first = 0;
  private asked = 0;

  protected createRenderRoot() {
    return this;
  }

  protected willUpdate(changed: PropertyValues): void {
    if (changed.has("view") || changed.has("edition")) void this.load();
  }

  private get scrolled() {
    return this.querySelector<HTMLElement>(".rows");
  }

  /** How many pixels of scrolling stand for a row. */
  private get step(): number {
    return Math.min(HEIGHT, TALLEST / Math.max(this.view.length, 1));
  }

  private async load(): Promise<void> {
    const box = this.scrolled;
    const first = Math.max(0, Math.floor((box?.scrollTop ?? 0) / this.step) - AHEAD);
    const count = Math.ceil((box?.clientHeight ?? 600) / HEIGHT) + 2 * AHEAD;
    const asked = ++this.asked;
    const lines = await this.desk.ask("lines", this.view.slice(first, first + count));
    if (asked !== this.asked) return;
    this.first = first;
    this.lines = lines;
  }

  private tell(event: "choose" | "toggle", detail: string): void {
    this.dispatchEvent(new CustomEvent(event, { detail }));
  }

  private key(event: KeyboardEvent): void {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const now = event.target as HTMLElement;
    if (!move || !now.matches("button.name")) return;
    event.preventDefault();
    const all = [...this.querySelectorAll<HTMLElement>("button.name")];
    const next = all[all.indexOf(now) + move];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  render() {
    const { action, count: times, ...always } = words.columns;
    const titles = [...Object.values(always), ...(this.withPolicy ? [action] : []), ...(this.withTimes ? [times] : [])];
    const kind = `${this.withPolicy ? "with-policy" : ""} ${this.withTimes ? "with-times" : ""}`;
    if (!this.view.length) return html`<p class="none">${words.none}</p>`;
    return html`
      <div class="table ${kind}" role="table" aria-rowcount=${this.view.length + 1} aria-label=${words.table} @keydown=${this.key}>
        <div class="row head" role="row" aria-rowindex="1">
          ${titles.map((text) => html`<span role="columnheader">${text}</span>`)}
        </div>
        <div class="rows" role="rowgroup" tabindex="0" aria-label=${words.table} .style=${`height:min(33rem,${this.view.length * this.step + 2}px)`}
          @scroll=${() => this.load()}>
          <div role="presentation" .style=${`height:${this.view.length * this.step}px`}>
            <div role="presentation" .style=${`transform:translateY(${this.first * this.step}px)`}>
              ${this.lines.map((line, at) => this.line(line, this.first + at + 2))}
            </div>
          </div>
        </div>
      </div>`;
  }

  private line(line: Line, index: number) {
    return line.kind === "name" ? this.row(line, index) : this.heading(line, index);
  }

  private heading(heading: Heading, index: number) {
    const { domain, open, below } = heading;
    const text = domain || words.outside;
    return html`
      <div class="row heading ${below ? "below" : ""}" role="row" aria-rowindex=${index}>
        <span role="cell"><button class="name" aria-expanded=${open} @click=${() => this.tell("toggle", domain)}>
          <span aria-hidden="true">${open ? "▾" : "▸"}</span> ${text}</button></span>
        <span role="cell">${words.inside(heading)}</span>
        <span role="cell"></span><span role="cell"></span>${this.withPolicy ? html`<span role="cell"></span>` : nothing}
        ${this.withTimes ? html`<span role="cell" class="number">${count(heading.count)}</span>` : nothing}
      </div>`;
  }

  /** What deserves a look says so where the eye is. */
  private flag({ verdict, verdictId }: Row) {
    if (!["malicious", "suspicious", "risky"].includes(verdictId)) return nothing;
    return html`<span role="img" aria-label=${verdict} title=${verdict} class="icon ${verdictId}">${words.icons[verdictId]}</span> `;
  }

  private row(row: Row, index: number) {
    return html`
      <div class="row ${row.below ? "below" : ""} ${row.name === this.chosen ? "chosen" : ""}" role="row" aria-rowindex=${index}>
        <span role="cell"><button class="name" title=${row.name} @click=${() => this.tell("choose", row.name)}>${row.name}</button></span>
        <span role="cell" title=${row.what} class=${row.guessed ? "guess" : nothing}>${this.flag(row)}${row.what}</span>
        <span role="cell">${row.whose}</span>
        <span role="cell"><span aria-hidden="true" class="icon ${row.adviceId}">${words.icons[row.adviceId]}</span> ${row.advice}</span>
        ${this.withPolicy ? html`<span role="cell" title=${row.action}>${row.action}</span>` : nothing}
        ${this.withTimes ? html`<span role="cell" class="number">${count(row.count)}</span>` : nothing}
      </div>`;
  }
}

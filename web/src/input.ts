// The way in: a box to paste into, files, a sample, and where to find one's own log.

import { LitElement, html, nothing } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import type { Lists } from "./lists";
import { sample } from "./sample";
import { words } from "./words";

/** What a list can be read as, beside what it looks like. */
const FORMATS = ["names", "domains", "hosts", "adguard", "rpz", "dnsmasq", "unbound", "pihole-regex", "mikrotik", "rows"];

/** Longer texts are read, and not shown in the box: a browser takes seconds to lay out a million lines. */
const SHOWN = 200_000;

@customElement("phonehome-input")
export class Input extends LitElement {
  @property({ attribute: false }) lists!: Lists;
  @property({ attribute: false }) busy = "";
  @property({ attribute: false }) notes: string[] = [];
  @query("textarea") private box!: HTMLTextAreaElement;
  private typed: ReturnType<typeof setTimeout> | undefined;

  protected createRenderRoot() {
    return this;
  }

  /** What stands in the box. */
  get text(): string {
    return this.box.value;
  }

  /** Puts a text into the box and reads it. */
  show(text: string): void {
    this.box.value = text.length > SHOWN ? "" : text;
    void this.lists.readText(text);
  }

  private pasted(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (text.length <= SHOWN) return;
    event.preventDefault();
    this.show(text);
  }

  private typing(): void {
    clearTimeout(this.typed);
    this.typed = setTimeout(() => void this.lists.readText(this.text), 120);
  }

  private readAs(format: string): void {
    this.lists.format = format;
    if (this.text) void this.lists.readText(this.text);
  }

  private tell(event: string, detail?: string): void {
    this.dispatchEvent(new CustomEvent(event, { detail }));
  }

  render() {
    return html`
      <section class="input" aria-label=${words.input}>
        <label for="names">${words.paste}</label>
        <textarea id="names" rows="4" spellcheck="false" autocapitalize="off" placeholder=${words.placeholder}
          @input=${this.typing} @paste=${this.pasted}></textarea>
        <div class="buttons">
          <label class="button">${words.open}
            <input type="file" multiple class="unseen"
              @change=${(event: Event) => this.lists.readFiles((event.target as HTMLInputElement).files)} />
          </label>
          <button @click=${() => this.tell("sample", sample)}>${words.sample}</button>
          <button @click=${() => this.show("")}>${words.clear}</button>
          ${this.busy ? html`<button @click=${() => this.lists.stop()}>${words.stop}</button>` : nothing}
          <span class="hint">${words.drop}</span>
        </div>
        <div class="buttons">
          <label class="inline">${words.readAs}
            <select @change=${(event: Event) => this.readAs((event.target as HTMLSelectElement).value)}>
              <option value="">${words.guessed}</option>
              ${FORMATS.map((format) => html`<option value=${format}>${words.formats[format] ?? format}</option>`)}
            </select>
          </label>
          <button @click=${() => this.tell("share")}>${words.share}</button>
        </div>
        <p role="status" class="status">${this.busy || this.notes.join(" ")}</p>
        <details>
          <summary>${words.where}</summary>
          <p>${words.whereIntro}</p>
          <dl class="places">
            ${words.places.map(([system, steps]) => html`
              <div><dt>${system}</dt><dd><ol>${steps.map((step) => html`<li>${step}</li>`)}</ol></dd></div>`)}
          </dl>
        </details>
      </section>`;
  }
}

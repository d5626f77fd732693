// A look through everything that phonehome knows, whatever names were pasted.

import { LitElement, html, nothing } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import type { DeskClient } from "./desk";
import type { Found } from "./protocol";
import { words } from "./words";

/** Results that are shown at first, and with every "more". */
const SHOWN = 50;

@customElement("phonehome-base")
export class Base extends LitElement {
  @property({ attribute: false }) desk!: DeskClient;
  @state() private found?: Found;
  @query("input") private box!: HTMLInputElement;
  private text = "";

  protected createRenderRoot() {
    return this;
  }

  /** Looks for a text as if it was typed. */
  show(text: string): void {
    this.box.value = text;
    this.box.focus();
    this.scrollIntoView({ block: "start" });
    void this.search(text);
  }

  private async search(text: string, most = SHOWN): Promise<void> {
    this.text = text;
    const found = text.trim() ? await this.desk.ask("search", text, most) : undefined;
    if (text === this.text) this.found = found;
  }

  private choose(name: string): void {
    this.dispatchEvent(new CustomEvent("choose", { detail: name }));
  }

  render() {
    const { found } = this;
    return html`
      <section class="base" aria-label=${words.base}>
        <label>${words.base}
          <input type="search" placeholder=${words.baseHint}
            @input=${(event: Event) => this.search((event.target as HTMLInputElement).value)} />
        </label>
        <p role="status" class="status">${found ? words.found(found) : nothing}</p>
        <ul class="found">
          ${found?.rows.map((row) => html`
            <li><button class="name" @click=${() => this.choose(row.name)}>${row.name}</button> ${row.whose}: ${row.what}</li>`)}
        </ul>
        ${found && found.names > found.rows.length
          ? html`<button @click=${() => this.search(this.text, found.rows.length + SHOWN)}>${words.more}</button>`
          : nothing}
      </section>`;
  }
}

// A look through everything that phonehome knows, whatever names were pasted.

import { LitElement, html, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { DeskClient } from "./desk";
import type { Row } from "./protocol";
import { words } from "./words";

/** Results that are shown. */
const SHOWN = 50;

@customElement("phonehome-base")
export class Base extends LitElement {
  @property({ attribute: false }) desk!: DeskClient;
  @state() private rows: Row[] = [];
  @state() private text = "";

  protected createRenderRoot() {
    return this;
  }

  private async search(text: string): Promise<void> {
    this.text = text;
    const rows = await this.desk.ask("search", text, SHOWN);
    if (text === this.text) this.rows = rows;
  }

  private choose(name: string): void {
    this.dispatchEvent(new CustomEvent("choose", { detail: name }));
  }

  render() {
    return html`
      <section class="base" aria-label=${words.base}>
        <label>${words.base}
          <input type="search" placeholder=${words.baseHint}
            @input=${(event: Event) => this.search((event.target as HTMLInputElement).value)} />
        </label>
        <p role="status" class="status">${this.text.trim() ? words.found(this.rows.length, SHOWN) : nothing}</p>
        <ul class="found">
          ${this.rows.map((row) => html`
            <li><button class="name" @click=${() => this.choose(row.name)}>${row.name}</button> ${row.whose}: ${row.what}</li>`)}
        </ul>
      </section>`;
  }
}

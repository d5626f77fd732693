// Light, dark, or as the system has it.

import { LitElement, html } from "lit";
import { customElement, state } from "lit/decorators.js";
import { words } from "./words";

const KEY = "phonehome.colours";

@customElement("phonehome-theme")
export class Theme extends LitElement {
  @state() private scheme = "light dark";

  protected createRenderRoot() {
    return this;
  }

  connectedCallback(): void {
    super.connectedCallback();
    try {
      this.use(localStorage.getItem(KEY) ?? this.scheme);
    } catch {
      // A browser that keeps nothing has the system's colours.
    }
  }

  private use(scheme: string): void {
    if (!(scheme in words.themes)) return;
    this.scheme = scheme;
    document.documentElement.style.colorScheme = scheme;
    try {
      localStorage.setItem(KEY, scheme);
    } catch {
      // Until the page is closed, then.
    }
  }

  render() {
    return html`<label class="inline">${words.theme}
      <select @change=${(event: Event) => this.use((event.target as HTMLSelectElement).value)}>
        ${Object.entries(words.themes).map(([id, text]) => html`<option value=${id} ?selected=${id === this.scheme}>${text}</option>`)}
      </select></label>`;
  }
}

// What the user knows better: kept in this browser, saved as the CSV that the command line loads.

import { LitElement, html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { save } from "./save";
import { words } from "./words";

export interface Correction { name: string; action: "allow" | ""; note: string }

const KEY = "phonehome.corrections";
const HEADER = "name,match,vendor,purpose,verdict,action,note";

/** What this browser kept; nothing where it keeps nothing, or something else. */
function kept(): Correction[] {
  try {
    const all: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    const isOne = (one: Correction) => [one?.name, one?.action, one?.note].every((text) => typeof text === "string");
    return Array.isArray(all) ? all.filter(isOne) : [];
  } catch {
    return [];
  }
}

let own = kept();

/** Adds a correction, or replaces that of the same name; an empty note and action take it away. */
export function correct(correction: Correction): void {
  const others = own.filter(({ name }) => name !== correction.name);
  own = correction.note || correction.action ? [...others, correction] : others;
  try {
    localStorage.setItem(KEY, JSON.stringify(own));
  } catch {
    // A browser that keeps nothing has them until the page is closed.
  }
  dispatchEvent(new Event("corrections"));
}

/** A cell that a spreadsheet shows and never runs. */
function cell(text: string): string {
  const guarded = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

function csv(all: Correction[]): string {
  const lines = all.map(({ name, action, note }) => [name, "exact", "", "", "", action, note].map(cell).join(","));
  return [HEADER, ...lines, ""].join("\n");
}

/** A CSV of the user's, beside what this browser keeps; forgotten with the page. */
let loaded: { name: string; text: string } | undefined;

/** Everything that is to hold, as texts of CSV. */
export function corrected(): string[] {
  return [...(own.length ? [csv(own)] : []), ...(loaded ? [loaded.text] : [])];
}

@customElement("phonehome-corrections")
export class Corrections extends LitElement {
  @state() private all = own;
  private listen = () => (this.all = [...own]);

  protected createRenderRoot() {
    return this;
  }

  connectedCallback(): void {
    super.connectedCallback();
    addEventListener("corrections", this.listen);
  }

  disconnectedCallback(): void {
    removeEventListener("corrections", this.listen);
    super.disconnectedCallback();
  }

  private async load(file: File | undefined): Promise<void> {
    if (!file) return;
    loaded = { name: file.name, text: await file.text() };
    dispatchEvent(new Event("corrections"));
  }

  render() {
    return html`
      <section class="corrections" aria-label=${words.corrections}>
        <h2>${words.corrections}</h2>
        <p>${words.correctionsHint}</p>
        <p><label class="button">${words.loadCorrections}
          <input type="file" accept=".csv" class="unseen"
            @change=${(event: Event) => this.load((event.target as HTMLInputElement).files?.[0])} />
        </label> ${loaded?.name ?? ""}</p>
        <ul>
          ${this.all.map((one) => html`
            <li>${one.name}: ${one.note || words.mine}
              <button @click=${() => correct({ ...one, action: "", note: "" })}>${words.remove(one.name)}</button></li>`)}
        </ul>
        ${this.all.length ? html`<button @click=${() => save("phonehome-corrections.csv", csv(this.all))}>${words.saveCorrections}</button>` : nothing}
      </section>`;
  }
}

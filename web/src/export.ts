// What a policy would do, and the same as a list for a resolver.

import { LitElement, html, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import gentle from "../../crates/phonehome-cli/presets/gentle.policy?raw";
import things from "../../crates/phonehome-cli/presets/things.policy?raw";
import observe from "../../crates/phonehome-cli/presets/observe.policy?raw";
import type { DeskClient } from "./desk";
import type { Facets } from "./protocol";
import { save } from "./save";
import { words } from "./words";

const PRESETS = { observe, gentle, things };
type Preset = keyof typeof PRESETS;

/** A preset's own words, and its rules: what it came to over our corpus says nothing of these names. */
function parts(text: string): [string, string] {
  const lines = text.split("\n");
  const about = lines.filter((line) => line.startsWith("#") && !line.startsWith("# corpus:"));
  const rules = lines.filter((line) => !line.startsWith("#"));
  return [about.map((line) => line.slice(1).trim()).join(" ").trim(), rules.join("\n").trimStart()];
}

/** The formats and the endings of their files. */
const FORMATS: Record<string, string> = {
  rpz: "zone", adguard: "txt", hosts: "txt", domains: "txt", dnsmasq: "conf", unbound: "conf", "pihole-regex": "txt",
  mikrotik: "rsc", csv: "csv", jsonl: "jsonl", markdown: "md",
};

@customElement("phonehome-export")
export class Export extends LitElement {
  @property({ attribute: false }) desk!: DeskClient;
  @property({ attribute: false }) facets!: Facets;
  @state() private preset: Preset | "own" = "observe";
  @state() private text = parts(observe)[1];
  @state() private mistake = "";
  @state() private format = "adguard";
  @state() private whole = false;

  protected createRenderRoot() {
    return this;
  }

  /** The desk may have another policy, from before the names were cleared. */
  connectedCallback(): void {
    super.connectedCallback();
    void this.apply(this.text, this.preset);
  }

  private async apply(text: string, preset: Preset | "own"): Promise<void> {
    this.text = text;
    this.preset = preset;
    const mistake = await this.desk.ask("setPolicy", text);
    this.mistake = mistake ? words.mistake(mistake.line ?? 0, mistake.column ?? 0, mistake.message) : "";
    if (mistake) return;
    this.dispatchEvent(new CustomEvent("policy"));
  }

  private async save(): Promise<void> {
    const serial = Number(new Date().toISOString().slice(0, 10).replaceAll("-", "")) * 100;
    const wish = { format: this.format, policy: this.preset, serial, whole_base: this.whole };
    const text = await this.desk.ask("export", wish);
    save(`phonehome-${this.format}.${FORMATS[this.format]}`, text);
  }

  render() {
    return html`
      <section class="export" aria-label=${words.policy}>
        <h2>${words.policy}</h2>
        <label>${words.preset}
          <select .value=${this.preset} @change=${(event: Event) => {
            const preset = (event.target as HTMLSelectElement).value as Preset | "own";
            void this.apply(preset === "own" ? this.text : parts(PRESETS[preset])[1], preset);
          }}>
            ${Object.entries(words.presets).map(([id, text]) => html`<option value=${id} ?selected=${id === this.preset}>${text}</option>`)}
          </select>
        </label>
        ${this.preset === "own" ? nothing : html`<p>${parts(PRESETS[this.preset])[0]}</p>`}
        <textarea rows="6" spellcheck="false" aria-label=${words.policy} aria-invalid=${this.mistake ? "true" : "false"}
          .value=${this.text}
          @change=${(event: Event) => this.apply((event.target as HTMLTextAreaElement).value, "own")}></textarea>
        <p role="status">${this.mistake || words.would(this.facets)}
          ${this.facets.blocked && !this.mistake
            ? html`<button class="link" @click=${() => this.dispatchEvent(new CustomEvent("blocked"))}>${words.showBlocked}</button>`
            : nothing}</p>
        <h2>${words.exports}</h2>
        <label>${words.format}
          <select @change=${(event: Event) => (this.format = (event.target as HTMLSelectElement).value)}>
            ${Object.keys(FORMATS).map((id) => html`<option value=${id} ?selected=${id === this.format}>${words.targets[id]}</option>`)}
          </select>
        </label>
        <p class="hint">${words.targetHints[this.format]}</p>
        <label class="choice"><input type="checkbox" .checked=${this.whole} @change=${() => (this.whole = !this.whole)} /> ${words.whole}</label>
        <button @click=${this.save}>${words.save}</button>
      </section>`;
  }
}

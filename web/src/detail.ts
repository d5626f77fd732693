// Everything known about one name: the advice first, the sources last.

import { LitElement, html, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { DeskClient } from "./desk";
import { correct } from "./corrections";
import type { About } from "./protocol";
import { words } from "./words";

interface Explanation {
  name: string; verdict: string; confidence: number; advice: string; advice_text: string;
  vendor: { name: string } | null; platform: { name: string } | null; classes: string[]; region: string | null;
  purposes: { id: string; basis: string }[];
  reasons: { code: string; text: string }[];
  evidence: { title: string; url: string; kind: string; date: string }[];
}

@customElement("phonehome-detail")
export class Detail extends LitElement {
  @property({ attribute: false }) desk!: DeskClient;
  @property() name = "";
  @property({ attribute: false }) edition = 0;
  @property() knowledge = "";
  @state() private answer?: Explanation;
  @state() private about?: About;
  /** What the user says it is, while it is written. */
  @state() private note?: string;

  protected createRenderRoot() {
    return this;
  }

  protected willUpdate(changed: PropertyValues): void {
    if (changed.has("name")) this.note = undefined;
    if (changed.has("name") || changed.has("edition")) void this.load();
  }

  private async load(): Promise<void> {
    const name = this.name;
    const answer = JSON.parse(await this.desk.ask("explain", name)) as Explanation;
    const about = await this.desk.ask("about", answer.name);
    if (name !== this.name) return;
    this.answer = answer;
    this.about = about;
  }

  render() {
    const { answer } = this;
    if (!answer) return nothing;
    const owner = answer.vendor ?? answer.platform;
    return html`
      <aside class="detail" aria-label=${words.detail}>
        <button class="close" @click=${() => this.dispatchEvent(new CustomEvent("close"))}>${words.close}</button>
        <h2>${answer.name}</h2>
        <p class="advice"><span aria-hidden="true" class="icon ${answer.advice}">${words.icons[answer.advice]}</span> ${answer.advice_text}</p>
        <p>${owner ? owner.name : ""}${answer.region ? ` (${answer.region})` : ""}</p>
        ${answer.classes.length ? html`<p>${words.device}: ${answer.classes.join(", ")}</p>` : nothing}
        ${this.about?.count ? html`<p>${words.seen(this.about)}</p>` : nothing}
        <h3>${words.why}</h3>
        <ul>${answer.reasons.map((reason) => html`<li>${reason.text}</li>`)}</ul>
        ${answer.evidence.length ? html`<h3>${words.sources}</h3>
          <ul>${answer.evidence.map((source) => html`<li>${this.source(source)}</li>`)}</ul>` : nothing}
        ${this.about?.domain ? html`<p><button @click=${() => this.under(this.about!.domain)}>${words.under(this.about.domain)}</button></p>` : nothing}
        ${this.corrections(answer)}
      </aside>`;
  }

  private under(domain: string): void {
    this.dispatchEvent(new CustomEvent("under", { detail: domain }));
  }

  private corrections({ name, advice_text: said }: Explanation) {
    if (this.note === undefined) {
      return html`<p>
        <button @click=${() => correct({ name, action: "allow", note: words.mine })}>${words.mineButton}</button>
        <button @click=${() => (this.note = "")}>${words.wrong}</button>
      </p>`;
    }
    return html`
      <label>${words.wrongHint}
        <textarea rows="2" @input=${(event: Event) => (this.note = (event.target as HTMLTextAreaElement).value)}></textarea>
      </label>
      <button ?disabled=${!this.note.trim()} @click=${() => correct({ name, action: "", note: this.note!.trim() })}>${words.keep}</button>
      ${this.note.trim() ? html`<label>${words.report}
        <textarea rows="5" readonly .value=${words.reportText(name, said, this.note.trim(), this.knowledge)}></textarea></label>` : nothing}`;
  }

  private source({ title, url, kind, date }: Explanation["evidence"][number]) {
    const label = `${title} (${kind}, ${date})`;
    // Only what is plainly a web page becomes a link.
    return /^https?:\/\//.test(url) ? html`<a href=${url} rel="noreferrer noopener" target="_blank">${label}</a>` : label;
  }
}

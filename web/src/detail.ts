// Everything known about one name: the advice first, the sources last.

import { LitElement, html, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { DeskClient } from "./desk";
import { correct } from "./corrections";
import type { About } from "./protocol";
import { words } from "./words";

/** What is read here of the JSON object that every surface hands out. */
interface Explanation {
  name: string; verdict: string; advice: string; advice_text: string;
  reasons: { code: string; text: string }[];
  evidence: { title: string; url: string | null; kind: string; date: string }[];
}

const wide = matchMedia("(min-width: 60rem)");

@customElement("phonehome-detail")
export class Detail extends LitElement {
  @property({ attribute: false }) desk!: DeskClient;
  @property() name = "";
  @property({ attribute: false }) edition = 0;
  @property() knowledge = "";
  @state() private answer?: Explanation;
  @state() private about?: About;
  private shown = "";
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
    const isNew = name !== this.shown;
    this.shown = name;
    this.answer = answer;
    this.about = about;
    await this.updateComplete;
    // Where there is no room beside the table it opens above it, perhaps out of sight.
    if (isNew && !wide.matches) this.scrollIntoView({ block: "start" });
  }

  render() {
    const { answer } = this;
    if (!answer) return nothing;
    const [first, rest] = split(answer.advice_text);
    // That no entry covers it is no news where the name itself gave a reason.
    const reasons = answer.reasons.filter(({ code }) => code !== "kb.none" || answer.reasons.length === 1);
    const { about } = this;
    return html`
      <aside class="detail" aria-label=${words.detail}>
        <button class="close" @click=${() => this.dispatchEvent(new CustomEvent("close"))}>${words.close}</button>
        <h2>${answer.name}</h2>
        <p class="advice"><span aria-hidden="true" class="icon ${answer.advice}">${words.icons[answer.advice]}</span> ${first}</p>
        ${rest ? html`<p>${rest}</p>` : nothing}
        ${["suspicious", "risky", "malicious"].includes(answer.verdict) ? html`<p>${words.lookAfter}</p>` : nothing}
        <dl class="facts">
          ${about?.facts.map(([label, text]) => html`<div><dt>${label}</dt><dd>${text}</dd></div>`)}
        </dl>
        ${about?.count ? html`<p>${words.seen(about)}</p>` : nothing}
        <h3>${words.why}</h3>
        <ul>${reasons.map((reason) => html`<li>${reason.text}</li>`)}</ul>
        ${answer.evidence.length ? html`<h3>${words.sources}</h3>
          <ul>${answer.evidence.map((source) => html`<li>${this.source(source)}</li>`)}</ul>` : nothing}
        ${about?.domain ? html`<p><button @click=${() => this.under(about.domain)}>${words.under(about.domain)}</button></p>` : nothing}
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
      </p>
      <p class="hint">${words.mineHint}</p>`;
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
    return url && /^https?:\/\//.test(url) ? html`<a href=${url} rel="noreferrer noopener" target="_blank">${label}</a>` : label;
  }
}

/** The advice itself, and what else is said of it. */
function split(text: string): [string, string] {
  const end = text.search(/\. /) + 1;
  return end ? [text.slice(0, end), text.slice(end + 1)] : [text, ""];
}

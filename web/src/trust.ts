// What answers rest on, and why nothing leaves: the page's own policy, read from the page and put into words.

import { LitElement, html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { ListInfo } from "./protocol";
import { plural, words } from "./words";
import "./theme";

/** The directives that this page was opened with, in order. */
function directives(): [string, string][] {
  const policy = document.querySelector<HTMLMetaElement>('meta[http-equiv="Content-Security-Policy"]')?.content ?? "";
  return policy.split("; ").filter(Boolean).map((rule) => {
    const [name, ...values] = rule.split(" ");
    return [name, values.join(" ")];
  });
}

@customElement("phonehome-trust")
export class Trust extends LitElement {
  @property() knowledge = "";
  @property({ attribute: false }) lists: ListInfo[] = [];

  protected createRenderRoot() {
    return this;
  }

  private take(event: Event): void {
    const input = event.target as HTMLInputElement;
    this.dispatchEvent(new CustomEvent("pack", { detail: input.files?.[0] }));
    // The same file can be given again.
    input.value = "";
  }

  render() {
    const rules = directives();
    return html`
      <p>${words.promise}</p>
      <details>
        <summary>${words.policyShown}</summary>
        ${rules.length ? nothing : html`<p>${words.noPolicy}</p>`}
        <dl class="rules">
          ${rules.map(([name, value]) => html`
            <div><dt><code>${name} ${value}</code></dt><dd>${words.directives[name] ?? ""}</dd></div>`)}
        </dl>
        <p>${words.kept}</p>
      </details>
      <p>${this.knowledge}</p>
      ${this.lists.length ? html`<ul>${this.lists.map(({ name, kind, rules }) => html`
        <li>${words.list(name, kind, plural(rules, "rule", "rules"))}</li>`)}</ul>` : nothing}
      <div class="buttons">
        <label class="button">${words.pack}
          <input type="file" accept=".pack" class="unseen" @change=${this.take} />
        </label>
        <phonehome-theme></phonehome-theme>
      </div>`;
  }
}

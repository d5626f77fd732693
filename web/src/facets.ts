// What to look at: search, order, and a list of choices for each facet.

import { LitElement, html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Facets, Filter, Grouping, Sort, Value } from "./protocol";
import { count, words } from "./words";

type Kind = "advice" | "groups" | "verdicts" | "classes" | "owners";
const KINDS: Kind[] = ["advice", "classes", "groups", "verdicts", "owners"];
/** Where there is room the choices are open from the start. */
const wide = matchMedia("(min-width: 60rem)");
/** Choices of a facet that are shown at first. */
const SHOWN = 12;

@customElement("phonehome-facets")
export class FacetList extends LitElement {
  @property({ attribute: false }) facets!: Facets;
  @property({ attribute: false }) filter!: Required<Filter>;

  protected createRenderRoot() {
    return this;
  }

  private narrow(detail: Partial<Filter>): void {
    this.dispatchEvent(new CustomEvent("narrow", { detail }));
  }

  private toggle(kind: Kind, id: string): void {
    const chosen = this.filter[kind];
    this.narrow({ [kind]: chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id] });
  }

  render() {
    const { filter } = this;
    return html`
      <details class="filters" ?open=${wide.matches}>
      <summary>${words.filters}</summary>
      <form class="facets" @submit=${(event: Event) => event.preventDefault()}>
        <label>${words.search}
          <input type="search" .value=${filter.text}
            @input=${(event: Event) => this.narrow({ text: (event.target as HTMLInputElement).value })} />
        </label>
        <label>${words.sort}
          <select @change=${(event: Event) => this.narrow({ sort: (event.target as HTMLSelectElement).value as Sort })}>
            ${Object.entries(words.sorts).map(([id, text]) => html`<option value=${id} ?selected=${id === filter.sort}>${text}</option>`)}
          </select>
        </label>
        <label>${words.group}
          <select @change=${(event: Event) => this.narrow({ group: (event.target as HTMLSelectElement).value as Grouping })}>
            ${Object.entries(words.groups).map(([id, text]) => html`<option value=${id} ?selected=${id === filter.group}>${text}</option>`)}
          </select>
        </label>
        <label class="choice"><input type="checkbox" .checked=${filter.not}
          @change=${() => this.narrow({ not: !filter.not })} /> ${words.not}</label>
        ${KINDS.filter((kind) => this.facets[kind].length).map((kind) => this.facet(kind, this.facets[kind]))}
      </form>
      </details>`;
  }

  private facet(kind: Kind, values: Value[]) {
    const rest = values.slice(SHOWN);
    return html`
      <fieldset>
        <legend>${words.facets[kind]}</legend>
        ${values.slice(0, SHOWN).map((value) => this.choice(kind, value))}
        ${rest.length
          ? html`<details><summary>${words.allOf(values.length)}</summary>${rest.map((value) => this.choice(kind, value))}</details>`
          : nothing}
      </fieldset>`;
  }

  private choice(kind: Kind, { id, text, count: names }: Value) {
    return html`
      <label class="choice">
        <input type="checkbox" .checked=${this.filter[kind].includes(id)} @change=${() => this.toggle(kind, id)} />
        ${words.icons[id] ? html`<span aria-hidden="true" class="icon ${id}">${words.icons[id]}</span>` : nothing} ${text}
        <span class="count">${count(names)}</span>
      </label>`;
  }
}

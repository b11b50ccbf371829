import { firstOf } from "../core/rules/and-more.ts";
import { ticketRef } from "../core/ledger/ids.ts";
import { count } from "../messages/format.ts";
import { type Stuck, stuckOnPage } from "../messages/stuck.ts";
import { html, type Html } from "./html.ts";
import { layout } from "./layout.ts";
import { rendered } from "./markdown.ts";

/** How many are named on the list; the others are counted. */
const NAMED_MAX = 10;

/** Above the list: tickets that nobody works on any more, also those that are in no list because they never began. */
export function stuckTickets(stuck: readonly Stuck[]): Html | null {
  if (stuck.length === 0) return null;
  const keys = [...new Set(stuck.map(({ ticket }) => ticket))];
  const { shown, more } = firstOf(keys, NAMED_MAX);
  const named = shown.map((key, index) => {
    const { owner, name, number } = ticketRef(key);
    return html`${index > 0 ? ", " : " "}<a class="mono" href="/tickets/${owner}/${name}/${number}">${key}</a>`;
  });
  return html`<p class="warning" role="alert">
    ${count(keys.length, "ticket is", "tickets are")} stuck:${named}${more}.
  </p>`;
}

export function stuckWarning(stuck: readonly Stuck[]): Html | null {
  if (stuck.length === 0) return null;
  return html`<div class="warning" role="alert">${stuck.map((one) => rendered(stuckOnPage(one)))}</div>`;
}

/** The page of a ticket that has no ledger yet, and whose first job failed. */
export function stuckPage(stuck: readonly Stuck[]): string | null {
  const [first] = stuck;
  if (!first) return null;
  const main = html`<div class="head ticket">
      <p class="muted crumbs"><a href="/">Tickets</a> / <span class="mono">${first.ticket}</span></p>
      <h1>${first.ticket}</h1>
    </div>
    ${stuckWarning(stuck)}`;
  return layout(`${first.ticket} · Cooperations`, main);
}

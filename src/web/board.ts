import { ticketRef } from "../core/ledger/ids.ts";
import { PHASES, type Phase } from "../core/ticket/phase.ts";
import { count, dollars } from "../messages/format.ts";
import { PHASE_WORDS } from "../messages/phases.ts";
import { type Filter, filtered } from "./filter.ts";
import { html, type Html } from "./html.ts";
import { layout } from "./layout.ts";
import { EMPTY, NONE, pageHead, pager, pill, search } from "./list-page.ts";
import { shownTitle } from "./shown-title.ts";
import type { TicketSummary } from "./summary.ts";

const TITLE = "Board · Cooperations";

/** A column of tickets that have ended; those before are found in the list. */
const ENDED_SHOWN_MAX = 10;

/** The same tickets as the list, a column a phase. */
export function boardPage(all: readonly TicketSummary[], filter: Filter, visitor?: string, isMore = false): string {
  const tickets = filtered(all, filter);
  const phases = (Object.keys(PHASES) as Phase[]).filter((phase) => tickets.some((one) => one.phase === phase));
  if (all.length === 0) return layout(TITLE, html`${pageHead("Board", tickets, visitor)}${EMPTY}`, "/live");
  const main = html`${pageHead("Board", tickets, visitor)}${search(filter, "/board")}
    ${phases.length === 0 ? NONE : null}
    <div class="board" role="group" aria-label="Tickets by phase">
      ${phases.map((phase) =>
        column(
          phase,
          tickets.filter((one) => one.phase === phase),
        ),
      )}
    </div>
    ${pager(filter, "/board", all.length, isMore)}`;
  return layout(TITLE, main, "/live");
}

function column(phase: Phase, tickets: readonly TicketSummary[]): Html {
  const newest = [...tickets].sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1));
  const shown = PHASES[phase].turn === "nobody" ? newest.slice(0, ENDED_SHOWN_MAX) : newest;
  const more = newest.length - shown.length;
  return html`<section aria-label="${PHASE_WORDS[phase]}">
    <h2>${pill(phase)} <span class="muted">${tickets.length}</span></h2>
    <ul>
      ${shown.map(card)}
    </ul>
    ${more > 0 ? html`<p class="muted"><a href="/?phase=${phase}">${count(more, "more ticket")}</a></p>` : null}
  </section>`;
}

function card(ticket: TicketSummary): Html {
  const { owner, name, number } = ticketRef(ticket.key);
  return html`<li>
    <a href="/tickets/${owner}/${name}/${number}">${shownTitle(ticket.title)}</a>
    <p class="muted"><span class="mono">${ticket.key}</span></p>
    <p class="muted">
      ${ticket.type} ·
      ${dollars(ticket.costMicroUsd)}${ticket.round > 0 ? ` · ${count(ticket.round, "fix round")}` : ""}
    </p>
  </li>`;
}

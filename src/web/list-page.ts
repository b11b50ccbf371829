import { ticketRef } from "../core/ledger/ids.ts";
import type { Phase } from "../core/ticket/phase.ts";
import { count, dollars, utc } from "../messages/format.ts";
import { PHASE_WORDS } from "../messages/phases.ts";
import type { Stuck } from "../messages/stuck.ts";
import { type Filter, filtered, queryOf } from "./filter.ts";
import { html, type Html } from "./html.ts";
import { layout } from "./layout.ts";
import { shownTitle } from "./shown-title.ts";
import { stuckTickets } from "./stuck.ts";
import type { TicketSummary } from "./summary.ts";

/** The first thing a visitor sees: every ticket, those that wait for a person first. */
export function listPage(
  all: readonly TicketSummary[],
  filter: Filter = { words: "", phase: null },
  visitor?: string,
  stuck: readonly Stuck[] = [],
  isMore = false,
): string {
  const tickets = filtered(all, filter);
  const main = html`${pageHead("Tickets", tickets, visitor)}${stuckTickets(stuck)}
  ${all.length === 0 ? EMPTY : html`${search(filter, "/")}${tickets.length === 0 ? NONE : list([...tickets].sort(byNeed))}`}
  ${pager(filter, "/", all.length, isMore)}`;
  return layout("Tickets · Cooperations", main, "/live");
}

/** What of the tickets is not on this page, and the way to it. Nothing where all are. */
export function pager(filter: Filter, path: string, shown: number, isMore: boolean): Html | null {
  const { page = 1 } = filter;
  if (page === 1 && !isMore) return null;
  const to = (there: number) => `${path}${queryOf({ ...filter, page: there })}`;
  const what = page === 1 ? `the ${shown} that changed last` : `${shown} that changed before those of page ${page - 1}`;
  return html`<nav class="muted" aria-label="More tickets">
    <p>
      Listed and searched here are ${what}. ${page > 1 ? html`<a href="${to(page - 1)}">Newer tickets</a> ` : null}
      ${isMore ? html`<a href="${to(page + 1)}" rel="next">Older tickets</a>` : null}
    </p>
  </nav>`;
}

export function pageHead(title: string, tickets: readonly TicketSummary[], visitor?: string): Html {
  const waiting = tickets.filter((one) => TONES[one.phase] === "waiting" || one.phase === "blocked");
  return html`<div class="head">
    <h1>${title}</h1>
    <p class="muted">
      ${count(tickets.length, "ticket")}${waiting.length > 0 ? `, ${waiting.length} waiting for a person` : ""}
    </p>
    ${visitor === undefined ? null : leave(visitor)}
  </div>`;
}

/** What a phase means to somebody who looks: is it my turn, is it running, is it over? */
const TONES: Readonly<Record<Phase, "working" | "waiting" | "good" | "bad" | "quiet">> = {
  planning: "working",
  epic: "working",
  implementing: "working",
  reviewing: "working",
  question: "waiting",
  "plan-approval": "waiting",
  "test-approval": "waiting",
  ready: "waiting",
  blocked: "bad",
  parked: "quiet",
  stopped: "quiet",
  merged: "good",
};

const ORDER = ["bad", "waiting", "working", "quiet", "good"] as const;

function byNeed(a: TicketSummary, b: TicketSummary): number {
  const need = ORDER.indexOf(TONES[a.phase]) - ORDER.indexOf(TONES[b.phase]);
  return need || (a.updatedAt < b.updatedAt ? 1 : -1);
}

export function pill(phase: Phase): Html {
  return html`<span class="pill ${TONES[phase]}">${PHASE_WORDS[phase]}</span>`;
}

function ticketPath(key: string): string {
  const { owner, name, number } = ticketRef(key);
  return `/tickets/${owner}/${name}/${number}`;
}

/** @param path of the page that shows what was found */
export function search(filter: Filter, path: string): Html {
  const { words, phase } = filter;
  const option = (value: string, name: string) =>
    value === (phase ?? "")
      ? html`<option value="${value}" selected>${name}</option>`
      : html`<option value="${value}">${name}</option>`;
  return html`<form class="search" method="get" action="${path}" role="search">
    <label>Search <input type="search" name="q" value="${words}" /></label>
    <label
      >Phase
      <select name="phase">
        ${option("", "all")} ${Object.entries(PHASE_WORDS).map(([value, name]) => option(value, name))}
      </select></label
    >
    <button>Show</button>
    <span class="muted"
      ><a href="/tickets.csv${queryOf(filter)}">CSV</a> · <a href="/tickets.json${queryOf(filter)}">JSON</a></span
    >
  </form>`;
}

function leave(visitor: string): Html {
  return html`<form class="leave" method="post" action="/logout">
    <span class="muted">@${visitor}</span> <button>Log out</button>
  </form>`;
}

export const NONE = html`<p class="muted">No ticket is like that.</p>`;

function list(tickets: readonly TicketSummary[]): Html {
  return html`<ul class="tickets">
    ${tickets.map(row)}
  </ul>`;
}

function row(ticket: TicketSummary): Html {
  return html`<li>
    <div class="what">
      <a href="${ticketPath(ticket.key)}">${shownTitle(ticket.title)}</a>
      <p class="muted">
        <span class="mono">${ticket.key}</span> ·
        ${ticket.type}${ticket.pull === null ? "" : ` · pull request #${ticket.pull}`}
      </p>
    </div>
    <p class="where">${pill(ticket.phase)}</p>
    <p class="numbers">
      <span>${dollars(ticket.costMicroUsd)}</span>
      ${ticket.round > 0 ? html`<span class="muted">${count(ticket.round, "fix round")}</span>` : null}
    </p>
    <p class="when muted"><time datetime="${ticket.updatedAt}">${utc(ticket.updatedAt)}</time></p>
  </li>`;
}

export const EMPTY = html`<section class="empty">
  <h2>No tickets yet</h2>
  <p>Put the label <code>coop</code> on an issue of a repository that this App is installed on.</p>
  <p class="muted">The plan, the reviews and the proof will show up here as they are written to the thread.</p>
</section>`;

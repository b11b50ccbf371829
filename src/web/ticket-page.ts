import type { ChainFault, Entry } from "../core/ledger/chain.ts";
import { fold } from "../core/ticket/fold.ts";
import { ROLES, shortSha } from "../core/ledger/ids.ts";
import { unfinishedSpend } from "../core/ticket/projection.ts";
import { phaseOf, type Ticket, typeOf } from "../core/ticket/ticket.ts";
import { capital, cost, count, dollars, kindWords, ROLE_TITLES } from "../messages/format.ts";
import { costOfParts, partRows } from "../messages/epic.ts";
import { PROOF_NAMES, proofGlyph, proofSummary } from "../messages/proof.ts";
import { doing, nextStep } from "../messages/status.ts";
import type { Stuck } from "../messages/stuck.ts";
import type { Would } from "../messages/would.ts";
import { html, type Html } from "./html.ts";
import { layout } from "./layout.ts";
import { pill } from "./list-page.ts";
import { glyph, rendered } from "./markdown.ts";
import type { Now } from "../telemetry/telemetry.ts";
import { faultWarning, nowShown } from "./now.ts";
import { progressBar } from "./progress.ts";
import { wouldWrite } from "./dry-run.ts";
import { shownTitle } from "./shown-title.ts";
import { TABLES } from "./tables.ts";
import { stuckWarning } from "./stuck.ts";
import { thread } from "./thread.ts";

export type TicketView = {
  /** Those that hold. */
  readonly entries: readonly Entry[];
  /** The first entry that does not hold, when somebody tampered with the database. It and what follows is not among the entries. */
  readonly fault: ChainFault | null;
  /** Where issues and pull requests are looked at, such as `https://github.com`; null where nobody can. */
  readonly forgeUrl: string | null;
  /** What a dry run would have written there. */
  readonly would?: readonly Would[];
  /** What its step does right now, in whatever process. */
  readonly now?: Now | null;
  /** Its jobs that the queue has put aside. */
  readonly stuck?: readonly Stuck[];
};

/** @returns null when there is no such ticket */
export function ticketPage(view: TicketView): string | null {
  const { entries, fault } = view;
  const ticket = fold(entries);
  if (!ticket) return null;
  const main = html`<div class="head ticket">
      <p class="muted crumbs">
        <a href="/">Tickets</a> / ${links(ticket, view.forgeUrl)}${ticket.change ? change(ticket) : null}
      </p>
      <h1>${shownTitle(ticket.text.title)}</h1>
      <div class="now">
        ${pill(phaseOf(ticket))}
        <div class="doing">${rendered(doing(ticket))}${nowShown(view.now ?? null, Date.now())}</div>
      </div>
      ${progressBar(ticket)}
    </div>
    ${faultWarning(fault)}${stuckWarning(view.stuck ?? [])}
    <div class="columns">
      <aside aria-label="Facts">
        ${next(ticket)}${parts(ticket)}${roles(ticket)}${proof(ticket)}${facts(ticket, entries, fault)}
      </aside>
      <section aria-label="Thread">
        ${ticket.route?.dryRun ? wouldWrite(view.would ?? []) : null}
        <h2 class="unseen">Thread</h2>
        ${thread(entries)}
      </section>
    </div>`;
  const { owner, name, number } = ticket.ref;
  return layout(`${ticket.text.title} · ${ticket.key}`, main, `/live/${owner}/${name}/${number}`);
}

function links(ticket: Ticket, forgeUrl: string | null): Html {
  const { owner, name, number } = ticket.ref;
  const pull = ticket.pull?.number;
  if (!forgeUrl) return html`<span class="mono">${ticket.key}</span>${pull ? html` · pull request #${pull}` : null}`;
  const base = `${forgeUrl}/${owner}/${name}`;
  return html`<a class="mono" href="${base}/issues/${number}" rel="noreferrer">${ticket.key}</a>${
      pull ? html` · <a href="${base}/pull/${pull}" rel="noreferrer">pull request #${pull}</a>` : null
    }`;
}

function change({ ref: { owner, name, number } }: Ticket): Html {
  return html` · <a href="/tickets/${owner}/${name}/${number}/diff">change and findings</a>`;
}

function next(ticket: Ticket): Html {
  return html`<section class="card next">
    <h2>Next</h2>
    ${rendered(capital(nextStep(ticket)))}
  </section>`;
}

function parts(ticket: Ticket): Html | null {
  if (!ticket.epic) return null;
  const rows = partRows(ticket).map(
    ([part, issue, state, paid]) =>
      html`<li>
        ${rendered(part.replace(".", "\\."))}
        <span class="cost">${paid}</span>
        <span class="model">${issue} · ${rendered(state)}</span>
      </li>`,
  );
  return html`<section class="card">
    <h2>Parts</h2>
    <ul class="roles">
      ${rows}
    </ul>
    <p class="muted">All parts: ${costOfParts(ticket)}</p>
  </section>`;
}

function roles(ticket: Ticket): Html | null {
  const { assignment } = ticket;
  if (!assignment) return null;
  const rest = unfinishedSpend(ticket);
  const rows = ROLES.map((role) => {
    const paid = ticket.spendByRole.get(role);
    return html`<li>
      <strong><span class="dot ${role}"></span>${ROLE_TITLES[role]}</strong>
      <span class="cost">${paid ? cost(paid) : "–"}</span>
      <span class="model"><span class="mono">${assignment[role].model}</span> · ${assignment[role].vendor}</span>
    </li>`;
  });
  return html`<section class="card">
    <h2>Who plays which role</h2>
    <ul class="roles">
      ${rows}${rest ? html`<li><strong>Unfinished tries</strong><span class="cost">${cost(rest)}</span></li>` : null}
    </ul>
  </section>`;
}

function proof(ticket: Ticket): Html | null {
  if (!ticket.proof) return null;
  return html`<section class="card">
    <h2>Proof</h2>
    <p class="muted">
      ${proofSummary(ticket.proof.items)}, for <span class="mono">${shortSha(ticket.proof.headSha)}</span>
    </p>
    <ul class="proof">
      ${ticket.proof.items.map(
        (item) =>
          html`<li>
            <details>
              <summary>
                ${glyph(proofGlyph(item))} ${PROOF_NAMES[item.id]}
                <span class="muted">${item.state}${item.required ? "" : ", not required"}</span>
              </summary>
              <p>
                ${item.evidence}${item.code === undefined ? null : html` <span class="mono muted">${item.code}</span>`}
              </p>
            </details>
          </li>`,
      )}
    </ul>
  </section>`;
}

/** Everything on this page as tables. */
function files({ ref: { owner, name, number } }: Ticket): Html {
  const at = `/tickets/${owner}/${name}/${number}`;
  return html`<p class="muted">
    As tables: <a href="${at}.json">JSON</a>, or CSV of
    ${TABLES.map((table, index) => html`${index > 0 ? ", " : ""}<a href="${at}/${table}.csv">${table}</a>`)}
  </p>`;
}

function facts(ticket: Ticket, entries: readonly Entry[], fault: ChainFault | null): Html {
  const route = ticket.route;
  const budget = route ? ` of ${dollars(route.budgetMicroUsd + ticket.raisedMicroUsd)}` : "";
  const blockers = [...ticket.findings.values()].filter((one) => one.finding.severity === "blocker");
  const fixed = blockers.filter((one) => one.state === "resolved").length;
  return html`<section class="card">
    <h2>Facts</h2>
    <dl>
      <dt>Kind</dt>
      <dd>
        ${route ? `${kindWords({ size: route.size, type: typeOf(ticket) })}, ${route.risk} risk` : typeOf(ticket)}
      </dd>
      <dt>Fix rounds</dt>
      <dd>${ticket.change?.last?.round ?? 0} used</dd>
      <dt>Blockers</dt>
      <dd>${blockers.length === 0 ? "none found" : `${blockers.length} found, ${fixed} fixed`}</dd>
      <dt>Cost</dt>
      <dd>${cost(ticket.spend)}${budget}</dd>
      <dt>Model calls</dt>
      <dd>${count(ticket.spend.calls, "call")}</dd>
      <dt>Ledger</dt>
      <dd>${count(entries.length, "entry", "entries")}, ${fault ? `broken at ${fault.seq}` : "chain holds"}</dd>
    </dl>
    ${files(ticket)}
  </section>`;
}

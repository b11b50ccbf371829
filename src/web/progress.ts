import { isReady, openBlockers, type Ticket, typeOf } from "../core/ticket/ticket.ts";
import { html, type Html } from "./html.ts";

/** How far a ticket has come, as the stations of its workflow. */
type Station = { readonly name: string; readonly state: "done" | "current" | "ahead" | "halted" };

export function stations(ticket: Ticket): Station[] {
  const reached = milestones(ticket);
  const at = reached.findIndex(([, done]) => !done);
  const now = ticket.halt || ticket.end?.as === "stopped" ? "halted" : "current";
  return reached.map(([name], index) => ({
    name,
    state: at < 0 || index < at ? "done" : index === at ? now : "ahead",
  }));
}

function milestones(ticket: Ticket): [string, boolean][] {
  const head = ticket.change?.headSha;
  const seen = (role: "reviewer" | "adversary") => head !== undefined && ticket.reviews[role]?.headSha === head;
  const merged = ticket.end?.as === "merged";
  const written = Boolean(ticket.change && ticket.pull) && ticket.rework.state === "done";
  const before: [string, boolean][] = ticket.opened.pull
    ? []
    : [
        ...(typeOf(ticket) === "bug" ? [["Root cause", ticket.diagnosis !== null] as [string, boolean]] : []),
        ["Plan", Boolean(ticket.plan?.approvedBy) || ticket.change !== null],
        ["Implement", written && openBlockers(ticket).length === 0],
      ];
  const all: [string, boolean][] = [
    ["Opened", ticket.route !== null],
    ...before,
    ["Review", seen("reviewer")],
    ["Attack", seen("adversary")],
    ["Proof", isReady(ticket)],
    ["Merge", merged],
  ];
  return merged ? all.map(([name]) => [name, true]) : all;
}

const SPOKEN = { done: "done", current: "now", ahead: "ahead", halted: "halted here" } as const;

export function progressBar(ticket: Ticket): Html {
  const items = stations(ticket).map(
    ({ name, state }) =>
      html`<li class="${state}" ${state === "current" ? ARIA_CURRENT : ""}>
        <span>${name}</span><span class="unseen">${SPOKEN[state]}</span>
      </li>`,
  );
  return html`<ol class="progress" aria-label="Progress">
    ${items}
  </ol>`;
}

const ARIA_CURRENT: Html = html`aria-current="step"`;

import { shortSha } from "../../core/ledger/ids.ts";
import { phaseOf, type Ticket } from "../../core/ticket/ticket.ts";
import { count } from "../../messages/format.ts";
import { testRequestLines } from "../../messages/test-changes.ts";
import { partsDoing } from "../../messages/epic.ts";
import { staysOnBranch } from "../../messages/phases.ts";
import { deskBranch } from "../../desk/branch-name.ts";
import type { Ending } from "./told.ts";
import { plain } from "../terminal.ts";

/** Where there is nothing to list. */
export const NO_TICKETS = "No tickets yet. `coop run ticket.md` begins one.";

/** The command that goes on from where a ticket stands. */
export function nextOf(ticket: Ticket, number: number): string | null {
  switch (phaseOf(ticket)) {
    case "merged":
    case "stopped":
      // The next part of its epic may begin.
      return ticket.opened.parent ? `coop resume ${ticket.opened.parent.issue}` : null;
    case "epic":
      return `coop resume ${number}`;
    case "plan-approval":
      return `coop resume ${number} --yes plan`;
    case "test-approval":
      return `coop resume ${number} --say "/coop approve"`;
    case "ready":
      return `coop resume ${number} --yes merge`;
    case "question":
      return `coop resume ${number} --say "your answer"`;
    default: {
      // To collect the proof again on the same machine gives the same: what a person can let pass is offered first.
      const item = ticket.halt?.reason === "unproven" && acceptable(ticket.halt.next);
      if (item) return `coop resume ${number} --say "/coop accept ${item} <why>"`;
      const [first = "/coop resume"] = (ticket.halt?.next ?? []).flatMap(
        (line) => /`(\/coop [^`]+)`/.exec(line)?.[1] ?? [],
      );
      return first === "/coop resume" ? `coop resume ${number}` : `coop resume ${number} --say "${first}"`;
    }
  }
}

/** Of `/coop accept verification|checks <why>` the items, as one command takes them. */
function acceptable(next: readonly string[]): string | null {
  const items = next.map((line) => /`\/coop accept ([a-z-]+[|a-z-]*) <why>`/.exec(line)?.[1]).find(Boolean);
  return items?.replaceAll("|", ",") ?? null;
}

/** Where a run has come to, in one sentence. @param into the branch that the person wanted it in; null: it stays on its own */
function sentenceOf(ticket: Ticket, number: number, into: string | null): string {
  const { change } = ticket;
  const head = change ? `${change.branch} at ${shortSha(change.headSha)}` : "";
  switch (phaseOf(ticket)) {
    case "epic":
      return `Ticket ${number} is built part by part. ${plain(partsDoing(ticket))}`;
    case "merged":
      if (ticket.epic) return `Done: ${plain(partsDoing(ticket))}`;
      if (!staysOnBranch(ticket))
        return `Done: ${head} is proven, approved and merged${into === null ? "" : ` into ${into}`} as ${shortSha(ticket.end?.sha ?? "")}.`;
      return into === null
        ? `Done: ${head} is proven and approved. Where you want it, run \`git merge ${change?.branch ?? ""}\`.`
        : `Done: ${head} is proven and approved, and ${into} was moved forward to it.`;
    case "stopped":
      return `Ticket ${number} was stopped by ${ticket.end?.by ?? "somebody"}.`;
    case "plan-approval":
      return `Ticket ${number} waits for a yes to its plan.`;
    case "test-approval":
      return `Ticket ${number} waits for a word on ${count(ticket.testRequests.open.length, "old test")} that its plan does not name.`;
    case "question":
      return `Ticket ${number} waits for an answer: ${ticket.questions.asked.map(plain).join(" ")}`;
    case "ready":
      return `Ticket ${number} waits for a yes to ${head}, which is reviewed and proven.`;
    default:
      return `Ticket ${number} is halted: ${plain(ticket.halt?.sentence ?? "it waits for a person.")}`;
  }
}

/** Of a ticket that has no ledger yet, or whose parts have one each. */
export function nothing(ticket: number) {
  const spend = { calls: 0, inputTokens: 0, outputTokens: 0, costMicroUsd: 0, unpricedTokens: 0 };
  return { ticket, details: [], branch: null, headSha: null, spend };
}

export function endingOf(ticket: Ticket, number: number, exitCode: number, into: string | null = null): Ending {
  const phase = phaseOf(ticket);
  const headSha = ticket.change?.headSha ?? null;
  const asked = phase === "test-approval" ? testRequestLines(ticket).map(plain) : [];
  return {
    ...{ ticket: number, phase, branch: headSha && deskBranch(number), headSha, exitCode, spend: ticket.spend },
    next: nextOf(ticket, number),
    sentence: sentenceOf(ticket, number, into),
    details: ticket.end ? [] : (ticket.halt?.details ?? asked),
  };
}

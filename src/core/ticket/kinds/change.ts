import { answered } from "../findings.ts";
import { handed, lastBy, paid, progress } from "../progress.ts";
import { requested } from "../test-requests.ts";
import type { Change, Ticket } from "../ticket.ts";
import type { EntryData } from "../../ledger/entries.ts";
import { atOnce, type Kind, withTheNext } from "./kind.ts";

export const implemented: Kind<"implemented"> = {
  fold: written,
  // Only who asked for a rework waits for it. Otherwise what the reviewers say of it is read together with it.
  isAwaited: (_, before) => before.pull !== null && before.rework.state === "pending",
  role: "implementer",
};

function written(ticket: Ticket, data: EntryData<"implemented">, at: string): Ticket {
  const before = ticket.change;
  const change: Change = {
    branch: data.branch,
    baseSha: data.baseSha,
    headSha: data.headSha,
    round: data.round,
    authors: lastBy(before?.authors ?? [], data.model),
    person: before?.person ?? null,
    vendor: data.vendor,
    last: data,
    since: at,
    heads: [...(before?.heads ?? []), data.headSha],
  };
  const next = {
    ...ticket,
    change,
    findings: answered(ticket.findings, data.answers),
    testRequests: requested(ticket, data.testChanges),
    rework: { ...ticket.rework, state: "done" as const },
    proof: null,
    proofs: 0,
    mergeApproval: null,
    work: null,
  };
  return handed(paid(next, "implementer", data.spend), data.handoff);
}

export const pullRequestOpened: Kind<"pull_request_opened"> = {
  fold: (ticket, { number, branch: from, baseBranch }) =>
    progress({ ...ticket, pull: { number, branch: from, baseBranch } }),
  // The pull request speaks for itself.
  isAwaited: withTheNext,
  role: null,
};

export const headMoved: Kind<"head_moved"> = { fold: pushed, isAwaited: withTheNext, role: null };

function pushed(ticket: Ticket, data: EntryData<"head_moved">, at: string): Ticket {
  const change = ticket.change;
  if (!change) return ticket;
  const authors = lastBy(change.authors, `@${data.by}`);
  return {
    ...ticket,
    proofs: 0,
    change: {
      ...change,
      headSha: data.to,
      baseSha: data.baseSha ?? change.baseSha,
      since: at,
      authors,
      person: { by: data.by, byId: data.byId },
      heads: [...change.heads, data.to],
    },
    proof: null,
    mergeApproval: null,
  };
}

export const baseChanged: Kind<"base_changed"> = { fold: retargeted, isAwaited: atOnce, role: null };

/** Reviews, proof and every yes were about the change as it differed from the old base. */
function retargeted(ticket: Ticket, data: EntryData<"base_changed">, at: string): Ticket {
  if (!ticket.change || !ticket.pull) return ticket;
  return {
    ...ticket,
    pull: { ...ticket.pull, baseBranch: data.to },
    change: { ...ticket.change, baseSha: data.baseSha, since: at },
    reviews: { reviewer: null, adversary: null },
    retargets: ticket.retargets + 1,
    proof: null,
    proofs: 0,
    protectedAccepted: null,
    accepted: [],
    mergeApproval: null,
  };
}

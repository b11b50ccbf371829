import { dismissed, judged, settled } from "../findings.ts";
import { handed, paid } from "../progress.ts";
import { heard } from "../survivors.ts";
import { openBlockers, type Ticket } from "../ticket.ts";
import type { EntryData } from "../../ledger/entries.ts";
import { atOnce, type Kind, withTheNext } from "./kind.ts";

export const reviewed: Kind<"reviewed"> = {
  fold: looked,
  // A review that found nothing is read with what comes after it: the other review, or the proof.
  isAwaited: ({ verdict, findings }) => verdict !== "pass" || findings.length > 0,
  role: ({ role }) => role,
};

function looked(ticket: Ticket, data: EntryData<"reviewed">): Ticket {
  const findings = heard(judged(ticket.findings, data), data);
  const reviews = { ...ticket.reviews, [data.role]: data };
  return handed(paid({ ...ticket, findings, reviews, proof: null }, data.role, data.spend), data.handoff);
}

export const disputeSettled: Kind<"dispute_settled"> = {
  fold: (ticket, data) =>
    paid({ ...ticket, findings: settled(ticket.findings, data), proof: null }, data.by, data.spend),
  isAwaited: withTheNext,
  role: ({ by }) => by,
};

export const findingDismissed: Kind<"finding_dismissed"> = { fold: setAside, isAwaited: atOnce, role: null };

function setAside(ticket: Ticket, data: EntryData<"finding_dismissed">): Ticket {
  const next = { ...ticket, findings: dismissed(ticket.findings, data), proof: null };
  const isFree = openBlockers(next).length === 0 && ["rounds", "same-blocker"].includes(ticket.halt?.reason ?? "");
  return isFree || ticket.halt?.reason === "unproven" ? { ...next, halt: null } : next;
}

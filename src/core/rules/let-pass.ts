import { closest } from "./did-you-mean.ts";
import type { Facts } from "./facts.ts";
import type { Help } from "./halt.ts";
import { accepted, type Obeyed, refused, type Said } from "./obeyed.ts";
import type { Offers } from "./why.ts";
import { isAcceptable, PROOF_RECORDS, type ProofItemId } from "../ticket/proof-items.ts";
import { isOpen, openBlockers, phaseOf, type Ticket } from "../ticket/ticket.ts";
import { isSamePerson, type Named } from "../ledger/same-person.ts";
import { SHORT_NAME_CHARS_MAX } from "../ledger/limits.ts";

/**
 * What people may let pass: items of the proof for one commit (`/coop accept`), one finding for good (`/coop dismiss`).
 * Both are recorded with a name and a reason, and whoever wrote the commit may do neither.
 */

/** Items of the ticket's proof that a person may let pass now. */
export function acceptableItems(ticket: Ticket, facts: Pick<Facts, "policy"> | null = null): ProofItemId[] {
  const { proof, change } = ticket;
  if (ticket.end || !proof || proof.headSha !== change?.headSha) return [];
  const never = facts?.policy?.proof.neverAccept ?? [];
  return proof.items.filter((one) => isAcceptable(one) && !never.includes(one.id)).map((one) => one.id);
}

/** What a person could let pass so that the ticket goes on. */
export function offersOf(ticket: Ticket, facts: Facts): Offers {
  return { items: acceptableItems(ticket, facts), findings: openBlockers(ticket).map(({ finding }) => finding.id) };
}

/** Letting something pass is the last thing offered before the end. */
export function helpsWith(helps: readonly Help[], { items, findings }: Offers): Help[] {
  const more: Help[] = [
    ...(items.length > 0 ? ["accept-item" as const] : []),
    ...(findings.length > 0 ? ["dismiss-finding" as const] : []),
  ];
  return helps.flatMap((help) => (help === "stop" ? [...more, help] : [help]));
}

/** All of them or none: whoever names one that cannot pass has to see the rest again. */
export function acceptItems(
  ticket: Ticket,
  said: Said,
  items: readonly ProofItemId[],
  reason: string,
  facts: Facts,
): Obeyed {
  const each = items.map((item) => acceptItem(ticket, said, item, reason, facts));
  const no = each.find(({ outcome }) => outcome === "refused");
  return no ?? accepted(each.flatMap((one) => (one.outcome === "accepted" ? one.entries : [])));
}

function acceptItem(ticket: Ticket, said: Said, item: ProofItemId, reason: string, facts: Facts): Obeyed {
  const { by, source } = said;
  const { proof, change } = ticket;
  if (PROOF_RECORDS[item].acceptedBy === "nobody") return refused("item-never-accepted", { item });
  if (PROOF_RECORDS[item].acceptedBy === "approve") return refused("item-needs-approve", { item });
  if (!proof || !change || proof.headSha !== change.headSha)
    return refused("nothing-proven-yet", { phase: phaseOf(ticket) });
  // Said about another commit, or before the proof that shows what is missing.
  if (said.seen !== undefined && said.seen?.proof?.headSha !== change.headSha) return refused("spoken-too-early");
  if (sawOtherBase(ticket, said)) return refused("base-changed-since", { base: ticket.pull?.baseBranch ?? "" });
  if (facts.policy?.proof.neverAccept?.includes(item)) return refused("policy-forbids-accepting", { item });
  if (!acceptableItems(ticket).includes(item)) return refused("item-not-missing", { item });
  if (wroteIt(ticket, said, facts)) return refused("pushed-last");
  return accepted([
    { kind: "proof_accepted", data: { by, source, headSha: change.headSha, item, why: reason.slice(0, WHY_MAX) } },
  ]);
}

/** Whether the pull request was given another base branch since these words were written, also one that it lost again. */
export function sawOtherBase({ retargets }: Ticket, { seen }: Said): boolean {
  return seen !== undefined && seen !== null && seen.retargets !== retargets;
}

/** As long as the ledger's schema lets a reason be. */
const WHY_MAX = 500;

export function dismissFinding(ticket: Ticket, said: Said, name: string, reason: string, facts: Facts): Obeyed {
  const ids = [...ticket.findings.keys()];
  const id = ids.find((one) => one.toLowerCase() === name.toLowerCase());
  const known = id === undefined ? undefined : ticket.findings.get(id);
  if (id === undefined || !known) {
    const open = [...ticket.findings.values()].filter(isOpen).map(({ finding }) => finding.id);
    return refused("finding-unknown", { said: name.slice(0, SHORT_NAME_CHARS_MAX), meant: closest(name, ids), open });
  }
  if (known.state === "withdrawn" || known.state === "resolved")
    return refused("finding-settled", { finding: id, state: known.state });
  // Setting aside what no test notices lets an item of the proof pass.
  const isProof = known.finding.by === "proof";
  if (isProof && facts.policy?.proof.neverAccept?.includes("mutation"))
    return refused("policy-forbids-accepting", { item: "mutation" });
  const decides = isProof || known.finding.severity === "blocker";
  if (decides && wroteIt(ticket, said, facts)) return refused("pushed-last");
  const data = { by: said.by, source: said.source, findingId: id, why: reason.slice(0, WHY_MAX) };
  return accepted([{ kind: "finding_dismissed", data }]);
}

/** Findings that somebody may set aside. */
export function dismissible({ end, findings }: Ticket): boolean {
  return end === null && [...findings.values()].some(({ state }) => state !== "withdrawn" && state !== "resolved");
}

/**
 * The last person whose work the head holds, where the policy asks for another person's word. What a model wrote on top of it does not
 * count: whoever pushed could ask for a small rework, and then say yes to the push.
 */
export function wroteIt({ change }: Ticket, said: Named, { policy }: Pick<Facts, "policy">): boolean {
  const person = change?.person ?? null;
  return Boolean(policy?.approvals.otherThanPusher) && person !== null && isSamePerson(person, said);
}

/** Stands for whoever pushed when no webhook named them. A person with this very name is treated as unknown as well. */
export const SOMEBODY = "somebody";

/** Whether nobody told who pushed last: then it may have been whoever says yes to it. */
export function isOfUnknownHand({ change }: Ticket): boolean {
  return change?.person?.by === SOMEBODY;
}

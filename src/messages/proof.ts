import type { EntryData } from "../core/ledger/entries.ts";
import {
  isAcceptable,
  PROOF_RECORDS,
  type ProofItem,
  type ProofItemId,
  type ProofState,
  readiness,
} from "../core/ticket/proof-items.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import { cell, code, inline } from "./escape.ts";
import { bullets, capital, count, folded, listed, paragraphs, short, table } from "./format.ts";

/** What is proven of one head commit, and what is not. */
export function renderProof(data: EntryData<"proof_collected">, after: Ticket): string {
  return paragraphs(
    `### Proof: ${data.outcome === "ready" ? "complete" : "not complete"}`,
    `${capital(proofSummary(data.items))} for commit ${short(data.headSha)} on ${short(data.baseSha)}. A new commit voids it.`,
    bullets(unshown(data.items)),
    folded(`All ${count(data.items.length, "item")}`, paragraphs(proofTable(data.items), proofDetails(data.items))),
    data.outcome === "ready" ? merging(data, after) : missing(data.items, after),
  );
}

/** What a person should know without opening the table: all that is not simply proven, what has one reason in one line. */
function unshown(items: readonly ProofItem[]): string[] {
  const open = items.filter((item) => item.accepted || item.state === "refuted" || item.state === "unknown");
  const alike = Map.groupBy(open, (item) => [proofGlyph(item), item.required, evidenceOf(item)].join());
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const names = listed(group.map(({ id }) => `**${PROOF_NAMES[id]}**`));
    return `${proofGlyph(first)} ${names}${first.required ? "" : " (not required)"}: ${inline(evidenceOf(first))}`;
  });
}

function evidenceOf({ accepted, evidence }: ProofItem): string {
  return accepted ? `Accepted by ${accepted.by}: ${accepted.why} (${evidence})` : evidence;
}

export const PROOF_NAMES: Readonly<Record<ProofItemId, string>> = {
  verification: "Verification commands",
  checks: "Repository's checks",
  "fail-to-pass": "New tests fail without the change",
  "pass-to-pass": "Old tests still pass",
  mutation: "Mutations are caught",
  scope: "Files are those of the plan",
  completeness: "No placeholders",
  tamper: "Protected files untouched",
  reviews: "Both reviews on this commit",
  done: "Definition of Done",
  "merge-result": "Tests pass on the merge result",
};

const PROOF_GLYPHS: Readonly<Record<ProofState, string>> = {
  proven: "✅",
  refuted: "❌",
  unknown: "❔",
  "not-applicable": "➖",
};

/** A person's word is shown as what it is, not as proof. */
export function proofGlyph(item: ProofItem): string {
  return item.accepted ? "🤝" : PROOF_GLYPHS[item.state];
}

function stateWord({ state }: ProofItem): string {
  return state.replace("-", " ");
}

export function proofTable(items: readonly ProofItem[]): string {
  const rows = items.map((item) => [
    `${PROOF_NAMES[item.id]}${item.required ? " \\*" : ""}`,
    `${proofGlyph(item)} ${item.accepted ? `${stateWord(item)}, accepted` : stateWord(item)}`,
    cell(evidenceOf(item)),
  ]);
  const note = items.some((item) => item.required) && "\\* has to be proven before a merge. Unknown is not proven.";
  return paragraphs(table(["Item", "State", "Evidence"], rows), note);
}

/** `7 of 9 required items proven, 1 accepted by a person` */
export function proofSummary(items: readonly ProofItem[]): string {
  const required = items.filter((item) => item.required && item.state !== "not-applicable");
  const proven = required.filter((item) => item.state === "proven").length;
  const accepted = required.filter((item) => item.state !== "proven" && item.accepted).length;
  const word = accepted > 0 ? `, ${accepted} accepted by a person` : "";
  return `${proven} of ${count(required.length, "required item")} proven${word}`;
}

export function proofDetails(items: readonly ProofItem[]): string {
  const parts = items
    .filter((item) => item.details.length > 0)
    .map((item) => `**${PROOF_NAMES[item.id]}**\n\n${bullets(item.details.map(inline))}`);
  return parts.join("\n\n");
}

function merging(data: EntryData<"proof_collected">, after: Ticket): string {
  const where = after.pull ? ` #${after.pull.number}` : "";
  const does = after.forge.kind === "desk" ? `accepts ${code(after.change?.branch ?? "")}` : `merges${where}`;
  return `**Your turn.** \`/coop approve\` ${does} at exactly ${short(data.headSha)}. \`/coop rework <what>\` asks for another round.`;
}

function missing(items: readonly ProofItem[], { opened }: Ticket): string {
  const verdict = readiness(items);
  if (verdict.outcome === "ready") return "";
  const open = `**Missing:** ${listed(verdict.missing.map((item) => PROOF_NAMES[item.id].toLowerCase()))}.`;
  // Accepting is for people who have nothing else left; the halt that then comes offers it.
  if (!opened.pull && verdict.missing.some(isForRound))
    return `${open} A fix round takes up what is refuted, if one is left.`;
  const names = verdict.missing.filter(isAcceptable).map((item) => item.id);
  const [first, ...others] = names;
  if (first === undefined) return open;
  const same =
    others.length > 0 ? ` The same works for ${listed(others.map(code))}, also at once with commas between them.` : "";
  return `${open} If it cannot be proven, \`/coop accept ${first} <why>\` lets ${code(first)} pass.${same}`;
}

function isForRound({ id, state }: ProofItem): boolean {
  return state === "refuted" && PROOF_RECORDS[id].mendedBy === "round";
}

/** What a person let pass, and what that leaves. */
export function renderProofAccepted(data: EntryData<"proof_accepted">, after: Ticket, now: Ticket): string {
  const said = `**${PROOF_NAMES[data.item]}: accepted without proof** by ${inline(data.by)}, for exactly ${short(data.headSha)}. ${inline(data.why)}`;
  const { proof } = after;
  // Of several that were let pass at once, the last one says what they leave.
  const isLast = now.accepted.length <= after.accepted.length;
  if (proof?.headSha !== data.headSha || !isLast) return said;
  return paragraphs(said, proof.outcome === "ready" ? merging(proof, after) : missing(proof.items, after));
}

import type { EntryData } from "../ledger/entries.ts";
import type { ProofItem } from "./proof-items.ts";
import { findingOf } from "./survivor.ts";
import type { FindingState, Ticket } from "./ticket.ts";

/**
 * The life of changes that no test noticed. Each is a finding. It is answered by a test that notices it, by both reviewing roles with
 * a reason why nobody could, on the very commit, or by a person who sets it aside.
 */
type Findings = ReadonlyMap<string, FindingState>;
type Reviewing = "reviewer" | "adversary";

const REVIEWING = ["reviewer", "adversary"] as const;

function isStanding({ finding, state }: FindingState): boolean {
  return finding.by === "proof" && state !== "resolved" && state !== "withdrawn";
}

/** Those that a proof lists stand; one that it does not list any more was answered. */
export function survived(before: Findings, items: readonly ProofItem[]): Findings {
  const listed = items.flatMap(({ survivors = [] }) => survivors);
  const findings = new Map(before);
  for (const [id, one] of before) if (isStanding(one)) findings.set(id, { ...one, state: "resolved" });
  for (const one of listed) {
    const known = before.get(one.id);
    if (known?.state === "withdrawn") continue;
    const failed = known?.state === "answered" ? 1 : 0;
    const state = { finding: findingOf(one), state: "open" as const, survived: (known?.survived ?? 0) + failed };
    findings.set(one.id, { ...known, ...state, answer: known?.answer ?? null });
  }
  return findings;
}

/** What a role said of them, on the commit that it looked at. */
export function heard(before: Findings, data: EntryData<"reviewed">): Findings {
  const findings = new Map(before);
  for (const word of data.survivors ?? []) {
    const known = findings.get(word.findingId);
    if (known?.finding.by !== "proof") continue;
    const said = { ...word, headSha: data.headSha, model: data.model };
    findings.set(word.findingId, { ...known, words: { ...known.words, [data.role]: said } });
  }
  return findings;
}

/** Those of which a role has to say something, once it looks. */
export function standingSurvivors(ticket: Ticket): FindingState[] {
  return [...ticket.findings.values()].filter(isStanding);
}

/**
 * Those for which a role has to look at a commit that it has seen already: their author calls them equivalent, or nobody is left to
 * write a test. One "no" is enough, so that nobody else is asked then.
 * @param author whether a model can still be given another round
 */
export function unheard(ticket: Ticket, role: Reviewing, author: "left" | "gone"): FindingState[] {
  const headSha = ticket.change?.headSha;
  const wordOf = (one: FindingState, by: Reviewing) => {
    const word = one.words?.[by];
    return word?.headSha === headSha ? word : undefined;
  };
  return standingSurvivors(ticket).filter((one) => {
    const isDisputed = one.state === "answered" && one.answer?.status === "disputed";
    if (!isDisputed && !(one.state === "open" && author === "gone")) return false;
    return wordOf(one, role) === undefined && !REVIEWING.some((by) => wordOf(one, by)?.equivalent === "no");
  });
}

/**
 * Those that are answered on the head without a test, and why. Two words count where two models gave them, and none of them wrote the
 * change: one model that is asked twice is one opinion.
 */
export function equivalents(ticket: Ticket): { readonly id: string; readonly why: string }[] {
  const { change, findings } = ticket;
  return [...findings.values()].flatMap(({ finding: { id, by }, words, dismissed }) => {
    if (by !== "proof") return [];
    if (dismissed) return [{ id, why: `set aside by ${dismissed.by}: ${dismissed.why}` }];
    const [one, other] = [words?.reviewer, words?.adversary];
    if (!one || !other || one.model === other.model) return [];
    const counts = [one, other].every(
      ({ headSha, equivalent, model }) =>
        equivalent === "yes" && headSha === change?.headSha && !change.authors.includes(model),
    );
    return counts ? [{ id, why: `the same for every input, say both reviewers: ${one.why}` }] : [];
  });
}

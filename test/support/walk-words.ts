import type { Command } from "../../src/core/rules/command.ts";
import type { Facts } from "../../src/core/rules/facts.ts";
import { obey } from "../../src/core/rules/obey.ts";
import type { ProofItem } from "../../src/core/ticket/proof-items.ts";
import type { Ticket } from "../../src/core/ticket/ticket.ts";
import { draft, factsAs, finding, issueAs, OPENED } from "./ledgers.ts";
import { asBelieved, headOf, looked, type Script, walk, type Walk } from "./walks.ts";

/** What several walks through the pure core have in common. */
export const blocker = { findings: [finding(1)], verdict: "changes" as const };
export const finds = (ticket: Ticket) => [looked(ticket, "reviewer", "resolved", blocker)];
export const stillOpen = (ticket: Ticket) => [looked(ticket, "reviewer", "open")];
export const fails = (reason: "model-unavailable" | "model-unusable" | "internal") => () => [
  draft("step_failed", { reason }),
];
export const REFUTED: ProofItem = {
  id: "verification",
  state: "refuted",
  required: true,
  evidence: "It failed.",
  details: [],
};
export const proofOf = (item: Partial<ProofItem>) => (ticket: Ticket) => {
  const items = [{ ...REFUTED, ...item }];
  return [draft("proof_collected", { headSha: headOf(ticket), outcome: "not-ready", items })];
};

/** What a person says at the end of a walk, and where it goes from there. */
export function say(from: Walk, command: Command, options: Parameters<typeof walk>[1] = {}, by = "maria"): Walk {
  const facts = factsAs({ ...options.facts, issue: issueAs({ title: "Export as TSV" }) });
  const obeyed = obey(from.ticket, command, { by, source: `comment:${from.entries.length}`, inline: [] }, facts);
  if (obeyed.outcome === "refused") throw new Error(obeyed.why.code);
  return walk(obeyed.entries, options, from.entries);
}
export const run = (script: Script = {}, rest: Omit<Parameters<typeof walk>[1] & object, "script"> = {}) =>
  walk(OPENED, { script, ...rest });
export const count = (from: Walk, kind: string) => from.kinds.filter((one) => one === kind).length;
export const shown = (over: Partial<Facts>) => () => ({ ...asBelieved(run().ticket), ...over });

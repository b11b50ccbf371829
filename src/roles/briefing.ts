import type { Finding, FindingAnswer } from "../core/ticket/finding.ts";
import type { TaskType, TicketKey } from "../core/ledger/ids.ts";
import type { EvidenceTrail, Handoff } from "../core/ledger/entries.ts";
import type { Diagnosis, Plan } from "../core/ticket/plan.ts";

/**
 * Everything that a role may need to know. Every task takes the same briefing and what is empty is left out of the
 * question, so that the next role never has to guess what an earlier one knew.
 */
export type Briefing = {
  readonly ticket: TicketKey;
  readonly type: TaskType;
  /** 0 is the first implementation and its reviews, 1 the first fix and its reviews. */
  readonly round: number;
  /** Title and body as a reader sees them: hidden text is already taken out. */
  readonly title: string;
  readonly body: string;
  /** What people said to the Navigator's questions. */
  readonly answers: readonly Said[];
  /** AGENTS.md, ARCHITECTURE.md and the like, of the default branch only: a change cannot bring its own rules. */
  readonly notes: readonly FileText[];
  /** All paths of the repository at the commit in question. */
  readonly paths: readonly string[];
  /** What source files export, by path, as their parser reads them; a file that is not read is missing. */
  readonly symbols: ReadonlyMap<string, readonly string[]>;
  readonly plan: Plan | null;
  readonly diagnosis: Diagnosis | null;
  /** For an implementer: to be answered. For a reviewer: its earlier ones, to be followed up. */
  readonly openFindings: readonly Finding[];
  /** For a reviewer: changed versions of the code that no test noticed, with what its author says to them. */
  readonly survivors: readonly Unnoticed[];
  /** What the implementer said to findings; a reviewer checks it. */
  readonly claims: readonly FindingAnswer[];
  /** Disputed findings; `settle` is asked about exactly one. */
  readonly disputes: readonly Dispute[];
  /** What people want changed. */
  readonly rework: readonly Said[];
  /** Sentences of proof items that are required and not proven. */
  readonly proofMissing: readonly string[];
  /** Oldest first. */
  readonly handoffs: readonly Handoff[];
  /** The implementer's evidence trail on the head under review. */
  readonly trail: EvidenceTrail | null;
  /** What an earlier try wrote that did not come to its end; it stands in the workspace. */
  readonly begun: { readonly paths: readonly string[] } | null;
  readonly unplanned: readonly { readonly path: string; readonly why: string }[];
  /** Unified diff from base to head. */
  readonly diff: string | null;
  /** Paths that the change touches, also those that it deletes. */
  readonly changed: readonly string[];
  /** Unified diff since the head that this reviewer saw last. */
  readonly delta: string | null;
  readonly verification: { readonly outcome: "passed" | "failed" | "not-run"; readonly output: string } | null;
  /** The working set, the most important file first. */
  readonly files: readonly FileText[];
};

export type Unnoticed = Pick<Finding, "id" | "path" | "line" | "quote" | "title"> & { readonly author: string | null };
export type Said = { readonly by: string; readonly text: string };
export type FileText = { readonly path: string; readonly text: string };
export type Dispute = { readonly finding: Finding; readonly answer: FindingAnswer };

/** A briefing that knows only its ticket; the rest is filled in by who asks. */
export function emptyBriefing(ticket: TicketKey, type: TaskType, title: string, body: string): Briefing {
  const nothing = { answers: [], notes: [], paths: [], openFindings: [], claims: [], disputes: [], rework: [] };
  const noWork = { proofMissing: [], handoffs: [], unplanned: [], files: [], changed: [], survivors: [] };
  const unknown = {
    symbols: new Map<string, string[]>(),
    plan: null,
    diagnosis: null,
    trail: null,
    diff: null,
    delta: null,
    verification: null,
    begun: null,
  };
  return { ticket, type, round: 0, title, body, ...nothing, ...noWork, ...unknown };
}

import { z } from "zod";
import { gitShaSchema, sha256Schema, type TaskType, taskTypeSchema } from "../ledger/ids.ts";
import {
  NAME_CHARS_MAX,
  PROOF_DETAILS_MAX,
  QUOTE_CHARS_MAX,
  SENTENCE_CHARS_MAX,
  SURVIVORS_MAX,
  WHY_CHARS_MAX,
} from "../ledger/limits.ts";
import { survivorSchema } from "./survivor.ts";

type ProofRecord = {
  /** Who can put it right when it is refuted: another fix round, or only a person. */
  readonly mendedBy: "round" | "person";
  /** `running`: it is shown by running repository code; without a sandbox nobody here can tell. */
  readonly shownBy: "running" | "reading";
  /** Types of tasks that need it when the policy does not say: a docs change has no new tests to see fail. */
  readonly usualFor: readonly TaskType[];
  /** How a person lets it pass unproven: by `/coop accept`, by the approval of exactly those files, or not at all. */
  readonly acceptedBy: "accept" | "approve" | "nobody";
};

const EVERY_TASK: readonly TaskType[] = taskTypeSchema.options;
const WITH_A_PLAN = EVERY_TASK.filter((type) => type !== "review");

/** What can stand as proof on a head commit, one record an item, in the order in which people read it. */
export const PROOF_RECORDS = {
  verification: { mendedBy: "round", shownBy: "running", usualFor: EVERY_TASK, acceptedBy: "accept" },
  checks: { mendedBy: "round", shownBy: "reading", usualFor: EVERY_TASK, acceptedBy: "accept" },
  "fail-to-pass": { mendedBy: "round", shownBy: "running", usualFor: ["feature", "bug"], acceptedBy: "accept" },
  "pass-to-pass": { mendedBy: "round", shownBy: "running", usualFor: EVERY_TASK, acceptedBy: "accept" },
  mutation: { mendedBy: "round", shownBy: "running", usualFor: EVERY_TASK, acceptedBy: "accept" },
  scope: { mendedBy: "round", shownBy: "reading", usualFor: WITH_A_PLAN, acceptedBy: "accept" },
  completeness: { mendedBy: "round", shownBy: "reading", usualFor: EVERY_TASK, acceptedBy: "accept" },
  tamper: { mendedBy: "person", shownBy: "reading", usualFor: EVERY_TASK, acceptedBy: "approve" },
  reviews: { mendedBy: "person", shownBy: "reading", usualFor: EVERY_TASK, acceptedBy: "nobody" },
  done: { mendedBy: "round", shownBy: "reading", usualFor: WITH_A_PLAN, acceptedBy: "accept" },
  /** Asked for whenever the base branch moved, whatever the task (`src/proof/collect.ts`). */
  "merge-result": { mendedBy: "round", shownBy: "reading", usualFor: [], acceptedBy: "accept" },
} as const satisfies Readonly<Record<string, ProofRecord>>;

export type ProofItemId = keyof typeof PROOF_RECORDS;
export const PROOF_ITEMS = Object.keys(PROOF_RECORDS) as ProofItemId[];
export const proofItemIdSchema = z.enum(PROOF_ITEMS);

/** What a type of task has to show when the policy does not say. */
export function usualProof(type: TaskType): ProofItemId[] {
  return PROOF_ITEMS.filter((id) => (PROOF_RECORDS[id].usualFor as readonly TaskType[]).includes(type));
}

/**
 * `unknown` is neither yes nor no: the evidence could not be had. `not-applicable` says that there is nothing to show (a
 * change of documents has no new tests), with the reason as evidence; it is never asked for.
 */
const proofStateSchema = z.enum(["proven", "refuted", "unknown", "not-applicable"]);
export type ProofState = z.infer<typeof proofStateSchema>;

export const proofItemSchema = z.object({
  id: proofItemIdSchema,
  state: proofStateSchema,
  required: z.boolean(),
  /** What was found (`proof-codes.ts`). Entries of earlier versions have none, those of later ones may have unknown ones. */
  code: z.string().max(NAME_CHARS_MAX).optional(),
  /** One sentence for a person. */
  evidence: z.string().min(1).max(SENTENCE_CHARS_MAX),
  /** More of it, one line each: commands, files, counts. */
  details: z.array(z.string().max(QUOTE_CHARS_MAX)).max(PROOF_DETAILS_MAX),
  /** Of `mutation` in a ticket: what nobody has answered yet, each a finding. Absent in ledgers of before they were. */
  survivors: z.array(survivorSchema).max(SURVIVORS_MAX).optional(),
  /** A person took this item as it stands, for exactly this head. It counts, and is always shown as accepted. */
  accepted: z.object({ by: z.string().max(NAME_CHARS_MAX), why: z.string().min(1).max(WHY_CHARS_MAX) }).optional(),
});
export type ProofItem = z.infer<typeof proofItemSchema>;

/**
 * What a proof rests on besides the head commit. Both can change without a push: another change is merged into the base
 * branch, a check is run again or reported late.
 */
export const proofBasisSchema = z.object({
  /** The base branch's head with which the merge result was tested. */
  today: gitShaSchema,
  /** Names and states of the repository's checks on the head, as one hash. */
  checks: sha256Schema,
});

export type Readiness =
  { readonly outcome: "ready" } | { readonly outcome: "not-ready"; readonly missing: ProofItem[] };

/** Whether an item stands in nobody's way: it is proven, there is nothing to prove, or a person accepted it. */
function isSettled(item: ProofItem): boolean {
  if (item.state === "proven") return true;
  // Reviews are the one thing that nobody can wave through: a merge without them is what this program exists to stop.
  if (item.id === "reviews") return false;
  return item.state === "not-applicable" || item.accepted !== undefined;
}

/** A required item that nobody has shown, and that a person may let pass by name. */
export function isAcceptable(item: ProofItem): boolean {
  return item.required && !isSettled(item) && PROOF_RECORDS[item.id].acceptedBy === "accept";
}

/** One item of the Definition of Done, as a line of the details of `done`; `doneIds` reads it again. */
export function doneLine(id: string, { state, why }: { readonly state: ProofState; readonly why: string }): string {
  return `${id} ${state}: ${why}`;
}

/** The items of the Definition of Done that are proven on this head. */
export function doneIds(items: readonly ProofItem[]): ReadonlySet<string> {
  const lines = items.find(({ id }) => id === "done")?.details ?? [];
  return new Set(lines.flatMap((line) => /^(D\d{1,2}) proven: /.exec(line)?.[1] ?? []));
}

/** Only required items decide. */
export function readiness(items: readonly ProofItem[]): Readiness {
  const missing = items.filter((item) => item.required && !isSettled(item));
  return missing.length === 0 ? { outcome: "ready" } : { outcome: "not-ready", missing };
}

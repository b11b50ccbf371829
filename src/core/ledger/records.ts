import { z } from "zod";
import { type Role, roleSchema, sha256Schema } from "./ids.ts";
import {
  DETAILS_MAX,
  FACT_NAME_CHARS_MAX,
  FINDINGS_KNOWN_MAX,
  HANDOFF_LINES_MAX,
  ID_CHARS_MAX,
  LINE_CHARS_MAX,
  NAME_CHARS_MAX,
  PATH_CHARS_MAX,
  SENTENCE_CHARS_MAX,
  SHORT_NAME_CHARS_MAX,
} from "./limits.ts";

/**
 * The parts that entries are made of. Texts are capped so that an entry and its readable form fit one GitHub comment.
 */
export const sentence = z.string().min(1).max(SENTENCE_CHARS_MAX);
export const short = z.string().max(LINE_CHARS_MAX);
export const modelName = z.string().min(1).max(NAME_CHARS_MAX);

/** A reason's code and the facts in its sentence (`src/core/rules/why.ts`). Codes of newer versions are kept as they are. */
export const becauseSchema = z.object({
  code: z.string().max(SHORT_NAME_CHARS_MAX),
  facts: z.record(
    z.string().max(FACT_NAME_CHARS_MAX),
    z.union([sentence, z.literal(""), z.number(), z.null(), z.array(short).max(DETAILS_MAX)]),
  ),
});

export const spendSchema = z.object({
  calls: z.number().int().min(0),
  inputTokens: z.number().int().min(0),
  outputTokens: z.number().int().min(0),
  /** Integer micro-dollars of the calls whose price is known. */
  costMicroUsd: z.number().int().min(0),
  /** Tokens of calls whose price is not known; the token budget counts these. */
  unpricedTokens: z.number().int().min(0),
});
export type Spend = z.infer<typeof spendSchema>;

export const assignmentSchema = z.record(
  roleSchema,
  z.object({ model: modelName, vendor: z.string().max(SHORT_NAME_CHARS_MAX) }),
);
export type Assignment = z.infer<typeof assignmentSchema>;

export const handoffSchema = z.object({
  from: roleSchema,
  goal: short,
  decisions: z.array(short).max(HANDOFF_LINES_MAX),
  openFindings: z.array(z.string().max(ID_CHARS_MAX)).max(FINDINGS_KNOWN_MAX),
  nextActions: z.array(short).max(HANDOFF_LINES_MAX),
});
export type Handoff = z.infer<typeof handoffSchema>;

export const stepNameSchema = z.enum([
  "route",
  "ask",
  "diagnose",
  "plan",
  "implement",
  "open-pull-request",
  "review",
  "attack",
  "settle",
  "prove",
  "merge",
  "split",
  "finish",
]);
export type StepName = z.infer<typeof stepNameSchema>;

/** Whose seat a step works from. A dispute is settled from any; the other steps ask no model. */
export const STEP_ROLES: Readonly<Partial<Record<StepName, Role>>> = {
  ask: "navigator",
  diagnose: "reviewer",
  plan: "architect",
  implement: "implementer",
  review: "reviewer",
  attack: "adversary",
};

export const haltReasonSchema = z.enum([
  "person",
  "label-removed",
  "issue-closed",
  "pull-request-closed",
  "branch-deleted",
  "text-changed",
  "budget",
  "rounds",
  "same-blocker",
  "policy-invalid",
  "model-unusable",
  "model-unavailable",
  "plan-unsound",
  "nothing-changed",
  "merge-conflict",
  "merge-refused",
  "protected-paths",
  "unproven",
  "github-refused",
  "ticket-unclear",
  "part-left-out",
  "internal",
]);
export type HaltReason = z.infer<typeof haltReasonSchema>;

export const evidenceTrailSchema = z.object({
  summary: sentence,
  logic: z.array(short).max(HANDOFF_LINES_MAX),
  assumptions: z.array(short).max(HANDOFF_LINES_MAX),
  verification: z.array(short).max(HANDOFF_LINES_MAX),
  limitations: z.array(short).max(HANDOFF_LINES_MAX),
});
export type EvidenceTrail = z.infer<typeof evidenceTrailSchema>;

export const changedFileSchema = z.object({
  path: z.string().max(PATH_CHARS_MAX),
  action: z.enum(["create", "change", "delete"]),
  added: z.number().int().min(0),
  removed: z.number().int().min(0),
});
export type ChangedFile = z.infer<typeof changedFileSchema>;

/** What running the policy's commands showed. `not-run`: no sandbox or no command. */
export const verificationRunSchema = z.object({
  outcome: z.enum(["passed", "failed", "not-run"]),
  testsRun: z.number().int().min(0).nullable(),
  sentence: short,
  /** sha256 of the full output in the artifact store. */
  outputSha256: sha256Schema.nullable(),
});
export type VerificationRun = z.infer<typeof verificationRunSchema>;

/** A spend of nothing, to add to. */
export const NO_SPEND: Spend = { calls: 0, inputTokens: 0, outputTokens: 0, costMicroUsd: 0, unpricedTokens: 0 };

export function addSpend(a: Spend, b: Spend): Spend {
  return {
    calls: a.calls + b.calls,
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    costMicroUsd: a.costMicroUsd + b.costMicroUsd,
    unpricedTokens: a.unpricedTokens + b.unpricedTokens,
  };
}

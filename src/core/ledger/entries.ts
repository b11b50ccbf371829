import { z } from "zod";
import { findingAnswerSchema, findingSchema, followUpSchema } from "../ticket/finding.ts";
import { forgeRefOf, forgeRefSchema } from "./forge-ref.ts";
import { gitShaSchema, roleSchema, sha256Schema, taskTypeSchema } from "./ids.ts";
import { diagnosisSchema, planSchema } from "../ticket/plan.ts";
import { proofBasisSchema, proofItemSchema } from "../ticket/proof.ts";
import {
  assignmentSchema,
  becauseSchema,
  changedFileSchema,
  evidenceTrailSchema,
  haltReasonSchema,
  handoffSchema,
  modelName,
  sentence,
  short,
  spendSchema,
  stepNameSchema,
  verificationRunSchema,
} from "./records.ts";

export {
  addSpend,
  type Assignment,
  assignmentSchema,
  type ChangedFile,
  type EvidenceTrail,
  evidenceTrailSchema,
  type HaltReason,
  haltReasonSchema,
  type Handoff,
  handoffSchema,
  NO_SPEND,
  type Spend,
  spendSchema,
  type StepName,
  stepNameSchema,
  type VerificationRun,
  verificationRunSchema,
} from "./records.ts";

/**
 * Everything that can have happened to a ticket. Entries are facts in the past tense; nothing else is stored about a
 * ticket. Texts are capped so that an entry and its readable form fit one GitHub comment.
 */
const login = z.string().min(1).max(100);
/** Why, as a value. Absent in ledgers from before there were codes; the sentence beside it stands in all of them. */
const because = becauseSchema.optional();
/** Where a person said it: `comment:123`, `review:45`, `label:…`. Each source is answered once. */
const source = z.string().min(1).max(200);

const entry = <K extends string, S extends z.ZodRawShape>(kind: K, shape: S) =>
  z.object({
    kind: z.literal(kind),
    data: z.object(shape),
    /** What had to be cut so that the entry fits a comment (`fit-entry.ts`). Absent: nothing. */
    cut: z.array(short).max(10).optional(),
  });

export const entryBodySchema = z.discriminatedUnion("kind", [
  entry("opened", {
    by: login,
    source,
    forge: forgeRefSchema.optional(),
    /** These two stand in place of `forge` in ledgers of before there were several forges. */
    installationId: z.number().int().optional(),
    repositoryId: z.number().int().optional(),
    defaultBranch: z.string().max(255),
    title: z.string().max(300),
    author: login,
    /** sha256 over title and body as they stood: what every approval is bound to. */
    textHash: sha256Schema,
    bodyBytes: z.number().int().min(0),
    /** How many hidden things were taken out before a model saw the text, in words. */
    removed: z.array(short).max(10),
    forcedType: taskTypeSchema.nullable(),
    /** Set when the ticket is a pull request written by a person. */
    pull: z
      .object({
        number: z.number().int(),
        headSha: gitShaSchema,
        branch: z.string().max(255),
        /** Where its branch left the base branch: what the change is compared with. */
        baseSha: gitShaSchema,
      })
      .nullable(),
  }).refine(({ data }) => forgeRefOf(data) !== null, "names no forge"),
  entry("routed", {
    type: taskTypeSchema,
    size: z.enum(["small", "medium", "large"]),
    risk: z.enum(["low", "medium", "high"]),
    confidence: z.number().min(0).max(1),
    clarity: z.enum(["clear", "unclear"]),
    reasons: z.array(short).max(20),
    planGate: z.enum(["person", "policy"]),
    assignment: assignmentSchema,
    assignmentReasons: z.array(short).max(12),
    policyHash: sha256Schema,
    /** The commit whose policy was read, and which diagnosis and plan speak about. */
    baseSha: gitShaSchema,
    budgetMicroUsd: z.number().int().min(0),
    budgetTokens: z.number().int().min(0),
  }),
  entry("question_asked", { model: modelName, questions: z.array(short).min(1).max(5), spend: spendSchema }),
  entry("question_skipped", { model: modelName, why: short, spend: spendSchema }),
  entry("question_answered", { by: login, source, text: z.string().max(8000) }),
  entry("diagnosed", {
    model: modelName,
    baseSha: gitShaSchema,
    diagnosis: diagnosisSchema,
    handoff: handoffSchema,
    spend: spendSchema,
  }),
  entry("planned", {
    model: modelName,
    baseSha: gitShaSchema,
    textHash: sha256Schema,
    plan: planSchema,
    planHash: sha256Schema,
    handoff: handoffSchema,
    spend: spendSchema,
  }),
  entry("plan_approved", {
    by: z.union([login, z.literal("policy")]),
    source,
    planHash: sha256Schema,
    textHash: sha256Schema,
    why: short,
    because,
  }),
  entry("implemented", {
    round: z.number().int().min(0),
    model: modelName,
    vendor: z.string().max(60),
    branch: z.string().max(255),
    baseSha: gitShaSchema,
    headSha: gitShaSchema,
    files: z.array(changedFileSchema).max(300),
    unplanned: z.array(z.object({ path: z.string().max(400), why: short })).max(40),
    trail: evidenceTrailSchema,
    answers: z.array(findingAnswerSchema).max(40),
    verification: verificationRunSchema,
    handoff: handoffSchema,
    spend: spendSchema,
    /** The model that answered, as its provider names it. Absent where that was not told. */
    served: z.string().max(200).optional(),
  }),
  entry("pull_request_opened", {
    number: z.number().int(),
    headSha: gitShaSchema,
    branch: z.string().max(255),
    baseBranch: z.string().max(255),
  }),
  entry("reviewed", {
    role: z.enum(["reviewer", "adversary"]),
    round: z.number().int().min(0),
    model: modelName,
    vendor: z.string().max(60),
    headSha: gitShaSchema,
    summary: sentence,
    attacked: z.array(short).max(15),
    findings: z.array(findingSchema).max(25),
    followUps: z.array(followUpSchema).max(40),
    done: z
      .array(z.object({ id: z.string().max(5), met: z.enum(["yes", "no", "unknown"]), evidence: z.string().max(600) }))
      .max(15),
    verificationSteps: z.object({ usable: z.enum(["yes", "no"]), why: short }),
    verdict: z.enum(["pass", "changes"]),
    handoff: handoffSchema,
    spend: spendSchema,
    /** The model that answered, as its provider names it. Absent where that was not told. */
    served: z.string().max(200).optional(),
  }),
  entry("dispute_settled", {
    findingId: z.string().max(20),
    by: roleSchema,
    model: modelName,
    outcome: z.enum(["upheld", "withdrawn"]),
    rationale: sentence,
    spend: spendSchema,
  }),
  entry("proof_collected", {
    headSha: gitShaSchema,
    baseSha: gitShaSchema,
    items: z.array(proofItemSchema).max(20),
    outcome: z.enum(["ready", "not-ready"]),
    /** What it rests on and what can change without a new commit; absent in ledgers of before it was watched. */
    basis: proofBasisSchema.optional(),
  }),
  entry("merge_approved", { by: login, source, headSha: gitShaSchema }),
  entry("protected_accepted", {
    by: login,
    source,
    headSha: gitShaSchema,
    paths: z.array(z.string().max(400)).max(100),
  }),
  entry("rework_requested", {
    by: login,
    source,
    instructions: z.string().max(8000),
    /** The round it comes after, or null when nothing was written yet and the plan is made anew. */
    round: z.number().int().min(0).nullable(),
    comments: z
      .array(
        z.object({
          id: z.number().int(),
          path: z.string().max(400),
          line: z.number().int().nullable(),
          text: z.string().max(2000),
        }),
      )
      .max(50),
  }),
  entry("commanded", {
    by: login,
    source,
    verb: z.string().max(20),
    args: z.string().max(500),
    outcome: z.enum(["accepted", "refused", "informed"]),
    reply: z.string().max(6000),
    because,
  }),
  entry("assignment_changed", {
    role: roleSchema,
    model: modelName,
    vendor: z.string().max(60),
    by: z.union([login, z.literal("policy")]),
    why: short,
    because,
  }),
  entry("budget_raised", { by: login, source, addMicroUsd: z.number().int().min(1) }),
  entry("halted", {
    as: z.enum(["parked", "blocked"]),
    reason: haltReasonSchema,
    by: z.union([login, z.literal("policy")]),
    sentence,
    details: z.array(z.string().max(600)).max(40),
    next: z.array(short).min(1).max(6),
    because,
    /** What the step that ended here had paid. */
    spend: spendSchema.optional(),
  }),
  entry("resumed", { by: login, source, how: z.enum(["resume", "retry"]) }),
  entry("step_failed", {
    step: stepNameSchema,
    attempt: z.number().int().min(1),
    reason: haltReasonSchema,
    sentence,
    spend: spendSchema,
    /** So long the step rests before its next try. Absent: not at all. */
    againInMs: z.number().int().min(0).optional(),
    because,
    /** Edits of the try, kept as an artifact for the next one. */
    work: z.object({ sha256: sha256Schema, files: z.number().int().min(1) }).optional(),
  }),
  entry("text_changed", { textHash: sha256Schema }),
  entry("text_accepted", {
    by: login,
    source,
    textHash: sha256Schema,
    taken: z.enum(["old", "new"]),
    title: z.string().max(300),
  }),
  entry("head_moved", {
    from: gitShaSchema,
    to: gitShaSchema,
    by: login,
    /** Where the new head leaves the base branch; absent when it could not be found out. */
    baseSha: gitShaSchema.optional(),
  }),
  entry("ledger_fault", {
    seq: z.number().int().min(1),
    place: short,
    problem: short,
    contentHash: sha256Schema,
    /** Who wrote the foreign comment. Absent: a comment of our own was changed. */
    stranger: login.optional(),
  }),
  entry("ledger_rebuilt", { entries: z.number().int().min(1) }),
  entry("merged", {
    by: login,
    headSha: gitShaSchema,
    mergedSha: gitShaSchema,
    followUps: z.array(z.string().max(120)).max(6),
  }),
  entry("stopped", { by: login, why: short, because }),
]);

export type EntryDraft = z.infer<typeof entryBodySchema>;
export type EntryKind = EntryDraft["kind"];
export type EntryData<K extends EntryKind> = Extract<EntryDraft, { kind: K }>["data"];

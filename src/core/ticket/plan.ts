import { z } from "zod";
import {
  ACCOUNT_CHARS_MAX,
  CHUNKS_MAX,
  DONE_ITEMS_MAX,
  HEADING_CHARS_MAX,
  LINE_CHARS_MAX,
  PLANNED_FILES_MAX,
  PLANNED_PATH_CHARS_MAX,
  PLAN_LINES_MAX,
  STATEMENT_CHARS_MAX,
} from "../ledger/limits.ts";

/**
 * What the Architect proposes. The sizes keep a published plan inside one GitHub comment together with its
 * ledger entry, and make an Architect choose what matters.
 */
const line = z.string().min(1).max(STATEMENT_CHARS_MAX);
const lines = z.array(line).max(PLAN_LINES_MAX);

const fileChangeSchema = z.object({
  path: z.string().min(1).max(PLANNED_PATH_CHARS_MAX),
  action: z.enum(["create", "change", "delete"]),
  intent: line.describe("What the change in this file does, in one or two sentences."),
});

const chunkSchema = z.object({
  title: z.string().min(1).max(HEADING_CHARS_MAX),
  files: z.array(fileChangeSchema).min(1).max(PLANNED_FILES_MAX),
  /** Absent in ledgers of earlier versions, and where one part simply follows the other. */
  after: z
    .array(z.number().int().min(1).max(CHUNKS_MAX))
    .max(CHUNKS_MAX)
    .optional()
    .describe(
      "Numbers of the chunks, counted from 1, that have to be merged before this one; [] when it stands alone.",
    ),
  tests: lines.describe("Tests to add or change, each naming its file and the behaviour it pins down."),
});

const doneItemSchema = z.object({
  id: z.string().regex(/^D\d{1,2}$/),
  statement: line.describe("One fact that is either true or false of the finished change."),
  evidence: z.object({
    kind: z.enum(["test", "command", "file", "review"]),
    reference: z
      .string()
      .min(1)
      .max(PLANNED_PATH_CHARS_MAX)
      .describe("The test's file and name, the exact command, the file, or what a reviewer has to confirm."),
  }),
});

/**
 * One change of a test that was there before, by the name that the runner prints. Exactly these are excused from "what
 * passed before still passes"; no sentence of a plan excuses anything.
 */
export const testChangeSchema = z.object({
  file: z
    .string()
    .min(1)
    .max(PLANNED_PATH_CHARS_MAX)
    .describe("The test's file today, or a file that tests read (a snapshot)."),
  test: z
    .string()
    .min(1)
    .max(PLANNED_PATH_CHARS_MAX)
    .nullable()
    .describe("The test's name as its runner prints it; null for the whole file."),
  change: z
    .enum(["update", "delete", "rename"])
    .describe(
      "update: it still runs, with other content. delete: it goes. rename: the same content, its name in `to`.",
    ),
  to: z
    .string()
    .min(1)
    .max(PLANNED_PATH_CHARS_MAX)
    .nullable()
    .describe("Of a renamed test or file: its new name. Otherwise null."),
  why: z.string().min(1).max(LINE_CHARS_MAX),
});
export type TestChange = z.infer<typeof testChangeSchema>;

export const planSchema = z.object({
  goal: line,
  chunks: z
    .array(chunkSchema)
    .min(1)
    .max(
      CHUNKS_MAX,
      `At most ${CHUNKS_MAX} chunks: plan the first ones, and name under risks what another ticket has to do.`,
    )
    .describe(
      "Each small enough for one pull request, useful and safe alone. One, unless one pull request cannot hold the work.",
    ),
  constraints: lines,
  definitionOfDone: z.array(doneItemSchema).min(1).max(DONE_ITEMS_MAX),
  verification: lines.min(1).describe("Exact steps by which somebody else sees that it works."),
  assumptions: lines,
  risks: lines,
  estimate: z.object({ filesChanged: z.number().int().min(0), linesChanged: z.number().int().min(0) }),
  /** Absent in ledgers of earlier versions. */
  testChanges: z
    .array(testChangeSchema)
    .max(PLAN_LINES_MAX)
    .optional()
    .describe("Existing tests that have to change. Usually none; each one is shown to a person, who has to agree."),
});

export type Plan = z.infer<typeof planSchema>;
export type DoneItem = z.infer<typeof doneItemSchema>;

export const diagnosisSchema = z.object({
  rootCause: z.string().min(1).max(ACCOUNT_CHARS_MAX),
  affectedFiles: z.array(z.string().min(1).max(PLANNED_PATH_CHARS_MAX)).min(1).max(PLAN_LINES_MAX),
  reproduction: z
    .string()
    .min(1)
    .max(ACCOUNT_CHARS_MAX)
    .describe("The smallest test or steps that fail today, exactly."),
  evidence: lines.min(1).describe("Cited as path:line, with what stands there."),
  confidence: z.enum(["low", "medium", "high"]),
});
export type Diagnosis = z.infer<typeof diagnosisSchema>;

/** Whether the plan lets old tests say something else than before: that is for a person to decide, whatever the policy. */
export function excusesTests(plan: Plan): boolean {
  return (plan.testChanges?.length ?? 0) > 0;
}

/** The first chunk: what this ticket's pull request delivers. @throws on a plan without chunks (a bug: the schema refuses it) */
export function deliveredChunk(plan: Plan): z.infer<typeof chunkSchema> {
  const chunk = plan.chunks[0];
  if (!chunk) throw new Error("A plan has at least one chunk");
  return chunk;
}

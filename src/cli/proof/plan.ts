import { z } from "zod";
import { taskTypeSchema, type TaskType } from "../../core/ledger/ids.ts";
import { type DoneItem, type Plan, testChangeSchema } from "../../core/ticket/plan.ts";
import { isTestFile } from "../../proof/languages/tests/test-files.ts";

/** Caps of a plan that somebody gives: wider than those of our own plans, so that other tools' plans fit. */
const TEXT_CHARS_MAX = 2000;
const FILES_MAX = 2000;
const TESTS_MAX = 200;
const LINES_MAX = 100;

/**
 * The plan that `coop proof` takes from a file: the plan of a ticket as the ledger keeps it, or a shorter form that
 * people write by hand. docs/API.md shows both.
 */
export type GivenPlan = { readonly type: TaskType; readonly plan: Plan };

export type PlanReading =
  { readonly outcome: "read"; readonly given: GivenPlan } | { readonly outcome: "refused"; readonly why: string };

const text = z.string().min(1).max(TEXT_CHARS_MAX);
const changeOfFile = z.object({
  path: text,
  action: z.enum(["create", "change", "delete"]).default("change"),
  intent: text.default("changes"),
});
const evidenceSchema = z.object({ kind: z.enum(["test", "command", "file", "review"]), reference: text });
const doneSchema = z.union([
  text,
  z.object({ id: text.optional(), statement: text, evidence: evidenceSchema.optional() }),
]);
const chunk = z.object({
  title: text.default("the change"),
  files: z.array(z.union([text, changeOfFile])).max(FILES_MAX),
  tests: z.array(text).max(TESTS_MAX).default([]),
});

/** `to` may be a list by hand, and a change of another name is an update. */
const givenTestChange = z
  .object({
    file: text,
    test: text.nullish(),
    change: z.string(),
    to: z.union([text, z.array(text)]).nullish(),
    why: text.default("no reason given"),
  })
  .transform(({ file, test, change, to, why }) => {
    const known = testChangeSchema.shape.change.safeParse(change);
    const target = Array.isArray(to) ? (to[0] ?? null) : (to ?? null);
    return { file, test: test ?? null, change: known.success ? known.data : ("update" as const), to: target, why };
  });

const body = z.object({
  type: taskTypeSchema.optional(),
  goal: text.default("not said"),
  chunks: z.array(chunk).min(1).optional(),
  files: chunk.shape.files.optional(),
  tests: chunk.shape.tests,
  definitionOfDone: z.array(doneSchema).max(LINES_MAX).optional(),
  dod: z.array(doneSchema).max(LINES_MAX).default([]),
  verification: z.array(text).max(LINES_MAX).default([]),
  testChanges: z.array(givenTestChange).max(LINES_MAX).default([]),
});

/** @param json the file's text */
export function parsePlan(json: string, path: string): PlanReading {
  const refused = (why: string): PlanReading => ({ outcome: "refused", why: `${path} is not a plan: ${why}` });
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    return refused(`${(error as Error).message}.`);
  }
  // A ledger's `planned` entry has the plan inside.
  const inner =
    isObject(value) && isObject(value["plan"]) ? { type: value["type"] ?? value["task"], ...value["plan"] } : value;
  const parsed = body.safeParse(inner);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return refused(
      `${issue?.path.join(".") || "at the top"}: ${issue?.message ?? "unreadable"}. docs/API.md shows its form.`,
    );
  }
  const given = parsed.data;
  const files = given.chunks?.[0]?.files ?? given.files;
  if (!files) return refused("it names no files. docs/API.md shows its form.");
  return { outcome: "read", given: { type: given.type ?? "feature", plan: planOf(given, files) } };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function planOf(given: z.infer<typeof body>, files: z.infer<typeof chunk>["files"]): Plan {
  const tests = given.chunks?.[0]?.tests ?? given.tests;
  const items = [...(given.definitionOfDone ?? given.dod), ...tests.filter((one) => one.includes("::"))];
  return {
    goal: given.goal,
    chunks: [
      {
        title: given.chunks?.[0]?.title ?? "the change",
        files: files.map((one) => (typeof one === "string" ? { path: one, action: "change", intent: "changes" } : one)),
        tests,
      },
    ],
    constraints: [],
    definitionOfDone: items.map(doneItem),
    verification: given.verification,
    assumptions: [],
    risks: [],
    estimate: { filesChanged: 0, linesChanged: 0 },
    testChanges: given.testChanges,
  };
}

/** A sentence without evidence is for reviewers, unless it begins with a test's file: `test/a.test.js::adds`. */
function doneItem(given: z.infer<typeof doneSchema>, index: number): DoneItem {
  const id = `D${index + 1}`;
  if (typeof given !== "string")
    return {
      id: given.id ?? id,
      statement: given.statement,
      evidence: given.evidence ?? evidenceOf(given.statement),
    };
  return { id, statement: given, evidence: evidenceOf(given) };
}

function evidenceOf(statement: string): DoneItem["evidence"] {
  const path = /^[`"']?([^\s`"':]+)[`"']?:/.exec(statement)?.[1] ?? "";
  return { kind: isTestFile(path) ? "test" : "review", reference: statement };
}

import type { z } from "zod";
import type { AnswerFacts, RoleTask } from "../roles/task.ts";
import type { Overlay } from "./files.ts";
import type { Briefing } from "../roles/briefing.ts";
import { fileOf } from "../roles/citations.ts";
import { strictSchema } from "../roles/answer-schema.ts";
import { objectsIn } from "./json-in-words.ts";
import { readLeniently } from "./lenient.ts";

/** From what a model sent to an answer that may be used, or to the sentences that tell it what did not fit. */
export type Checked<A> =
  | { readonly outcome: "usable"; readonly answer: A; readonly doubts: string[]; readonly facts: AnswerFacts }
  | { readonly outcome: "unusable"; readonly problems: string[] };

/** A misshapen answer has one cause more often than many; the rest shows itself in the second try. */
const PROBLEMS_MAX = 15;

/** @param raw the text of an answer, or the arguments of `finish` */
export async function checkAnswer<A>(
  task: RoleTask<A>,
  raw: unknown,
  briefing: Briefing,
  files: Overlay | null,
): Promise<Checked<A>> {
  const parsed = bestReading(task, raw);
  if (!parsed) return unusable(["The answer is not JSON: give one JSON object of the schema and nothing else."]);
  if (!parsed.success) return unusable(inWords(parsed.error));
  const answer = task.spelt(parsed.data, new Set(files?.paths() ?? briefing.paths));
  const facts = await factsFor(task.cites(answer), briefing, files);
  const problems = task.problems(answer, facts);
  if (problems.length > 0) return unusable(problems);
  return {
    outcome: "usable",
    answer,
    doubts: task.doubts(answer, facts).slice(0, PROBLEMS_MAX),
    facts,
  };
}

/** Of several objects the last that fits the schema; when none does, the last of all is told what is wrong with it. */
export function bestReading<A>(task: RoleTask<A>, raw: unknown): z.ZodSafeParseResult<A> | null {
  const shape = strictSchema(task.answer);
  const due = new Set(Object.keys(shape["properties"] ?? {}));
  const said = typeof raw === "string" ? objectsIn(raw, due) : raw === null || raw === undefined ? [] : [raw];
  const reading = (one: unknown) => task.answer.safeParse(shortened(task.answer, readLeniently(one, shape)));
  const readings = said.map(reading);
  const fitting = readings.findLast((one) => one.success);
  return (
    fitting ??
    said
      .flatMap(framed)
      .map(reading)
      .findLast((one) => one.success) ??
    readings.at(-1) ??
    null
  );
}

/** What a tool that is none of ours has around an answer: `{"response": {…}}`, `{"answer": "{…}"}`. */
function framed(value: unknown): unknown[] {
  const [inner, ...more] = typeof value === "object" && value !== null ? (Object.values(value) as unknown[]) : [];
  if (more.length > 0) return [];
  return typeof inner === "string" ? objectsIn(inner) : typeof inner === "object" && inner !== null ? [inner] : [];
}

function unusable(problems: readonly string[]): { outcome: "unusable"; problems: string[] } {
  const more = problems.length - PROBLEMS_MAX;
  return {
    outcome: "unusable",
    problems: [...problems.slice(0, PROBLEMS_MAX), ...(more > 0 ? [`… and ${more} more.`] : [])],
  };
}

/** Cut texts would name something else, and cut findings would be lost: only prose and lists of prose are cut. */
const NEVER_CUT: readonly PropertyKey[] = [
  ...["path", "id", "findingId", "affectedFiles", "reference", "quote"],
  ...["findings", "followUps", "answers", "definitionOfDone", "files", "chunks", "unplanned", "testChanges"],
];

/** A text or list that is a little too long is cut rather than paid for twice; strict modes cannot hold models to lengths. */
function shortened(schema: z.ZodType, value: unknown): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return value;
  const copy: unknown = structuredClone(value);
  for (const issue of parsed.error.issues) {
    if (issue.code !== "too_big" || issue.path.some((key) => NEVER_CUT.includes(key))) continue;
    if (issue.origin === "string") cutAt(copy, issue.path, (text) => cutText(String(text), Number(issue.maximum)));
    if (issue.origin === "array")
      cutAt(copy, issue.path, (list) => (list as unknown[]).slice(0, Number(issue.maximum)));
  }
  return copy;
}

function cutAt(root: unknown, path: readonly PropertyKey[], cut: (value: unknown) => unknown): void {
  const holder = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown>)[key], root);
  const last = path.at(-1);
  if (last === undefined || typeof holder !== "object" || holder === null) return;
  const record = holder as Record<PropertyKey, unknown>;
  record[last] = cut(record[last]);
}

function cutText(text: string, charsMax: number): string {
  // Half of a surrogate pair cannot be stored or sent.
  return `${text.slice(0, charsMax - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

function inWords(error: z.ZodError): string[] {
  return error.issues.map((issue) => {
    const at = issue.path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
    return `${at.replace(/^\./, "") || "The answer"}: ${issue.message}.`;
  });
}

async function factsFor(cited: readonly string[], briefing: Briefing, files: Overlay | null): Promise<AnswerFacts> {
  const paths = new Set(files?.paths() ?? briefing.paths);
  const texts = new Map<string, string>();
  for (const said of new Set(cited)) {
    const path = fileOf({ path: said }, { paths, briefing }) ?? said;
    const file = files && paths.has(path) ? await files.read(path) : null;
    if (file?.kind === "text") texts.set(path, file.text);
  }
  return { briefing, paths, texts, touched: new Set(files?.changes().keys() ?? []) };
}

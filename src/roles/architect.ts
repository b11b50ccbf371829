import { meantPath, newPathMeant, unframed } from "../trees/meant-path.ts";
import { newPathProblem } from "../trees/new-path.ts";
import { circleIn, strayIn } from "../core/rules/epic.ts";
import { deliveredChunk, type DoneItem, type Plan, planSchema } from "../core/ticket/plan.ts";
import { vainExcuses } from "../core/ticket/vain-excuse.ts";
import { type AnswerFacts, duplicates, roleTask, type RoleTask, speltTests } from "./task.ts";

/** Task types whose plan has to name tests; a refactoring stands on the tests that exist, docs have none. */
const NEEDS_TESTS: readonly string[] = ["feature", "bug"];

export const planTask = planning(
  "Write the plan for this ticket. Read the code first, as far as you need it; then answer with the plan.",
);

/** Against the code as it is without the change, like every plan: proof and scope compare with that. */
export const replanTask = planning(
  "The work on your plan has left it, or open findings are about what the plan decided. Look at the change and at each finding, and decide anew: keep what holds, and change the plan where it was wrong. Answer with the whole plan, from the code without the change to the end, as one chunk unless the ticket needs more. Its files are all that the finished change may touch. The Implementer goes on from the change as it stands.",
);

function planning(words: string): RoleTask<Plan> {
  return roleTask<Plan>({
    role: "architect",
    task: "plan",
    answerName: "plan",
    answer: planSchema,
    tools: "read",
    words,
    spelt,
    cites: (plan) => (plan.testChanges ?? []).map(({ file }) => file),
    problems: (plan, facts) => [
      ...excuseProblems(plan, facts),
      ...fileProblems(plan, facts),
      ...orderProblems(plan),
      ...testProblems(plan, facts),
      ...doneProblems(plan, facts),
    ],
    // What a reference means is looked at again with the proof, where a test or a file that is not there refutes its item.
    doubts: (plan, facts) => [
      ...testDoubts(plan, facts),
      ...laterTestDoubts(plan, facts),
      ...referenceDoubts(plan, facts),
      ...excuseDoubts(plan, facts),
    ],
  });
}

/** What an earlier chunk creates is there for a later one. */
function spelt(plan: Plan, paths: ReadonlySet<string>): Plan {
  const there = new Set(paths);
  const frames = framesOf(plan, paths);
  const chunks = plan.chunks.map((chunk) => {
    const files = chunk.files.map((file) => {
      const path = there.has(file.path) ? file.path : ownPath(file, there, frames);
      if (file.action === "create") there.add(path);
      return { ...file, path };
    });
    return { ...chunk, files };
  });
  return { ...plan, chunks, ...speltTests(plan, paths) };
}

/** A new file that is spelt much like another one is told so. */
function ownPath(
  { path, action }: { path: string; action: string },
  there: ReadonlySet<string>,
  frames: ReadonlySet<string>,
): string {
  const meant = action === "create" ? null : meantPath(path, there);
  return meant ?? (frames.has(topOf(path)) ? unframed(path, there) : null) ?? newPathMeant(path, there);
}

/**
 * The `b/` of a diff or the `workspace/` of a container before a file that is to be changed: it stands before the plan's new
 * files as well. Before new files alone it is a new folder, such as one with its own `package.json`.
 */
function framesOf(plan: Plan, paths: ReadonlySet<string>): Set<string> {
  const files = plan.chunks.flatMap((chunk) => chunk.files).filter(({ action }) => action !== "create");
  const framed = files.filter(({ path }) => !paths.has(path) && paths.has(unframed(path, paths) ?? path));
  return new Set(framed.map(({ path }) => topOf(path)).filter((top) => top !== ""));
}

function topOf(path: string): string {
  return path.slice(0, Math.max(0, path.indexOf("/")));
}

/** Chunks come one after the other, so a later one may change what an earlier one creates. */
function fileProblems(plan: Plan, facts: AnswerFacts): string[] {
  const exists = new Set(facts.paths);
  return plan.chunks.flatMap((chunk, index) => {
    const at = `chunks[${index}]`;
    const twice = duplicates(chunk.files.map((file) => file.path)).map(
      (path) => `${at} names ${q(path)} twice: merge the two.`,
    );
    const wrong = chunk.files.flatMap((file) => {
      const problem = fileProblem(file, exists);
      if (file.action === "delete") exists.delete(file.path);
      else exists.add(file.path);
      return problem === null ? [] : [`${at}: ${problem}`];
    });
    return [...twice, ...wrong];
  });
}

/** Parts that wait for each other, or for none of the plan, could never all be built. */
function orderProblems({ chunks }: Plan): string[] {
  const stray = strayIn(chunks).map(
    ({ part, names }) =>
      `chunks[${part - 1}].after names ${names}: give numbers of other chunks, counted from 1 to ${chunks.length}.`,
  );
  const circle = circleIn(chunks);
  if (stray.length > 0 || circle.length === 0) return stray;
  return [`chunks ${circle.join(" → ")} wait for each other in a circle: take one of these out of \`after\`.`];
}

function fileProblem({ path, action }: { path: string; action: string }, exists: ReadonlySet<string>): string | null {
  const check = exists.has(path) ? { outcome: "ok" as const } : newPathProblem(path, [...exists]);
  if (check.outcome === "refused") return `${q(path)} cannot be used. ${check.why}`;
  if (action === "create")
    return exists.has(path) ? `${q(path)} is to be created but exists: say "change", or take another name.` : null;
  return exists.has(path) ? null : `${q(path)} is to be ${action}d but does not exist: look it up, or say "create".`;
}

function testProblems(plan: Plan, facts: AnswerFacts): string[] {
  if (deliveredChunk(plan).tests.length > 0 || !NEEDS_TESTS.includes(facts.briefing.type)) return [];
  return ["chunks[0].tests is empty: name the tests that will show that it works, each with its file."];
}

/** What nobody has cannot be excused, and a person would agree to a name that means nothing. */
function excuseProblems({ testChanges = [] }: Plan, { paths }: AnswerFacts): string[] {
  const nameless = testChanges.filter(({ change, to }) => change === "rename" && to === null);
  return [
    ...testChanges
      .filter(({ file }) => !paths.has(file))
      .map(
        ({ file }) =>
          `testChanges names ${q(file)}, which does not exist: name a test file of the repository, or leave it out.`,
      ),
    ...nameless.map(({ file, test }) => `testChanges renames ${q(test ?? file)}: say its new name in \`to\`.`),
  ];
}

function excuseDoubts({ testChanges = [] }: Plan, { texts }: AnswerFacts): string[] {
  return vainExcuses(
    testChanges.filter(({ file }) => texts.has(file)),
    (file) => [texts.get(file) ?? ""],
  ).map(
    ({ file, test }) =>
      `testChanges names the test ${q(test ?? "")}, which ${q(file)} does not have: name it as its runner prints it.`,
  );
}

function testDoubts(plan: Plan, facts: AnswerFacts): string[] {
  return deliveredChunk(plan).tests.flatMap((test, index) =>
    namesFile(test, plan, facts)
      ? []
      : [`chunks[0].tests[${index}] names no file of the plan or repository: begin with the test's path.`],
  );
}

/** Each later chunk may become a ticket of its own, with nothing but these words to tell its author what has to be shown. */
function laterTestDoubts({ chunks }: Plan, { briefing }: AnswerFacts): string[] {
  if (!NEEDS_TESTS.includes(briefing.type)) return [];
  return chunks.flatMap(({ tests }, index) =>
    index > 0 && tests.length === 0
      ? [`chunks[${index}].tests is empty: name the tests that will show that this part works by itself.`]
      : [],
  );
}

function doneProblems(plan: Plan, facts: AnswerFacts): string[] {
  const items = plan.definitionOfDone;
  const twice = duplicates(items.map((item) => item.id)).map(
    (id) => `definitionOfDone has ${id} twice: number them D1, D2, …`,
  );
  const wrong = items
    .filter((item) => item.evidence.kind === "command" && item.evidence.reference.includes("\n"))
    .map((item) => `definitionOfDone ${item.id}: the reference has to be one command line.`);
  const byMachine = items.some((item) => item.evidence.kind === "test" || item.evidence.kind === "command");
  const needed = NEEDS_TESTS.includes(facts.briefing.type) && !byMachine;
  return [
    ...twice,
    ...wrong,
    ...(needed ? ["definitionOfDone has no item that a test or command shows: add one."] : []),
  ];
}

function referenceDoubts(plan: Plan, facts: AnswerFacts): string[] {
  const isVague = ({ evidence: { kind, reference } }: DoneItem) =>
    (kind === "file" || kind === "test") && !namesFile(reference, plan, facts);
  return plan.definitionOfDone.filter(isVague).map(({ id, evidence }) => {
    const said = `the reference ${q(evidence.reference)} names no file of the plan or repository`;
    return `definitionOfDone ${id}: ${said}, and what cannot be found is not proven.`;
  });
}

/** Does the text name a path that the first chunk touches or that exists? */
function namesFile(text: string, plan: Plan, facts: AnswerFacts): boolean {
  if (deliveredChunk(plan).files.some((file) => text.includes(file.path))) return true;
  return text
    .split(/[\s`'",;()]+/)
    .some((word) => facts.paths.has(word) || facts.paths.has(word.replace(/:.*$|[.:]+$/, "")));
}

function q(text: string): string {
  return JSON.stringify(text);
}

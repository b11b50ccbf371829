import type { EntryData } from "../core/ledger/entries.ts";
import { excusesTests, type Plan, type TestChange } from "../core/ticket/plan.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import { cell, code, codeInCell, inline } from "./escape.ts";
import { count, paragraphs, short, table } from "./format.ts";

/** Of a plan, under its heading; empty where every old test stays as it is. */
export function plannedTestChanges(plan: Plan): string {
  return excusesTests(plan) ? `**Existing tests that change**\n\n${testChanges(plan.testChanges ?? [])}` : "";
}

/** What old tests may say differently, and nothing else: a person agrees to exactly these rows. */
function testChanges(changes: readonly TestChange[]): string {
  const rows = changes.map(({ file, test, change, to, why }) => [
    codeInCell(file),
    test === null ? "the whole file" : codeInCell(test),
    to === null ? change : `${change} to ${codeInCell(to)}`,
    cell(why),
  ]);
  return table(["File", "Test", "", "Why"], rows);
}

/** The question in the thread, with the words that answer it. */
export function renderTestRequest({ testChanges: asked = [] }: Pick<EntryData<"implemented">, "testChanges">): string {
  if (asked.length === 0) return "";
  const [old, exactly, it] =
    asked.length === 1
      ? ["this old test", "this test", "it"]
      : ["these old tests", `these ${count(asked.length, "test")}`, "them"];
  return paragraphs(
    `**Your turn.** The plan does not name ${old}. May the change touch ${it}?`,
    testChanges(asked),
    `\`/coop approve\` excuses exactly ${exactly}, as if the plan had named ${it}. \`/coop rework <why>\` refuses: the Implementer writes the change without it and reads your reason.`,
  );
}

export function renderTestsExcused(data: EntryData<"tests_excused">): string {
  return paragraphs(
    `**${count(data.testChanges.length, "old test")} may change**, as ${inline(data.by)} agreed at ${short(data.headSha)}. The plan counts as if it had named exactly:`,
    testChanges(data.testChanges),
  );
}

/** One line a test, for a terminal and a page. */
export function testRequestLines({ testRequests }: Pick<Ticket, "testRequests">): string[] {
  return testRequests.open.map(
    ({ file, test, change, to, why }) =>
      `${code(file)}: ${change} ${test === null ? "the whole file" : code(test)}${to === null ? "" : ` to ${code(to)}`}. ${inline(why)}`,
  );
}

import type { EntryData } from "../core/ledger/entries.ts";
import type { TestChange } from "../core/ticket/plan.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import { cell, code, codeInCell, inline } from "./escape.ts";
import { count, paragraphs, short, table } from "./format.ts";

/** What old tests may say differently, and nothing else: a person agrees to exactly these rows. */
export function testChanges(changes: readonly TestChange[]): string {
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
  return paragraphs(
    `**Your turn.** The plan does not name ${asked.length === 1 ? "this old test" : "these old tests"}. May the change touch ${asked.length === 1 ? "it" : "them"}?`,
    testChanges(asked),
    `\`/coop approve\` excuses exactly ${asked.length === 1 ? "this test" : `these ${count(asked.length, "test")}`}, as if the plan had named ${asked.length === 1 ? "it" : "them"}. \`/coop rework <why>\` refuses: the Implementer writes the change without it and reads your reason.`,
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

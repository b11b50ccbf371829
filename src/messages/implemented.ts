import type { FindingAnswer } from "../core/ticket/finding.ts";
import type { ChangedFile, EntryData, VerificationRun } from "../core/ledger/entries.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import { renderTestRequest } from "./test-changes.ts";
import { block, code, codeInCell, indent, inline } from "./escape.ts";
import { bullets, capital, cost, count, folded, number, paragraphs, short, spoken, table } from "./format.ts";

/** The Implementer's evidence trail: what changed and why it should be believed. */
export function renderImplemented(data: EntryData<"implemented">, before: Ticket | null): string {
  const { trail } = data;
  // A fix round says what is new: who reads along has read the rest above.
  const last = data.round > 0 ? (before?.change?.last?.trail ?? null) : null;
  const isNew = (part: Told) => last === null || JSON.stringify(trail[part]) !== JSON.stringify(last[part]);
  const list = (name: string, part: Exclude<Told, "verification">) =>
    isNew(part) && trail[part].length > 0 && `**${name}**\n\n${bullets(trail[part].map(inline))}`;
  return paragraphs(
    spoken(data.round === 0 ? "Implementation" : `Fix round ${data.round}`, "implementer", data.model, short(data.headSha), cost(data.spend)), // prettier-ignore
    block(trail.summary),
    verification(data.verification),
    answers(data.answers, before),
    list("How it works", "logic"),
    isNew("verification") &&
      `**How to verify**\n\n${trail.verification.map((step, index) => `${index + 1}. ${inline(step)}`).join("\n") || "The Implementer named no steps."}`,
    list("Assumptions", "assumptions"),
    list("Known limitations", "limitations"),
    folded(
      data.round === 0 ? filesLine(data.files) : `The whole change: ${filesLine(data.files)}`,
      table(["File", "", "Lines"], data.files.map(fileRow)),
    ),
    data.unplanned.length > 0 &&
      `**Outside the plan**\n\n${bullets(data.unplanned.map((file) => `${code(file.path)}: ${inline(file.why)}`))}`,
    renderTestRequest(data),
  );
}

type Told = "logic" | "verification" | "assumptions" | "limitations";

function filesLine(files: readonly ChangedFile[]): string {
  const added = files.reduce((sum, file) => sum + file.added, 0);
  const removed = files.reduce((sum, file) => sum + file.removed, 0);
  return `${count(files.length, "file")}, ${lines(added, removed)}`;
}

function fileRow(file: ChangedFile): string[] {
  const verb = { create: "new", change: "", delete: "deleted" }[file.action];
  return [codeInCell(file.path), verb, lines(file.added, file.removed)];
}

function lines(added: number, removed: number): string {
  return `+${number(added)} −${number(removed)}`;
}

const GLYPHS = { passed: "✅", failed: "❌", "not-run": "❔" } as const;

function verification(run: VerificationRun): string {
  const tests = run.testsRun === null ? "" : ` ${capital(count(run.testsRun, "test"))} ran.`;
  return `${GLYPHS[run.outcome]} **Verification:** ${inline(run.sentence)}${tests}`;
}

function answers(given: readonly FindingAnswer[], before: Ticket | null): string {
  if (given.length === 0) return "";
  const rows = given.map((answer) => {
    const title = before?.findings.get(answer.findingId)?.finding.title;
    const head = `**${answer.status === "fixed" ? "Fixed" : "Disputed"}** ${code(answer.findingId)}${title ? ` ${inline(title)}` : ""}`;
    return `- ${indent(`${head}\n\n${block(answer.evidence)}`)}`;
  });
  return `**Answers to the findings**\n\n${rows.join("\n")}`;
}

/** The answer in the thread of a person's inline comment, once the rework it asked for is in. */
export function answerToInline(data: EntryData<"implemented">, path: string): string {
  const file = data.files.find((one) => one.path === path);
  const what = file
    ? `Reworked in ${short(data.headSha)}: ${code(path)} changed (${lines(file.added, file.removed)}).`
    : `Reworked in ${short(data.headSha)}, without a change in ${code(path)}.`;
  return `${what} ${inline(data.trail.summary)}`;
}

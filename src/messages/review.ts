import type { Finding, FollowUp, Severity } from "../core/ticket/finding.ts";
import type { Word } from "../core/ticket/survivor.ts";
import type { EntryData } from "../core/ledger/entries.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import { block, code, indent, inline, suggestion } from "./escape.ts";
import { bullets, cost, count, folded, listed, paragraphs, ROLE_TITLES, short, spoken } from "./format.ts";

/**
 * A reviewer's report: the verdict first, then what has to be done, then how it was looked for.
 * @param onLines ids of findings that are read on their lines, in comments that go with this report: here they are only counted
 */
export function renderReviewed(
  data: EntryData<"reviewed">,
  before: Ticket | null,
  onLines: ReadonlySet<string> = new Set(),
): string {
  const heading = data.role === "reviewer" ? "Review" : "Hostile review";
  return paragraphs(
    spoken(`${heading}: ${verdict(data)}`, data.role, data.model, inline(data.vendor), short(data.headSha), cost(data.spend)), // prettier-ignore
    block(data.summary),
    counted(data.findings.filter(({ id }) => onLines.has(id))),
    ...SECTIONS.map(([severity, name]) => section(name, data.findings, { severity, onLines })),
    followUps(data.followUps, before),
    words(data.survivors ?? [], before),
    (data.outside ?? []).length > 0 && `**Outside the plan, but needed:** ${listed((data.outside ?? []).map(code))}`,
    data.verificationSteps.usable === "no" &&
      `❌ **The verification steps cannot be followed:** ${inline(data.verificationSteps.why)}`,
    folded("What was attacked", bullets(data.attacked.map(inline))),
    folded(doneSummary(data.done), done(data.done)),
  );
}

const SECTIONS: readonly (readonly [Severity, plural: string, one: string])[] = [
  ["blocker", "Blockers", "blocker"],
  ["concern", "Concerns", "concern"],
  ["nice-to-have", "Nice-to-haves", "nice-to-have"],
];

export function verdict(data: EntryData<"reviewed">): string {
  if (data.verdict === "pass") return "pass";
  const blockers = data.findings.filter((one) => one.severity === "blocker").length;
  return blockers > 0 ? `changes needed (${count(blockers, "blocker")})` : "changes needed";
}

/** What is read elsewhere, in one line. */
function counted(findings: readonly Finding[]): string {
  const parts = SECTIONS.flatMap(([severity, , one]) => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return number > 0 ? [count(number, one)] : [];
  });
  if (parts.length === 0) return "";
  const where = findings.length === 1 ? "with what to do, on its line" : "each with what to do, on their lines";
  return `**On the code:** ${listed(parts)}, ${where} below.`;
}

type Shown = { readonly severity: Severity; readonly onLines: ReadonlySet<string> };

function section(name: string, findings: readonly Finding[], { severity, onLines }: Shown): string {
  const here = findings.filter((one) => one.severity === severity && !onLines.has(one.id));
  return here.length === 0 ? "" : `#### ${name}\n\n${here.map(findingItem).join("\n\n")}`;
}

function findingItem(finding: Finding): string {
  return `- ${indent(paragraphs(`${code(finding.id)} **${inline(finding.title)}**${place(finding)}`, explained(finding)))}`;
}

function explained(finding: Finding): string {
  return paragraphs(
    block(finding.problem),
    instruction(finding.instruction),
    finding.lowered && `*Not a blocker:* ${inline(finding.lowered)}`,
  );
}

/** A fence that follows words on its line would be no fence, so only a text of one line stands beside its label. */
function instruction(text: string): string {
  return text.includes("\n") ? `**Do:**\n\n${block(text)}` : `**Do:** ${inline(text)}`;
}

function place(finding: Pick<Finding, "path" | "line">): string {
  if (!finding.path) return "";
  return ` · ${code(finding.line === null ? finding.path : `${finding.path}:${finding.line}`)}`;
}

/** The findings whose line the pull request's diff shows, each as a comment on its line. GitHub refuses any other place. */
export function inlineComments(
  data: EntryData<"reviewed">,
  commentable: ReadonlyMap<string, ReadonlySet<number>>,
): { finding: string; path: string; line: number; startLine?: number; body: string }[] {
  return data.findings.flatMap((finding) => {
    const { id, path, line } = finding;
    const shown = path === null ? undefined : commentable.get(path);
    if (path === null || line === null || !shown?.has(line)) return [];
    const words = inlineComment(finding);
    const last = line + quotedLines(finding) - 1;
    const offered = everyLine(shown, line, last) ? suggestion(finding.replacement) : "";
    if (offered === "") return [{ finding: id, path, line, body: words }];
    return [
      { finding: id, path, line: last, ...(last > line ? { startLine: line } : {}), body: paragraphs(words, offered) },
    ];
  });
}

/** A replacement is kept only where the quote is exactly the lines that it replaces. */
function quotedLines({ quote }: Finding): number {
  return (quote ?? "").replace(/\n$/, "").split("\n").length;
}

function everyLine(shown: ReadonlySet<number>, first: number, last: number): boolean {
  for (let line = first; line <= last; line += 1) if (!shown.has(line)) return false;
  return true;
}

/** A finding as an inline comment on its line, where the place needs no saying. */
function inlineComment(finding: Finding): string {
  const name = { blocker: "Blocker", concern: "Concern", "nice-to-have": "Nice to have" }[finding.severity];
  const by = finding.by === "person" || finding.by === "proof" ? "" : ` · ${ROLE_TITLES[finding.by]}`;
  return paragraphs(`**${name}: ${inline(finding.title)}** · ${code(finding.id)}${by}`, explained(finding));
}

function followUps(given: readonly FollowUp[], before: Ticket | null): string {
  if (given.length === 0) return "";
  const rows = given.map((one) => {
    const title = before?.findings.get(one.findingId)?.finding.title;
    const fate = one.status === "resolved" ? "✅ resolved" : "❌ still open";
    return `${fate}: ${code(one.findingId)}${title ? ` ${inline(title)}` : ""}. ${inline(one.evidence)}`;
  });
  return `#### Earlier findings\n\n${bullets(rows)}`;
}

function words(given: readonly Word[], before: Ticket | null): string {
  if (given.length === 0) return "";
  const rows = given.map((one) => {
    const known = before?.findings.get(one.findingId)?.finding;
    const what = known ? ` (${inline(known.title)}${place(known)})` : "";
    const says = one.equivalent === "yes" ? "➖ no input can tell" : "❌ needs a test";
    return `${says}: ${code(one.findingId)}${what}. ${inline(one.why)}`;
  });
  return `#### Changes that no test notices\n\n${bullets(rows)}`;
}

const MET = { yes: "✅", no: "❌", unknown: "❔" } as const;

function doneSummary(items: EntryData<"reviewed">["done"]): string {
  const number = (met: keyof typeof MET) => items.filter((one) => one.met === met).length;
  const parts = [
    `${number("yes")} met`,
    number("no") > 0 ? `${number("no")} not met` : "",
    number("unknown") > 0 ? `${number("unknown")} unknown` : "",
  ];
  return `Definition of Done: ${listed(parts.filter(Boolean))}`;
}

function done(items: EntryData<"reviewed">["done"]): string {
  return bullets(items.map((one) => `${MET[one.met]} **${inline(one.id)}** ${inline(one.evidence)}`));
}

export function renderSettled(data: EntryData<"dispute_settled">, before: Ticket | null): string {
  const title = before?.findings.get(data.findingId)?.finding.title;
  const outcome =
    data.outcome === "upheld" ? "upheld: it has to be fixed" : "withdrawn: it no longer stands against a merge";
  return paragraphs(
    spoken("Dispute settled", data.by, data.model, cost(data.spend)),
    `${code(data.findingId)}${title ? ` **${inline(title)}**` : ""} is **${outcome}**.`,
    block(data.rationale),
  );
}

import type { Finding } from "../core/ticket/finding.ts";
import { isOpen, type Review, type Ticket } from "../core/ticket/ticket.ts";
import { count, ROLE_TITLES } from "../messages/format.ts";
import { type Places, sarifLog, somewhere } from "./sarif.ts";
import { plain } from "./terminal.ts";

/** What `coop review` found, and the forms in which it says so. */
export const REVIEW_FORMATS = ["text", "json", "md", "sarif"] as const;
export type ReviewFormat = (typeof REVIEW_FORMATS)[number];

export function formatReview(ticket: Ticket, as: ReviewFormat, places: Places): string {
  const findings = findingsOf(ticket, places);
  switch (as) {
    case "json":
      return JSON.stringify(report(ticket, findings), null, 2);
    case "sarif":
      return JSON.stringify(sarif(ticket, findings, places), null, 2);
    case "md":
      return markdown(ticket, findings);
    case "text":
      return words(ticket, findings);
  }
}

/** What a reviewer writes was looked through when it was written down; the names of files stand there as they are. */
function findingsOf(ticket: Ticket, { shown }: Places): Finding[] {
  const open = [...ticket.findings.values()].filter(isOpen);
  return open.map(({ finding }) => ({ ...finding, path: finding.path === null ? null : shown(finding.path) }));
}

function reviewsOf({ reviews }: Ticket): Review[] {
  return [reviews.reviewer, reviews.adversary].filter((one) => one !== null);
}

function report(ticket: Ticket, findings: readonly Finding[]): object {
  const { change, spend } = ticket;
  return {
    verdict: verdictOf(ticket, findings),
    ...{ base: change?.baseSha ?? null, head: change?.headSha ?? null },
    reviews: reviewsOf(ticket).map(({ role, model, vendor, verdict, summary }) => ({
      role,
      model,
      vendor,
      verdict,
      summary,
    })),
    findings: findings.map(({ id, by, severity, kind, path, line, title, problem, instruction }) => {
      return { id, by, severity, kind, path, line, title, problem, instruction };
    }),
    spend,
  };
}

/** `unknown`: one of the two has not looked, and silence is no yes. */
function verdictOf(ticket: Ticket, findings: readonly Finding[]): "pass" | "blockers" | "unknown" {
  if (findings.some(({ severity }) => severity === "blocker")) return "blockers";
  return reviewsOf(ticket).length === 2 ? "pass" : "unknown";
}

const SAYS = {
  pass: "No blocker was found.",
  blockers: "There are blockers.",
  unknown: "Not decided: a review could not be finished.",
} as const;

function words(ticket: Ticket, found: readonly Finding[]): string {
  const reviews = reviewsOf(ticket).map(
    ({ role, model, vendor, summary }) => `${ROLE_TITLES[role]} (${model}, ${vendor}): ${plain(summary)}`,
  );
  const findings = found.flatMap((one) => [
    "",
    plain(`${one.severity} ${one.id}${placeOf(one)}: ${one.title}`),
    `    ${plain(one.problem)}`,
    `    Do: ${plain(one.instruction)}`,
  ]);
  return [...reviews, ...findings, "", SAYS[verdictOf(ticket, found)]].join("\n");
}

function placeOf({ path, line }: Finding): string {
  if (path === null) return "";
  return ` ${line === null ? path : `${path}:${line}`}`;
}

function markdown(ticket: Ticket, findings: readonly Finding[]): string {
  const cell = (text: string) => plain(text).replace(/[|<>`\\@]/g, (sign) => `&#${sign.codePointAt(0)};`);
  const rows = findings.map(
    (one) => `| ${one.severity} | ${cell(placeOf(one).trim())} | ${cell(one.title)} | ${cell(one.instruction)} |`,
  );
  const table =
    rows.length > 0 ? ["| Severity | Place | Finding | What to do |", "|---|---|---|---|", ...rows, ""] : [];
  const by = reviewsOf(ticket).map(
    ({ role, model, summary }) => `- ${ROLE_TITLES[role]} (${cell(model)}): ${cell(summary)}`,
  );
  return [`**${SAYS[verdictOf(ticket, findings)]}** ${count(rows.length, "finding")}.`, "", ...table, ...by]
    .join("\n")
    .trimEnd();
}

const LEVELS = { blocker: "error", concern: "warning", "nice-to-have": "note" } as const;

/** The finding's own id keeps a result the same over commits, as code scanning wants it. */
function sarif(ticket: Ticket, findings: readonly Finding[], places: Places): object {
  const kinds = [...new Set(findings.map(({ kind }) => kind))];
  const rules = kinds.map((kind) => ({ id: kind, text: `A reviewer's finding about ${kind}` }));
  const results = findings.map((one) => ({
    ruleId: one.kind,
    level: LEVELS[one.severity],
    text: plain(`${one.title}. ${one.problem} ${one.instruction}`),
    fingerprint: one.id,
    place: one.path === null ? somewhere(places) : { path: one.path, line: one.line ?? 1 },
  }));
  return sarifLog({ tool: "coop review", rules, results, verdict: verdictOf(ticket, findings), places });
}

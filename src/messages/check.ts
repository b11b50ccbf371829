import type { Finding } from "../core/ticket/finding.ts";
import type { EntryData } from "../core/ledger/entries.ts";
import { plain } from "./escape.ts";
import { bullets, capital, count, paragraphs } from "./format.ts";
import { fitted } from "./fit.ts";
import { readiness } from "../core/ticket/proof.ts";
import { PROOF_NAMES, proofSummary, proofTable } from "./proof.ts";
import { verdict } from "./review.ts";
import { code, inline } from "./escape.ts";

/** A check run in words, but for its link. GitHub allows 65,535 characters of summary; bodies keep well under that. */
export type CheckText = {
  readonly name: "coop/review" | "coop/adversary" | "coop/proof";
  readonly headSha: string;
  readonly conclusion: "success" | "failure" | "neutral" | "action_required";
  readonly title: string;
  readonly summary: string;
  readonly annotations: readonly Annotation[];
};

type Annotation = {
  readonly path: string;
  readonly line: number;
  readonly level: "failure" | "warning" | "notice";
  readonly message: string;
};

export function checkOfReview(data: EntryData<"reviewed">): CheckText {
  const list = data.findings.map(
    (one) => `**${one.severity}** ${code(one.id)} ${inline(one.title)}${one.path ? ` (${code(placeOf(one))})` : ""}`,
  );
  return {
    name: data.role === "reviewer" ? "coop/review" : "coop/adversary",
    headSha: data.headSha,
    conclusion: data.verdict === "pass" ? "success" : "failure",
    title: capital(verdict(data)),
    summary: fitted(paragraphs(inline(data.summary), bullets(list))),
    annotations: data.findings.flatMap(annotation),
  };
}

export function checkOfProof(data: EntryData<"proof_collected">): CheckText {
  const verdict = readiness(data.items);
  const open = verdict.outcome === "ready" ? [] : verdict.missing;
  const refuted = open.some((item) => item.state === "refuted");
  const missing = open.map((item) => PROOF_NAMES[item.id]);
  return {
    name: "coop/proof",
    headSha: data.headSha,
    conclusion: data.outcome === "ready" ? "success" : refuted ? "failure" : "action_required",
    title: capital(proofSummary(data.items)),
    summary: fitted(
      paragraphs(proofTable(data.items), missing.length > 0 && `**${count(missing.length, "item")} missing:** ${missing.join(", ")}.`), // prettier-ignore
    ),
    annotations: [],
  };
}

const LEVELS: Readonly<Record<Finding["severity"], Annotation["level"]>> = {
  blocker: "failure",
  concern: "warning",
  "nice-to-have": "notice",
};

function annotation(finding: Finding): Annotation[] {
  const { path, line, severity, id } = finding;
  if (path === null || line === null) return [];
  const message = `${id}: ${plain(finding.title)}\n\n${plain(finding.problem, 1500)}\n\n${plain(finding.instruction)}`;
  return [{ path, line, level: LEVELS[severity], message }];
}

function placeOf(finding: Finding): string {
  return finding.line === null ? (finding.path ?? "") : `${finding.path}:${finding.line}`;
}

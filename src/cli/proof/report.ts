import type { ProofItem } from "../../core/ticket/proof-items.ts";
import { type Place, placeIn, type Places, type SarifResult, sarifLog, somewhere } from "../sarif.ts";
import { plain } from "../terminal.ts";

/** What `coop proof` found, and the forms in which it says so. */
export type ProofReport = {
  readonly verdict: "accept" | "block" | "unknown";
  /** The sandbox that ran the code, or null when none did. */
  readonly driver: string | null;
  readonly base: string;
  readonly head: string;
  readonly items: readonly ReportedItem[];
  /** What a person should know besides: one sentence each. */
  readonly notes: readonly string[];
};

export type ReportedItem = {
  readonly item: ProofItem["id"];
  readonly state: ProofItem["state"];
  /** What was found (`src/core/ticket/proof-codes.ts`). */
  readonly code: string;
  readonly required: boolean;
  readonly evidence: string;
  readonly details: readonly string[];
};

/** The code of items whose change is none. */
export const NOTHING = "nothing-to-prove";

export function reported({ id, state, code = "", required, evidence, details }: ProofItem): ReportedItem {
  return { item: id, state, code, required, evidence, details };
}

export const FORMATS = ["text", "json", "md", "sarif"] as const;
export type Format = (typeof FORMATS)[number];

export function verdictOf(items: readonly ReportedItem[]): ProofReport["verdict"] {
  const required = items.filter((one) => one.required);
  if (required.some((one) => one.state === "refuted")) return "block";
  return required.some((one) => one.state === "unknown") ? "unknown" : "accept";
}

/** @param places for SARIF, which shows everything in a file */
export function format(report: ProofReport, as: Format, places: Places): string {
  switch (as) {
    case "json":
      return JSON.stringify(report, null, 2);
    case "md":
      return markdown(report);
    case "sarif":
      return JSON.stringify(sarif(report, places), null, 2);
    case "text":
      return words(report);
  }
}

const MARKS: Record<ProofItem["state"], string> = { proven: "✓", refuted: "✗", unknown: "?", "not-applicable": "–" };
const SAYS: Record<ProofReport["verdict"], string> = {
  accept: "Accepted: everything that is required is proven.",
  block: "Blocked: something that is required is refuted.",
  unknown: "Not decided: something that is required could not be shown.",
};

function words(report: ProofReport): string {
  const [first] = report.items;
  if (first?.code === NOTHING) return plain(first.evidence);
  const evidenceOf = (one: ReportedItem) => {
    const same = one.state === "unknown" && report.items.find((other) => other.evidence === one.evidence);
    return same && same.item !== one.item ? `as for ${same.item}.` : one.evidence;
  };
  const lines = report.items.flatMap((one) => [
    plain(`${MARKS[one.state]} ${one.item}${one.required ? "" : " (not required)"}: ${evidenceOf(one)}`),
    ...(one.state === "proven" || one.state === "not-applicable"
      ? []
      : one.details.map((detail) => plain(`    ${detail}`))),
  ]);
  return [...lines, ...report.notes.map(plain), SAYS[report.verdict]].join("\n");
}

function markdown(report: ProofReport): string {
  const cell = (text: string) => plain(text).replace(/[|<>`\\@]/g, (sign) => `&#${sign.codePointAt(0)};`);
  const [first] = report.items;
  if (first?.code === NOTHING) return `**${cell(first.evidence)}**`;
  const rows = report.items.map(
    (one) =>
      `| ${MARKS[one.state]} ${one.item} | ${one.state}${one.required ? "" : ", not required"} | ${cell(one.evidence)} |`,
  );
  return [
    `**${SAYS[report.verdict]}**`,
    "",
    "| item | state | evidence |",
    "|---|---|---|",
    ...rows,
    "",
    ...report.notes.map(cell),
  ]
    .join("\n")
    .trimEnd();
}

/** Items whose details are findings in files, each at its own line; elsewhere they are what a program printed. */
const FINDS_IN_FILES: readonly ProofItem["id"][] = ["completeness", "tamper", "mutation"];

/** One result a problem: an item that stands in the way, or each finding of an item that reads the files. */
function sarif({ items, verdict }: ProofReport, places: Places): object {
  const open = items.filter((one) => one.state === "refuted" || (one.state === "unknown" && one.required));
  const rules = items.map((one) => ({ id: one.item, text: `The proof's item ${one.item}` }));
  const results = open.flatMap((one) => resultsOf(one, places));
  return sarifLog({ tool: "coop proof", rules, results, verdict, places });
}

function resultsOf(one: ReportedItem, places: Places): SarifResult[] {
  const level = one.required ? (one.state === "refuted" ? "error" : "warning") : "note";
  const found = FINDS_IN_FILES.includes(one.item)
    ? one.details.flatMap((detail) => {
        const place = findingAt(detail, places);
        return place ? [{ ruleId: one.item, level, text: plain(`${one.item}: ${detail}`), place } as const] : [];
      })
    : [];
  if (found.length > 0) return found;
  const details = one.details.filter((detail) => detail !== one.evidence);
  const text = [one.evidence, ...details].map(plain).join("\n");
  const place = placeIn([one.evidence, ...one.details], places) ?? somewhere(places);
  return [{ ruleId: one.item, level, text, place }];
}

/** `src/a.js:3 what is wrong`, `not noticed: src/a.js:3 …`, or a path alone: names with spaces too. */
function findingAt(detail: string, { changed }: Places): Place | null {
  const said = detail.replace(/^not noticed: /, "");
  for (const path of changed) {
    if (said === path || said.startsWith(`${path} `)) return { path, line: 1 };
    const line = said.startsWith(`${path}:`) && /^\d{1,9}\b/.exec(said.slice(path.length + 1));
    if (line) return { path, line: Number(line[0]) };
  }
  return null;
}

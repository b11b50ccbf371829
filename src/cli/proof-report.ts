import type { ProofItem } from "../core/ticket/proof.ts";
import { plain } from "./terminal.ts";

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
  readonly required: boolean;
  readonly evidence: string;
  readonly details: readonly string[];
};

export function reported({ id, state, required, evidence, details }: ProofItem): ReportedItem {
  return { item: id, state, required, evidence, details };
}

export const FORMATS = ["text", "json", "md", "sarif"] as const;
export type Format = (typeof FORMATS)[number];

export function verdictOf(items: readonly ReportedItem[]): ProofReport["verdict"] {
  const required = items.filter((one) => one.required);
  if (required.some((one) => one.state === "refuted")) return "block";
  return required.some((one) => one.state === "unknown") ? "unknown" : "accept";
}

export function format(report: ProofReport, as: Format): string {
  switch (as) {
    case "json":
      return JSON.stringify(report, null, 2);
    case "md":
      return markdown(report);
    case "sarif":
      return JSON.stringify(sarif(report), null, 2);
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
  const lines = report.items.flatMap((one) => [
    plain(`${MARKS[one.state]} ${one.item}${one.required ? "" : " (not required)"}: ${one.evidence}`),
    ...(one.state === "proven" || one.state === "not-applicable"
      ? []
      : one.details.map((detail) => plain(`    ${detail}`))),
  ]);
  return [...lines, ...report.notes.map(plain), SAYS[report.verdict]].join("\n");
}

function markdown(report: ProofReport): string {
  const cell = (text: string) => plain(text).replace(/[|<>`\\@]/g, (sign) => `&#${sign.codePointAt(0)};`);
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

/** SARIF 2.1.0: code scanning shows each detail that begins with `path:line` at its line. */
function sarif(report: ProofReport): unknown {
  const open = report.items.filter((one) => one.state === "refuted" || one.state === "unknown");
  const results = open.flatMap((one) =>
    (one.details.length > 0 ? one.details : [one.evidence]).map((detail) => ({
      ruleId: one.item,
      level: one.state === "refuted" && one.required ? "error" : "warning",
      message: { text: detail === one.evidence ? detail : `${one.evidence} ${detail}` },
      ...placeOf(detail),
    })),
  );
  const rules = report.items.map((one) => ({
    id: one.item,
    shortDescription: { text: `The proof's item ${one.item}` },
  }));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver: { name: "coop proof", rules } }, results, properties: { verdict: report.verdict } }],
  };
}

function placeOf(detail: string): object {
  const found = /^(?:not noticed: )?([^\s:]+\.[\w]+):(\d+)\b/.exec(detail);
  if (!found?.[1]) return {};
  const artifactLocation = { uri: encodeURI(found[1]) };
  return {
    locations: [{ physicalLocation: { artifactLocation, region: { startLine: Math.max(1, Number(found[2])) } } }],
  };
}

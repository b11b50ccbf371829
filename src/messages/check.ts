import type { Finding } from "../core/ticket/finding.ts";
import type { EntryData } from "../core/ledger/entries.ts";
import { CHECK_NAMES, type CheckName } from "../core/ticket/check-names.ts";
import { phaseOf, type Ticket } from "../core/ticket/ticket.ts";
import { plain } from "./escape.ts";
import { bullets, capital, folded, paragraphs, short } from "./format.ts";
import { fitted } from "./cut-comment.ts";
import { PROOF_RECORDS, type ProofItem, readiness } from "../core/ticket/proof-items.ts";
import { PROOF_NAMES, proofDetails, proofSummary, proofTable } from "./proof.ts";
import { verdict } from "./review.ts";
import { doing } from "./status.ts";
import { code, inline } from "./escape.ts";

/** A check run in words, but for its link. GitHub allows 65,535 characters of summary; bodies keep well under that. */
export type CheckText = {
  readonly name: CheckName;
  readonly headSha: string;
  /** Null while it runs. */
  readonly conclusion: "success" | "failure" | "action_required" | "cancelled" | null;
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

/** The three checks on the ticket's head: what has ended and what runs now. What has not begun is not there. */
export function checksOf(ticket: Ticket): CheckText[] {
  const { change, pull, proof, reviews } = ticket;
  if (!change || !pull) return [];
  const { headSha } = change;
  const ended = [
    ...[reviews.reviewer, reviews.adversary].flatMap((one) => (one?.headSha === headSha ? [checkOfReview(one)] : [])),
    ...(proof?.headSha === headSha ? [checkOfProof(proof)] : []),
  ];
  const next = CHECK_NAMES.find((name) => ended.every((one) => one.name !== name));
  const runs = phaseOf(ticket) === "reviewing" && next !== undefined;
  return runs ? [...ended, unended(next, headSha, doing(ticket), null)] : ended;
}

/** A check that began and did not come to its end on this commit. */
export function checkBrokenOff(name: CheckName, headSha: string, ticket: Ticket): CheckText {
  const isOld = headSha !== ticket.change?.headSha;
  return unended(name, headSha, isOld ? "Another commit took this one's place." : doing(ticket), "cancelled");
}

function unended(name: CheckName, headSha: string, what: string, conclusion: "cancelled" | null): CheckText {
  const title = conclusion === null ? "In progress" : "Not finished";
  return { name, headSha, conclusion, title, summary: fitted(what), annotations: [] };
}

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
    // The review's own comments stand on those lines.
    annotations: [],
  };
}

export function checkOfProof(data: EntryData<"proof_collected">): CheckText {
  const about = `Commit ${short(data.headSha)}, compared with ${short(data.baseSha)}.`;
  return checkOfItems({
    headSha: data.headSha,
    items: data.items,
    about,
    author: "the next fix round or `/coop rework`",
  });
}

/** @param author who mends what another commit can mend */
export function checkOfItems(proof: {
  readonly headSha: string;
  readonly items: readonly ProofItem[];
  readonly about: string;
  readonly author: string;
}): CheckText {
  const { headSha, items, about, author } = proof;
  const verdict = readiness(items);
  const open = verdict.outcome === "ready" ? [] : verdict.missing;
  // What only a person can settle is no fault of the change.
  const refuted = open.some((item) => item.state === "refuted" && PROOF_RECORDS[item.id].mendedBy === "round");
  return {
    name: "coop/proof",
    headSha,
    conclusion: verdict.outcome === "ready" ? "success" : refuted ? "failure" : "action_required",
    title: capital(proofSummary(items)),
    summary: fitted(
      paragraphs(
        about,
        proofTable(items),
        open.length > 0 && `**Missing:**\n${bullets(open.map((item) => missingFrom(item, author)))}`,
        folded("Details", proofDetails(items)),
      ),
    ),
    annotations: open.flatMap(linesOf),
  };
}

/** The one thing that an item lacks, and who can give it. */
function missingFrom(item: ProofItem, author: string): string {
  const { mendedBy, shownBy } = PROOF_RECORDS[item.id];
  const name = `**${PROOF_NAMES[item.id]}**`;
  if (item.state === "refuted" && mendedBy === "round") return `${name}: refuted. To be mended by ${author}.`;
  if (item.state === "refuted") return `${name}: refuted. A person with write permission has to look at exactly this.`;
  return shownBy === "running"
    ? `${name}: not shown. The evidence above says what kept the tests from being run; the repository's maintainers or the server's operator can change that.`
    : `${name}: not shown. A person with write permission has to look at it.`;
}

/** `src/a.js:12 …`, as items write what they found at a line. */
const AT_LINE = /^(?:not noticed: )?([^\s:]{1,300}\.\w{1,20}):(\d{1,7})\b/;
/** GitHub shows ten of a kind beside the code; the rest is read in the summary. */
const ANNOTATIONS_OF_ITEM = 10;

function linesOf(item: ProofItem): Annotation[] {
  const level = item.state === "refuted" ? "failure" : "warning";
  return item.details.slice(0, ANNOTATIONS_OF_ITEM).flatMap((detail) => {
    const [, path, line] = AT_LINE.exec(detail) ?? [];
    if (path === undefined) return [];
    const message = `${PROOF_NAMES[item.id]}: ${plain(detail, 1500)}`;
    return [{ path, line: Math.max(1, Number(line)), level, message } as const];
  });
}

function placeOf(finding: Finding): string {
  return finding.line === null ? (finding.path ?? "") : `${finding.path}:${finding.line}`;
}

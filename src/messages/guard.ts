import type { Of } from "../core/ticket/proof-fact-parts.ts";
import type { ProofItem } from "../core/ticket/proof-items.ts";
import { type CheckText, checkOfItems } from "./check.ts";
import { code, inline } from "./escape.ts";
import { paragraphs, short } from "./format.ts";
import { said, type Sentences } from "./proof/by-code.ts";

/** What is said about pull requests that are no tickets: a check run, and a short answer to whoever asked for it. */
type Standing = {
  readonly headSha: string;
  readonly baseSha: string;
  readonly todaySha: string;
  readonly baseBranch: string;
};

type Found =
  | { readonly outcome: "proven"; readonly items: readonly ProofItem[] }
  | { readonly outcome: "unproven"; readonly why: Unproven };

/** Why a pull request was not even looked at. */
type UnprovenFacts = {
  "commit-gone": Readonly<Record<string, never>>;
  "too-many-files": { changed: number; filesMax: number };
};
export type Unproven = Of<UnprovenFacts>;

const UNPROVEN: Sentences<UnprovenFacts> = {
  "commit-gone": () => "A commit of this pull request is gone. Push once more to have it proven.",
  "too-many-files": ({ changed, filesMax }) =>
    `${changed} files differ from the base branch, and at most ${filesMax} are compared. Split the change.`,
};

export function checkOfPull(standing: Standing, found: Found): CheckText {
  if (found.outcome === "unproven") return unproven(standing.headSha, said(UNPROVEN, found.why));
  const { headSha, baseSha, todaySha, baseBranch } = standing;
  const moved =
    todaySha !== baseSha && ` The branch stands at ${short(todaySha)} by now; the merge with that was tested too.`;
  const about = `Commit ${short(headSha)}, compared with ${short(baseSha)} of ${code(baseBranch)}.${moved || ""}`;
  const ticketless =
    "No model was asked. This pull request is no ticket, so its plan, reviews and other checks are not looked at here; " +
    "`/coop review` adds both reviews.";
  return checkOfItems({ headSha, items: found.items, about: paragraphs(about, ticketless), author: "its author" });
}

/** The server's own failure is not the change's fault. */
export function checkWithoutProof(headSha: string, tries: number): CheckText {
  return unproven(
    headSha,
    `Collecting the proof failed ${tries} times inside the server, and the server's log says why. Once that is mended, \`/coop proof\` asks for it again.`,
  );
}

function unproven(headSha: string, why: string): CheckText {
  const title = "Nothing could be proven";
  return { name: "coop/proof", headSha, conclusion: "action_required", title, summary: why, annotations: [] };
}

/** One line for whoever asked; the check run holds the rest. */
export function replyOfPull(check: CheckText): string {
  const word =
    check.conclusion === "success" ? "proven" : check.conclusion === "failure" ? "not proven" : "not decided";
  return `**Proof of ${short(check.headSha)}: ${word}.** ${inline(check.title)}. The check run \`coop/proof\` on that commit shows each item.`;
}

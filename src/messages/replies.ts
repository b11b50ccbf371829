import type { Entry } from "../core/ledger/chain.ts";
import { COMMANDS } from "../core/rules/command.ts";
import { phaseOf, type Ticket } from "../core/ticket/ticket.ts";
import { code, inline } from "./escape.ts";
import { bullets, paragraphs, table, utc } from "./format.ts";
import { headline } from "./headline.ts";
import { doing, nextStep, PHASE_WORDS, statusReply } from "./status.ts";

/** Answers to commands: one sentence about what happened, and the next step. */
export function informing(
  about: "status" | "explain" | "help",
  ticket: Ticket | null,
  entries: readonly Entry[],
): string {
  if (about === "help") return help();
  if (!ticket) return NO_TICKET;
  return about === "status" ? statusReply(ticket) : explain(ticket, entries);
}

const NO_TICKET = "This is not a ticket yet. Put the label `coop` on an issue to make it one.";

/** Why a command was not followed. `why` is our own sentence, which may quote what was said. */
export function refusing(refused: { readonly verb: string; readonly why: string }): string {
  const unknown = refused.verb === "?";
  return paragraphs(
    inline(refused.why),
    unknown ? help() : refused.verb !== "label" && "Nothing was changed. `/coop help` lists what you can say.",
  );
}

/** Generated from the table that the parser and the permission check read. */
export function help(): string {
  const rows = COMMANDS.map((row) => [
    code(row.usage),
    inline(row.meaning),
    row.needs === "write" ? "write permission" : "anybody",
  ]);
  return paragraphs(
    table(["Command", "What it does", "Who"], rows),
    "A command stands alone on the first line of a new comment.",
  );
}

/** Entries that carry decisions; answers to commands are talk about them. */
const EXPLAINED = 6;

/** Why the ticket stands where it stands, from its own record. */
export function explain(ticket: Ticket, entries: readonly Entry[]): string {
  const steps = entries
    .filter((entry) => entry.kind !== "commanded")
    .slice(-EXPLAINED)
    .map((entry) => `${utc(entry.at)}: ${inline(headline(entry))}`);
  return paragraphs(
    `**${PHASE_WORDS[phaseOf(ticket)]}.** ${doing(ticket)}`,
    `What led here, the latest last:\n\n${bullets(steps)}`,
    ticket.route && `How it was routed:\n\n${bullets(ticket.route.reasons.map(inline))}`,
    `**Next:** ${nextStep(ticket)}`,
  );
}

/** A policy file that cannot be read as one. @param lineNumber counted from 1 */
export function policyInvalid(path: string, lineNumber: number, line: string, problem: string): string {
  return `${code(path)} is not a valid policy: line ${lineNumber}, ${code(line.slice(0, 120)) || "an empty line"}: ${inline(problem)} Correct it on the default branch, then say \`/coop retry\`.`;
}

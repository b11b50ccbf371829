import type { Entry } from "../core/ledger/chain.ts";
import { COMMANDS } from "../core/rules/command.ts";
import type { RefusalCode, Why } from "../core/rules/why.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import { COMMAND_MEANINGS, MEANINGS_AT_DESK } from "./commands.ts";
import { partsTable } from "./epic.ts";
import { code, inline } from "./escape.ts";
import { bullets, paragraphs, table, utc } from "./format.ts";
import { headline, reasonCode } from "./headline.ts";
import { sentenceFor } from "./reasons/sentence.ts";
import { phaseWords } from "./phases.ts";
import { doing, nextStep, type StatusExtra, statusReply } from "./status.ts";

/** Answers to commands: one sentence about what happened, and the next step. */
export function informing(
  about: "status" | "explain" | "help",
  ticket: Ticket | null,
  entries: readonly Entry[],
  extra: StatusExtra = {},
): string {
  if (about === "help") return ticket?.forge.kind === "desk" ? helpAtDesk() : help();
  if (!ticket) return NO_TICKET;
  return about === "status" ? statusReply(ticket, extra) : explain(ticket, entries);
}

const NO_TICKET = "This issue is not a ticket yet. Put the label `coop` on an issue to start one.";

/** Why a command was not followed. */
export function refusing(
  refused: { readonly verb: string; readonly why: Why<RefusalCode> },
  ticket: Ticket | null = null,
): string {
  const { why } = refused;
  const forge = ticket?.forge.kind;
  const said = sentenceFor(why, forge);
  if (why.code === "verb-unknown" && why.facts.meant === null && forge !== "desk") return paragraphs(said, help());
  return paragraphs(said, refused.verb !== "label" && "Nothing was changed. `/coop help` lists all commands.");
}

/** What somebody said made the program itself fail. */
export function unheard(tries: number): string {
  return paragraphs(
    `I could not deal with this: it failed ${tries} times inside the server, and the server's log says why. It is set aside.`,
    "Nothing was changed. Say it again in other or fewer words. `coop doctor --app` on the server lists what was set aside.",
  );
}

/** Why something that was stored is set aside: `coop doctor` lists it. */
export const UNKNOWN_FORM = "It is stored in a form that this version does not know.";

/** Generated from the table that the parser and the permission check read. */
export function help(): string {
  const rows = COMMANDS.map((row) => [
    code(row.usage),
    COMMAND_MEANINGS[row.verb],
    row.needs === "write" ? "write permission" : "anybody",
  ]);
  return paragraphs(
    table(["Command", "What it does", "Who"], rows),
    "Write each command at the start of a new comment, one a line. Edited comments are not read.",
  );
}

/** As lines: a terminal has no tables. Whoever sits at a desk may say all of it. */
function helpAtDesk(): string {
  const lines = COMMANDS.flatMap(({ usage, verb }) => {
    const meaning = MEANINGS_AT_DESK[verb];
    return meaning === null ? [] : `${code(usage)}: ${meaning}`;
  });
  return paragraphs("What you can say to a ticket:", bullets(lines));
}

/** Entries that carry decisions; answers to commands are talk about them. */
const EXPLAINED = 6;

/** Why the ticket stands where it stands, from its own record. */
export function explain(ticket: Ticket, entries: readonly Entry[]): string {
  const steps = entries
    .filter((entry) => entry.kind !== "commanded")
    .slice(-EXPLAINED)
    .map((entry) => `${utc(entry.at)}: ${inline(headline(entry, ticket.forge.kind))}${reasonOf(entry)}`);
  return paragraphs(
    `**${phaseWords(ticket)}.** ${doing(ticket)}`,
    partsTable(ticket),
    `What led here, the latest last:\n\n${bullets(steps)}`,
    ticket.route && `How it was routed:\n\n${bullets(ticket.route.reasons.map(inline))}`,
    `**Next:** ${nextStep(ticket)}`,
  );
}

function reasonOf(entry: Entry): string {
  const reason = reasonCode(entry);
  return reason === null ? "" : ` (${code(reason)})`;
}

import { parseCommand, type Verb } from "../../core/rules/command.ts";
import { phaseOf, type Ticket } from "../../core/ticket/ticket.ts";
import { shortTitle } from "../terminal.ts";

/**
 * The one rule by which words at a desk become a command, wherever they are written: `--say`, the answer field of `collab.md`,
 * the gates at a terminal. A sentence is an answer, and a command needs its form:
 *
 * - what begins with `/coop` is a command, as in a thread;
 * - to an open question everything else is the answer, also when it begins with a verb or is nothing but one;
 * - without a question, words in exactly the form of a command are that command (`approve`, `rework Keep it short.`).
 *
 * @returns null for words that are neither
 * @example
 * commandIn("approve", "nothing is asked") // → "/coop approve"
 * commandIn("Stop at 30 characters.", "nothing is asked") // → null
 * commandIn("Stop at 30 characters.", "a question is open") // → "/coop answer Stop at 30 characters."
 * commandIn("stop", "a question is open") // → "/coop answer stop"
 */
export function commandIn(written: string, asked: Asked): string | null {
  const words = written.trim();
  const whole = WRAPPED.exec(words)?.[2] ?? words;
  if (SPOKEN.test(whole)) return whole;
  if (asked === "a question is open") return words === "" ? null : answering(words);
  const plain = undressed(words);
  if (SPOKEN.test(plain)) return plain;
  const bare = bareCommand(plain);
  return bare !== null && hasForm(bare) ? bare : null;
}

/** In a thread, `/coop dismiss` of a word that names no finding is refused; here it was a sentence. */
function hasForm(bare: string): boolean {
  const parsed = parseCommand(bare);
  if (parsed.outcome !== "command") return false;
  return parsed.command.verb !== "dismiss" || /^F-[0-9a-f]+$/i.test(parsed.command.finding);
}

export type Asked = "a question is open" | "nothing is asked";

export function askedOf({ questions }: Ticket): Asked {
  return questions.state === "open" ? "a question is open" : "nothing is asked";
}

const SPOKEN = /^\/coop(?:\s|$)/i;
/** In backticks or in bold, as pages write their commands. */
const WRAPPED = /^(`|\*\*)([^`*\n]+)\1$/;
/** The same around the verb alone: `**rework** keep it short`. */
const VERB_WRAPPED = /^(`|\*\*)([a-z]+)\1(?=\s|$)/i;
const BARE = /^([a-z]+)(?:[:.,!]+(?=\s|$)|(?=\s|$))\s*(.*)$/is;

/** A page's line as people write it: a point of a list, a box that is ticked, stressed or in quotes, `/` or `coop` before the verb. */
function undressed(words: string): string {
  if (words.includes("\n")) return words;
  const line = words.replace(/^(?:[-*+]\s+|>\s*)?(?:\[[xX]\]\s+)?/, "");
  const whole = (WRAPPED.exec(line) ?? DRESSED.exec(line))?.[2] ?? line;
  return whole.replace(/^(?:\/|coop\s+)(?=[a-z])(?!coop\b)/i, "");
}

const DRESSED = /^([*_"'])([^*_"'\n]+)\1$/;

/** Below the command where there are several lines: a line of the answer that begins with `/coop` is no command either. */
function answering(words: string): string {
  return `/coop answer${words.includes("\n") ? "\n" : " "}${words}`;
}

function bareCommand(words: string): string | null {
  const plain = (WRAPPED.exec(words)?.[2] ?? words.replace(VERB_WRAPPED, "$2")).trim();
  const [, verb, rest = ""] = BARE.exec(plain) ?? [];
  return verb === undefined ? null : `/coop ${verb.toLowerCase()} ${rest}`.trim();
}

/**
 * The words of `--say` to a parked ticket that asks nothing: it may ask once it goes on. Free text waits for that as it is, so
 * that it can still be the answer; what has a command's form and leaves no choice is bound to it.
 */
export function boundIn(words: string): string {
  const command = commandIn(words, "nothing is asked");
  if (command === null || SPOKEN.test(words.trim())) return command ?? words;
  const parsed = parseCommand(command);
  return parsed.outcome === "command" && FREE_TEXT.includes(parsed.row.verb) ? words : command;
}

const FREE_TEXT: readonly Verb[] = ["rework", "answer"];

/** Words that are neither a command nor an answer would be lost without a sound. */
export function unheard(words: string): string {
  return `--say ${JSON.stringify(shortTitle(words))} is no command, and no question is open.${slipIn(words)} Begin it with a command, as in --say "/coop rework …"; \`coop resume --help\` lists them.`;
}

/** What somebody meant who wrote almost a command: `budget 2`, `aprove`. */
export function slipIn(words: string): string {
  const parsed = parseCommand(bareCommand(words.trim()) ?? "");
  const meant = parsed.outcome === "malformed" && "meant" in parsed.why.facts ? parsed.why.facts.meant : null;
  if (typeof meant !== "string") return "";
  if (meant.startsWith("/coop")) return ` Did you mean \`${meant}\`?`;
  // One word may be a slip of the keyboard; the first of several is a sentence's.
  return /\s/.test(words.trim()) ? "" : ` Did you mean \`/coop ${meant}\`?`;
}

/** What a person says to a ticket. */
export type Saying = {
  readonly command: string;
  /** Where it was written; otherwise each is heard for itself. */
  readonly source?: string;
};

const TOO_EARLY =
  "`/coop approve` was said before anybody knew which old tests the change touches. Look at them, then say it again.";

/** A yes to the plan or the merge would excuse tests that nobody had named yet. */
function isTooEarly(command: string, ticket: Ticket): boolean {
  const parsed = parseCommand(command);
  return phaseOf(ticket) === "test-approval" && parsed.outcome === "command" && parsed.command.verb === "approve";
}

/** The next of what was said beforehand, as the command that it is to the ticket as it stands now. */
export function nextSaid(later: Saying[], ticket: Ticket, note: (sentence: string) => void): Saying | null {
  for (let said = later.shift(); said !== undefined; said = later.shift()) {
    const command = commandIn(said.command, askedOf(ticket));
    if (command === null) note(unheard(said.command));
    else if (isTooEarly(command, ticket)) note(TOO_EARLY);
    else return { ...said, command };
  }
  return null;
}

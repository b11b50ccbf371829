import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTwoFilesPatch } from "diff";
import { environment } from "../../config.ts";
import { INSTRUCTION_CHARACTERS_MAX } from "../../core/rules/command.ts";
import { fold } from "../../core/ticket/fold.ts";
import { phaseOf, type Ticket } from "../../core/ticket/ticket.ts";
import { renderEntries } from "../../messages/entry.ts";
import { editInteractively } from "../../workspace/process.ts";
import { gitBytes } from "../../workspace/git-process.ts";
import { asksFor } from "../asks-for.ts";
import { diffLine, planLines, planText } from "../plan-text.ts";
import { sayProof } from "../demo/ledger.ts";
import type { Told } from "./told.ts";
import { commandIn, slipIn } from "./words.ts";
import type { Desk } from "../desk.ts";
import { ask, type Ends, inLines, plain } from "../terminal.ts";
import { shortSha } from "../../core/ledger/ids.ts";

/** Asks the person at the terminal what a ticket waits for. */
export type Asker = (ticket: Ticket) => Promise<string | null>;

type Terminal = Ends & {
  readonly desk: Desk;
  readonly told: Told;
  /** As `VISUAL` or `EDITOR` say it. */ readonly editor: string;
  /** Ends every question: whoever interrupts one is asked nothing more. */
  readonly signal: AbortSignal;
};

/** Longest diff that is printed at once; the whole of it is one `git diff` away. */
const DIFF_LINES_MAX = 400;

export function askerAt(terminal: Terminal): Asker {
  return async (ticket) => {
    switch (phaseOf(ticket)) {
      case "plan-approval":
        return planGate(terminal, ticket);
      case "question":
        return questionGate(terminal, ticket);
      case "test-approval":
        return testsGate(terminal, ticket);
      case "ready":
        return mergeGate(terminal, ticket);
      default:
        return haltGate(terminal, ticket);
    }
  };
}

async function planGate(terminal: Terminal, ticket: Ticket): Promise<string | null> {
  const markdown = planText(await entryText(terminal, ticket, "planned"));
  const { lines } = terminal.told;
  const show = () => terminal.told.say("", ...planLines(markdown, lines.columns, lines.paint), "");
  show();
  for (;;) {
    const choice = await choose(
      terminal,
      ...["[a]pprove", "[r]ework", "[e]dit the plan", "[s]how again", "[p]ark", "or a /coop command"],
    );
    switch (choice) {
      case "a":
        return "/coop approve";
      case "e": {
        const edited = await editPlan(terminal, markdown);
        if (edited.command !== null) return edited.command;
        terminal.told.say(edited.why);
        continue;
      }
      case "s":
        show();
        continue;
      default: {
        const said = await words(terminal, choice);
        if (said !== "again") return said;
      }
    }
  }
}

async function questionGate(terminal: Terminal, ticket: Ticket): Promise<string | null> {
  sayAsked(terminal, ticket);
  terminal.told.say(terminal.told.lines.fit("An empty answer leaves the ticket as it is."));
  const answer = await ask("Your answer: ", terminal);
  return answer === null ? null : commandIn(answer, "a question is open");
}

function sayAsked({ told }: Terminal, ticket: Ticket): void {
  told.say("", ...asksFor(ticket).map((one) => told.lines.fit(plain(one))), "");
}

async function mergeGate(terminal: Terminal, ticket: Ticket): Promise<string | null> {
  const { told } = terminal;
  told.say("", await diffOf(terminal, ticket, "--stat"), "");
  if (ticket.proof) sayProof(ticket.proof.items, told.lines);
  return changeGate(terminal, ticket);
}

/** No yes that was given beforehand counts here: nobody knew then which tests would be asked for. */
async function testsGate(terminal: Terminal, ticket: Ticket): Promise<string | null> {
  const { told } = terminal;
  told.say(
    "",
    await diffOf(terminal, ticket, "--stat"),
    "",
    "May the change touch old tests that the plan does not name?",
  );
  told.say(...asksFor(ticket).map((one) => told.lines.fit(plain(one))), "");
  return changeGate(terminal, ticket);
}

async function changeGate(terminal: Terminal, ticket: Ticket): Promise<string | null> {
  const { told } = terminal;
  for (;;) {
    const choice = await choose(terminal, "[a]pprove", "[d]iff", "[r]ework", "[p]ark", "or a /coop command");
    if (choice === "a") return "/coop approve";
    if (choice === "d") {
      told.say("", await diffOf(terminal, ticket), "");
      continue;
    }
    const said = await words(terminal, choice);
    if (said !== "again") return said;
  }
}

async function haltGate(terminal: Terminal, ticket: Ticket): Promise<string | null> {
  sayAsked(terminal, ticket);
  for (;;) {
    const choice = await choose(
      terminal,
      ...["[c]ontinue", "[r]ework", "[s]top for good", "or a /coop command;", "Enter alone: leave it as it is"],
    );
    if (choice === "") return null;
    if (choice === "c") return "/coop resume";
    if (choice === "s") return "/coop stop";
    const said = await words(terminal, choice);
    if (said !== "again") return said;
  }
}

/** What every gate understands. */
async function words(terminal: Terminal, choice: string | null): Promise<string | null | "again"> {
  if (choice === null) return null;
  if (choice === "p" || choice === "q") return "/coop park";
  if (choice === "r") {
    const what = await ask("What shall be done differently? ", terminal);
    if (what === null) return null;
    return what === "" ? "again" : `/coop rework ${what}`;
  }
  const written = commandIn(choice, "nothing is asked");
  if (written !== null) return written;
  terminal.told.say(`Type one of the letters in brackets, or a command such as /coop status.${plain(slipIn(choice))}`);
  return "again";
}

/** A single letter in small, anything longer as it was typed. */
async function choose(terminal: Terminal, ...offers: readonly string[]): Promise<string | null> {
  const { told, signal } = terminal;
  if (signal.aborted) return null;
  told.say(...inLines(offers, told.lines.columns).map((line) => told.lines.paint("cyan", line)));
  const answer = await ask("> ", terminal);
  if (answer === null) return null;
  return answer.length === 1 ? answer.toLowerCase() : answer;
}

async function entryText({ desk }: Terminal, ticket: Ticket, kind: string): Promise<string> {
  const entries = await desk.ledgers.read(ticket.key);
  const last = entries.findLast((entry) => entry.kind === kind);
  return last && fold(entries) ? renderEntries(entries, [last]) : "";
}

async function diffOf({ desk, told }: Terminal, { change }: Ticket, ...options: string[]): Promise<string> {
  if (!change) return "";
  const args = ["diff", "--no-ext-diff", "--no-textconv", "--no-color", ...options, change.baseSha, change.headSha];
  const lines = (await gitBytes(desk.repository.git, args)).toString("utf8").trimEnd().split("\n");
  const more = lines.length - DIFF_LINES_MAX;
  const shown = lines.slice(0, DIFF_LINES_MAX).map((line) => diffLine(line, told.lines.paint));
  return [
    ...shown,
    ...(more > 0 ? [`… and ${more} more lines: git diff ${shortSha(change.baseSha)} ${shortSha(change.headSha)}`] : []),
  ].join("\n");
}

type EditedPlan = { readonly command: string } | { readonly command: null; readonly why: string };

/**
 * The command that asks for the plan as it was edited. As with git, an editor that fails and a text that was emptied mean that
 * the person thought better of it: no model is paid for either.
 */
export async function editPlan(
  { editor, desk }: Pick<Terminal, "editor" | "desk">,
  markdown: string,
): Promise<EditedPlan> {
  // A folder of its own: a name that can be guessed may be somebody's link already.
  const folder = await mkdtemp(join(tmpdir(), "coop-plan-"));
  const path = join(folder, "plan.md");
  try {
    await writeFile(path, markdown, { mode: 0o600 });
    const code = await editInteractively(editor, path, desk.repository.git.folder, environment());
    if (code !== 0)
      return {
        command: null,
        why: `The editor (${editor}) ended with ${code ?? "an error"}, so nothing was changed. VISUAL or EDITOR name another one.`,
      };
    const edited = await readFile(path, "utf8").catch(() => "");
    if (edited.trim() === "") return { command: null, why: "The plan came back empty, so nothing was changed." };
    if (edited.trim() === markdown.trim()) return { command: null, why: "Nothing was changed." };
    return { command: editedPlan(markdown, edited) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const EDITED = "/coop rework Follow the plan as a person edited it.";

/** The whole plan where it fits into a comment, else what was changed in it. */
function editedPlan(before: string, after: string): string {
  const whole = `${EDITED} It reads now:\n\n${after.trim()}`;
  if (whole.length <= INSTRUCTION_CHARACTERS_MAX) return whole;
  const patch = createTwoFilesPatch("plan", "plan as edited", before, after, undefined, undefined, { context: 2 });
  return `${EDITED} What changed:\n\n${patch}`.slice(0, INSTRUCTION_CHARACTERS_MAX);
}

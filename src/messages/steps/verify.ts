import { LINE_CHARS_MAX } from "../../core/ledger/limits.ts";
import type { None, Of, Strings } from "../../core/ticket/proof-fact-parts.ts";
import { said, type Sentences } from "../proof/by-code.ts";

/** What running the repository's own commands showed while the change was written. */
type CommandsFacts = {
  "no-sandbox": { why: string };
  "no-command": None;
  "no-answer": { command: string };
  "timed-out": { command: string };
  fails: { command: string; exitCode: number | null };
  passes: { commands: Strings };
};
export type CommandsSaid = Of<CommandsFacts>;

const COMMANDS: Sentences<CommandsFacts> = {
  "no-sandbox": ({ why }) => `No repository code runs here: ${why}`,
  "no-command": () => "The repository names no command that would check it.",
  "no-answer": ({ command }) => `\`${command}\` could not be run in the sandbox.`,
  "timed-out": ({ command }) => `\`${command}\` was stopped before it finished.`,
  fails: ({ command, exitCode }) => `\`${command}\` ended with exit status ${exitCode}.`,
  passes: ({ commands }) => `${commands.map((command) => `\`${command}\``).join(", ")}: passed.`,
};

export function commandsInWords(found: CommandsSaid): string {
  return said(COMMANDS, found).slice(0, LINE_CHARS_MAX);
}

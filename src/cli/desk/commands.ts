import { COMMANDS } from "../../core/rules/command.ts";
import type { Phase } from "../../core/ticket/phase.ts";
import { MEANINGS_AT_DESK } from "../../messages/commands.ts";

/**
 * A sentence offers what can be said to a ticket (`/coop retry`). Where nobody is asked for it, it offers what a shell
 * understands instead.
 * @example
 * inShell("`/coop retry` runs the step again", 3, "blocked") // → '`coop resume 3 --say "/coop retry"` runs the step again'
 */
export function inShell(text: string, ticket: number, phase: Phase | null): string {
  return text.replace(/`\/coop ([a-z-]+)([^`]*)`/g, (said, verb: string, rest: string) =>
    COMMANDS.some((one) => one.verb === verb) ? `\`${shellCommand(verb, rest, ticket, phase)}\`` : said,
  );
}

function shellCommand(verb: string, rest: string, ticket: number, phase: Phase | null): string {
  if (verb === "help") return "coop resume --help";
  if (verb === "resume" && rest === "") return `coop resume ${ticket}`;
  if ((verb === "status" || verb === "explain") && rest === "") return `coop explain ${ticket}`;
  if (verb === "split" && rest === "") return `coop resume ${ticket} --yes split`;
  if (verb === "approve" && phase === "plan-approval") return `coop resume ${ticket} --yes plan`;
  if (verb === "approve" && phase === "ready") return `coop resume ${ticket} --yes merge`;
  return `coop resume ${ticket} --say "/coop ${verb}${rest}"`;
}

/** What `--say` understands, for its help. */
export function sayable(): string {
  const rows = COMMANDS.flatMap(({ usage, verb }) => {
    const meaning = MEANINGS_AT_DESK[verb];
    return meaning === null ? [] : [[usage, meaning] as const];
  });
  const width = Math.max(...rows.map(([usage]) => usage.length));
  return rows.map(([usage, meaning]) => `  ${usage.padEnd(width)}  ${meaning}`).join("\n");
}

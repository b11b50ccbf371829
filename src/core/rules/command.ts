import { roleSchema, type Role } from "../ledger/ids.ts";

/**
 * What a person can say. One table: the parser, the permission check and the printed help all read it, so that they
 * cannot disagree.
 */
export type Verb =
  | "approve"
  | "rework"
  | "answer"
  | "park"
  | "resume"
  | "retry"
  | "stop"
  | "status"
  | "explain"
  | "assign"
  | "budget"
  | "review"
  | "help";

export type CommandRow = {
  readonly verb: Verb;
  readonly usage: string;
  readonly meaning: string;
  readonly example: string;
  /** Who may say it. `write`: write, maintain or admin permission, asked of GitHub when it is said. */
  readonly needs: "write" | "read";
};

export const COMMANDS: readonly CommandRow[] = [
  {
    verb: "approve",
    usage: "/coop approve",
    meaning:
      "accept the plan; accept exactly the protected changes that were asked about; or merge the proven head commit",
    example: "/coop approve",
    needs: "write",
  },
  {
    verb: "rework",
    usage: "/coop rework <what>",
    meaning: "another round with these instructions (a new plan when no pull request exists yet)",
    example: "/coop rework Keep the old flag as an alias.",
    needs: "write",
  },
  {
    verb: "answer",
    usage: "/coop answer <text>",
    meaning: "answer the open question; a plain reply by somebody with write permission counts too",
    example: "/coop answer Yes, only for CSV.",
    needs: "write",
  },
  {
    verb: "park",
    usage: "/coop park",
    meaning: "put the ticket aside; nothing is lost",
    example: "/coop park",
    needs: "write",
  },
  {
    verb: "resume",
    usage: "/coop resume",
    meaning: "take a parked or blocked ticket up again",
    example: "/coop resume",
    needs: "write",
  },
  {
    verb: "retry",
    usage: "/coop retry",
    meaning: "run the step that failed again",
    example: "/coop retry",
    needs: "write",
  },
  {
    verb: "stop",
    usage: "/coop stop",
    meaning: "end the work on this ticket for good",
    example: "/coop stop",
    needs: "write",
  },
  {
    verb: "status",
    usage: "/coop status",
    meaning: "where the ticket stands and what is missing",
    example: "/coop status",
    needs: "read",
  },
  {
    verb: "explain",
    usage: "/coop explain",
    meaning: "why the last decision was taken",
    example: "/coop explain",
    needs: "read",
  },
  {
    verb: "assign",
    usage: "/coop assign <role>=<model>",
    meaning: "give a role to another model of the pool",
    example: "/coop assign reviewer=claude-opus-5-5",
    needs: "write",
  },
  {
    verb: "budget",
    usage: "/coop budget +<usd>",
    meaning: "raise this ticket's budget",
    example: "/coop budget +2.50",
    needs: "write",
  },
  {
    verb: "review",
    usage: "/coop review",
    meaning: "run both reviewers on a pull request written by a person",
    example: "/coop review",
    needs: "write",
  },
  { verb: "help", usage: "/coop help", meaning: "show this table", example: "/coop help", needs: "read" },
];

export type Command =
  | { readonly verb: Exclude<Verb, "rework" | "answer" | "assign" | "budget"> }
  | { readonly verb: "rework" | "answer"; readonly text: string }
  | { readonly verb: "assign"; readonly role: Role; readonly model: string }
  | { readonly verb: "budget"; readonly addMicroUsd: number };

export type Parsed =
  | { readonly outcome: "none" }
  | { readonly outcome: "command"; readonly command: Command; readonly row: CommandRow }
  /** Meant as a command, but not one: answered with what is wrong. */
  | { readonly outcome: "malformed"; readonly why: string };

/** The most that one `/coop budget` may add: a slip of the keyboard must not cost a fortune. */
export const BUDGET_RAISE_USD_MAX = 500;
/** Longest instruction taken from a comment; the rest of the comment is named as cut. */
export const INSTRUCTION_CHARACTERS_MAX = 8000;

/**
 * Reads a new comment. Only its very first line can be a command, and only when it starts with `/coop` in column one:
 * quotes, fences, indented code and HTML comments start with something else (SECURITY 6).
 */
export function parseCommand(body: string): Parsed {
  const text = body.replace(/\r\n?/g, "\n");
  const [first = "", ...rest] = text.split("\n");
  // Trimmed first: a pattern that also has to find the line's end takes seconds on a line of 60,000 blanks.
  const match = /^\/coop(?![^ \t])[ \t]*([^\s]*)([ \t].*)?$/s.exec(first.trimEnd());
  if (!match) return { outcome: "none" };
  const verb = match[1] ?? "";
  const args = (match[2] ?? "").trim();
  if (!verb) return malformed("`/coop` needs a command after it.");
  // Letters of ASCII only: the Kelvin sign, in lower case, is a `k`.
  const row = /^[a-z]+$/i.test(verb) ? COMMANDS.find((one) => one.verb === verb.toLowerCase()) : undefined;
  if (!row) return malformed(`\`/coop ${verb.slice(0, 40)}\` is not a command.`);
  return withArguments(row, args, rest.join("\n").trim());
}

function withArguments(row: CommandRow, args: string, below: string): Parsed {
  switch (row.verb) {
    case "rework":
    case "answer": {
      const text = [args, below].filter(Boolean).join("\n").slice(0, INSTRUCTION_CHARACTERS_MAX);
      if (!text) return malformed(`Say what to ${row.verb === "rework" ? "change" : "answer"}: \`${row.usage}\`.`);
      return { outcome: "command", row, command: { verb: row.verb, text } };
    }
    case "assign": {
      const match = /^([a-z]+)=(\S{1,100})$/.exec(args);
      const role = roleSchema.safeParse(match?.[1]);
      if (!match?.[2] || !role.success) return malformed(`Use \`${row.usage}\`, for example \`${row.example}\`.`);
      return { outcome: "command", row, command: { verb: "assign", role: role.data, model: match[2] } };
    }
    case "budget": {
      const match = /^\+\$?(\d{1,4}(?:\.\d{1,6})?)$/.exec(args);
      const usd = Number(match?.[1] ?? 0);
      if (!(usd > 0) || usd > BUDGET_RAISE_USD_MAX) {
        return malformed(
          `Use \`${row.usage}\` with an amount up to ${BUDGET_RAISE_USD_MAX}, for example \`${row.example}\`.`,
        );
      }
      return { outcome: "command", row, command: { verb: "budget", addMicroUsd: Math.round(usd * 1_000_000) } };
    }
    default:
      if (args) return malformed(`\`${row.usage}\` takes nothing after it.`);
      return { outcome: "command", row, command: { verb: row.verb } };
  }
}

function malformed(why: string): Parsed {
  return { outcome: "malformed", why };
}

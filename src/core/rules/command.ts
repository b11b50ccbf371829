import { type Role, ROLES } from "../ledger/ids.ts";
import { acceptableItems, dismissible } from "./let-pass.ts";
import { PROOF_ITEMS, PROOF_RECORDS, type ProofItemId } from "../ticket/proof-items.ts";
import { isReady, phaseOf, type Ticket } from "../ticket/ticket.ts";
import { asSeen, COMMAND_LINE, commandsIn } from "./command-lines.ts";
import { caseless, closest } from "./did-you-mean.ts";
import { type RefusalCode, type Why, why } from "./why.ts";

/**
 * What a person can say: one record a verb, which the parser, the permission check, the offers and the printed help all
 * read. What a command means in words stands in `src/messages/commands.ts`.
 */
export type Verb = keyof typeof RECORDS;

export type CommandRow = {
  readonly verb: Verb;
  /** `/coop`, the verb and what comes after it. */
  readonly usage: string;
  readonly example: string;
  /** Who may say it. `write`: write, maintain or admin permission, asked of GitHub when it is said. */
  readonly needs: "write" | "read";
  /** Is there something on this ticket that it would do? */
  readonly offered: (ticket: Ticket) => boolean;
};

type RowData = Pick<CommandRow, "example" | "needs" | "offered"> & {
  readonly args?: string;
};

const open = (ticket: Ticket) => ticket.end === null;
const ours = (ticket: Ticket) => open(ticket) && ticket.opened.pull === null;

const RECORDS = {
  approve: {
    example: "/coop approve",
    needs: "write",
    offered: (ticket) => {
      if (ticket.end) return false;
      if (ticket.halt) return ["text-changed", "protected-paths"].includes(ticket.halt.reason);
      return (
        Boolean(ticket.plan && !ticket.plan.approvedBy) ||
        phaseOf(ticket) === "test-approval" ||
        (isReady(ticket) && (!ticket.mergeApproval || ticket.mergeApproval.second === "needed"))
      );
    },
  },
  split: {
    example: "/coop split",
    needs: "write",
    offered: ({ plan, halt, end }) =>
      !halt && !end && plan?.approvedBy === null && (plan.epics?.mode ?? "off") !== "off",
  },
  skip: {
    args: "<part>",
    example: "/coop skip 2",
    needs: "write",
    offered: ({ epic, end }) =>
      !end && (epic?.parts.some((part) => part.issue !== null && part.state === "waiting") ?? false),
  },
  rework: { args: "<what>", example: "/coop rework Keep the old flag as an alias.", needs: "write", offered: ours },
  answer: {
    args: "<text>",
    example: "/coop answer Yes, only for CSV.",
    needs: "write",
    offered: (ticket) => open(ticket) && ticket.questions.state === "open",
  },
  accept: {
    args: "<item>[,<item>] <why>",
    example: "/coop accept mutation Generated code; its generator is tested.",
    needs: "write",
    offered: (ticket) => acceptableItems(ticket).length > 0,
  },
  dismiss: {
    args: "<finding> <why>",
    example: "/coop dismiss F-0a1b2c3d Nobody calls this with null.",
    needs: "write",
    offered: dismissible,
  },
  park: {
    example: "/coop park",
    needs: "write",
    offered: (ticket) => open(ticket) && ticket.halt?.as !== "parked",
  },
  resume: { example: "/coop resume", needs: "write", offered: canGoOn },
  retry: { example: "/coop retry", needs: "write", offered: canGoOn },
  stop: { example: "/coop stop", needs: "write", offered: open },
  status: { example: "/coop status", needs: "read", offered: () => true },
  explain: { example: "/coop explain", needs: "read", offered: () => true },
  assign: {
    args: "<role>=<model>",
    example: "/coop assign reviewer=claude-opus-5-5",
    needs: "write",
    offered: (ticket) => open(ticket) && ticket.assignment !== null,
  },
  budget: { args: "+<usd>", example: "/coop budget +2.50", needs: "write", offered: open },
  review: { example: "/coop review", needs: "write", offered: canGoOn },
  /** A ticket collects its own proof. */
  proof: { example: "/coop proof", needs: "write", offered: () => false },
  help: { example: "/coop help", needs: "read", offered: () => true },
} as const satisfies Readonly<Record<string, RowData>>;

/** Halts that ask for a decision first are not ended by going on alone. */
function canGoOn(ticket: Ticket): boolean {
  if (ticket.end || !ticket.halt) return !ticket.end && ticket.overlaps.some(({ state }) => state === "waiting");
  const undecided = ["rounds", "same-blocker", ...(ticket.opened.pull ? [] : ["text-changed"])];
  return !undecided.includes(ticket.halt.reason);
}

const VERBS = Object.keys(RECORDS) as Verb[];

export const COMMANDS: readonly CommandRow[] = VERBS.map((verb) => {
  const record: RowData = RECORDS[verb];
  const usage = ["/coop", verb, record.args].filter(Boolean).join(" ");
  return { verb, usage, example: record.example, needs: record.needs, offered: record.offered };
});

export type Command =
  | { readonly verb: Exclude<Verb, "rework" | "answer" | "accept" | "dismiss" | "assign" | "budget" | "skip"> }
  /** By its number in the plan. */
  | { readonly verb: "skip"; readonly part: number }
  | { readonly verb: "rework" | "answer"; readonly text: string }
  | { readonly verb: "accept"; readonly item: ProofItemId; readonly more?: ProofItemId[]; readonly why: string }
  | { readonly verb: "dismiss"; readonly finding: string; readonly why: string }
  | { readonly verb: "assign"; readonly role: Role; readonly model: string }
  | { readonly verb: "budget"; readonly addMicroUsd: number };

export type Parsed =
  | { readonly outcome: "none" }
  | { readonly outcome: "command"; readonly command: Command; readonly row: CommandRow }
  /** Meant as a command, but not one: answered with what is wrong. */
  | { readonly outcome: "malformed"; readonly why: Why<RefusalCode> };

/** The most that one `/coop budget` may add: a slip of the keyboard must not cost a fortune. */
export const BUDGET_RAISE_USD_MAX = 500;
/** Longest instruction taken from a comment; the rest of the comment is named as cut. */
export const INSTRUCTION_CHARACTERS_MAX = 8000;
/** Longest unknown verb that is repeated to who said it. */
const VERB_CHARACTERS_SHOWN = 40;

/**
 * Reads the first command of a new comment.
 *
 * @example
 * parseCommand("/coop park").outcome // → "command"
 * parseCommand("Please do not say /coop park yet.").outcome // → "none"
 */
export function parseCommand(body: string): Parsed {
  const [text] = commandsIn(body);
  if (text === undefined) return { outcome: "none" };
  const [first = "", ...rest] = text.split("\n");
  // Trimmed first: a pattern that also has to find the line's end takes seconds on a line of 60,000 blanks.
  const words = first.replace(COMMAND_LINE, "").replaceAll("\u00a0", " ").trim();
  const [, verb = "", args = ""] = /^(\S*)(.*)$/s.exec(words) ?? [];
  if (!verb) return malformed(why("verb-missing"));
  const row = rowOf(verb);
  if (!row && rowOf(asSeen(verb)))
    return malformed(why("almost-a-command", { meant: `/coop ${asSeen(words).trim()}` }));
  if (!row)
    return malformed(why("verb-unknown", { said: verb.slice(0, VERB_CHARACTERS_SHOWN), meant: closest(verb, VERBS) }));
  return withArguments(row, args.trim(), rest.join("\n").trim());
}

/** Letters of ASCII only: the Kelvin sign, in lower case, is a `k`. */
function rowOf(verb: string): CommandRow | undefined {
  return /^[a-z]+$/i.test(verb) ? COMMANDS.find((one) => one.verb === verb.toLowerCase()) : undefined;
}

function withArguments(row: CommandRow, args: string, below: string): Parsed {
  switch (row.verb) {
    case "rework":
    case "answer": {
      const text = [args, below].filter(Boolean).join("\n").slice(0, INSTRUCTION_CHARACTERS_MAX);
      // A rework may be of what a review said before: only the ticket knows.
      if (!text && row.verb === "answer") return malformed(why("text-missing", { verb: row.verb }));
      return { outcome: "command", row, command: { verb: row.verb, text } };
    }
    case "accept":
    case "dismiss":
      return letPass(row, row.verb, args, below);
    case "assign":
      return assignment(row, args);
    case "skip":
      return skip(row, args);
    case "budget":
      return raise(row, args);
    default:
      if (args && asSeen(args).trim() === "") return malformed(why("almost-a-command", { meant: `/coop ${row.verb}` }));
      if (args) return malformed(why("takes-no-arguments", { verb: row.verb }));
      return { outcome: "command", row, command: { verb: row.verb } };
  }
}

/** The name of a thing, then the reason, which may go on below. */
function letPass(row: CommandRow, verb: "accept" | "dismiss", args: string, below: string): Parsed {
  const [, name = "", rest = ""] = /^(\S*)(.*)$/s.exec(args) ?? [];
  const reason = [rest.trim(), below].filter(Boolean).join("\n").slice(0, INSTRUCTION_CHARACTERS_MAX);
  if (verb === "dismiss")
    return name && reason
      ? { outcome: "command", row, command: { verb, finding: name, why: reason } }
      : malformed(why("dismissal-malformed"));
  // Only commas join names: "done by hand" is a reason, though one of its words is an item.
  const names = name.split(",").filter(Boolean);
  const read = names.map((one) => caseless(one, PROOF_ITEMS));
  const [item, ...more] = new Set(read.flatMap((one) => one ?? []));
  // `checks, mutation So.` is a list to whoever wrote it, and its second half no reason.
  const isLoose = name.endsWith(",") || rest.trimStart().startsWith(",");
  if (item && !isLoose && !read.includes(null) && reason)
    return { outcome: "command", row, command: { verb, item, ...(more.length > 0 ? { more } : {}), why: reason } };
  const known = names.map((one) => caseless(one, PROOF_ITEMS) ?? closest(one, PROOF_ITEMS));
  const close = known.length > 0 && !known.includes(null) ? known.join(",") : null;
  const meant = close !== null && !isLoose ? `/coop accept ${close} ${reason ? "…" : "<why>"}` : null;
  return malformed(why("acceptance-malformed", { meant, items: PROOF_ITEMS.filter(acceptedByName) }));
}

const acceptedByName = (id: ProofItemId) => PROOF_RECORDS[id].acceptedBy === "accept";

/** Role and model around an equals sign, with blanks where people put them. */
function assignment(row: CommandRow, args: string): Parsed {
  const [said = "", model = "", more] = args.split("=").map((part) => part.trim());
  const role = caseless(said, ROLES);
  const fits = more === undefined && model.length <= MODEL_CHARACTERS_MAX && /^\S+$/.test(model);
  if (role && fits) return { outcome: "command", row, command: { verb: "assign", role, model } };
  const meant = fits ? closest(said, ROLES) : null;
  return malformed(why("assignment-malformed", { meant: meant && `/coop assign ${meant}=${model}` }));
}

/** As long as a model's name may be in the ledger. */
const MODEL_CHARACTERS_MAX = 100;

function raise(row: CommandRow, args: string): Parsed {
  const [, sign, amount = "0"] = /^(\+?)\$?(\d{1,4}(?:\.\d{1,6})?)$/.exec(args) ?? [];
  const usd = Number(amount);
  const fits = usd > 0 && usd <= BUDGET_RAISE_USD_MAX;
  if (fits && sign)
    return { outcome: "command", row, command: { verb: "budget", addMicroUsd: Math.round(usd * 1_000_000) } };
  const meant = fits ? `/coop budget +${amount}` : null;
  return malformed(why("amount-malformed", { usdMax: BUDGET_RAISE_USD_MAX, meant }));
}

/** `2`, `part 2`; not `#2`, which is the number of an issue. */
function skip(row: CommandRow, args: string): Parsed {
  const number = /^(?:part )?(\d{1,3})$/i.exec(args)?.[1];
  return number === undefined
    ? malformed(why("skip-malformed"))
    : { outcome: "command", row, command: { verb: "skip", part: Number(number) } };
}

function malformed(because: Why<RefusalCode>): Parsed {
  return { outcome: "malformed", why: because };
}

import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { InvalidArgumentError } from "commander";
import { ROLES, roleSchema } from "../../core/ledger/ids.ts";
import { closest } from "../../core/rules/did-you-mean.ts";
import { parseTicket, TICKET_BYTES_MAX, type TicketText, TOO_LONG } from "../../desk/ticket-file.ts";
import { MODEL_RETRY, type ModelRetry } from "../../models/patience.ts";
import { PERSON_AFTER_MINUTES_MAX } from "../../server-file.ts";
import { Ended, EXIT } from "../exit.ts";
import { pathTrouble } from "../../path-trouble.ts";

/** What `coop run` and `coop resume` are told. */
const GATES = ["plan", "split", "merge"] as const;
export type Gate = (typeof GATES)[number];

export type RunOptions = {
  readonly title?: string;
  readonly bodyFile?: string;
  readonly type?: "feature" | "bug" | "refactor" | "docs";
  readonly base?: string;
  readonly mergeInto?: string;
  readonly model?: readonly string[];
  readonly maxUsd?: number;
  readonly collab?: string;
  readonly list?: true;
} & GoOnOptions;

export type GoOnOptions = {
  readonly yes?: readonly Gate[];
  readonly say?: readonly string[];
  /** In minutes. */
  readonly maxWait?: number;
  readonly here?: true;
  readonly json?: true;
};

/** `--yes plan,merge`, also given twice. */
export function gatesOf(given: string, before: readonly Gate[] = []): Gate[] {
  const names = given.split(",").map((one) => one.trim());
  const wrong = names.find((one) => !GATES.includes(one as Gate));
  if (wrong !== undefined) throw new InvalidArgumentError(`Allowed are ${GATES.join(", ")}, as in --yes plan,merge.`);
  return [...new Set([...before, ...(names as Gate[])])];
}

export function several(given: string, before: readonly string[] = []): string[] {
  return [...before, given];
}

export function usdOf(given: string): number {
  const usd = Number(given.replace(/^\$/, ""));
  if (!/^\$?\d+(\.\d+)?$/.test(given) || usd <= 0 || usd > 10_000)
    throw new InvalidArgumentError("Give dollars above 0 and at most 10000, as in --max-usd 2.50.");
  return usd;
}

export function minutesOf(given: string): number {
  const minutes = Number(given);
  if (!/^\d+(\.\d+)?$/.test(given) || minutes > PERSON_AFTER_MINUTES_MAX)
    throw new InvalidArgumentError(`Give minutes from 0 to ${PERSON_AFTER_MINUTES_MAX}, as in --max-wait 30.`);
  return minutes;
}

/** Where nobody sits, such as in a CI job, each minute is paid for, and the command that goes on is printed. */
export const AWAY_MINUTES_ALONE = 15;
/** Waits double, so one of them must stay short against the whole, or the end would come much later than was said. */
const WAITS_AT_LEAST = 3;

/** How long a provider that is away is waited for: as this command was told, else as the server file says, else by who waits. */
export function patienceOf(maxWait: number | undefined, given: ModelRetry | undefined, somebody: boolean): ModelRetry {
  const usual = given ?? (somebody ? MODEL_RETRY : { ...MODEL_RETRY, personAfterMinutes: AWAY_MINUTES_ALONE });
  const personAfterMinutes = maxWait ?? usual.personAfterMinutes;
  const longestWaitMinutes = Math.min(usual.longestWaitMinutes, personAfterMinutes / WAITS_AT_LEAST);
  return { ...usual, personAfterMinutes, longestWaitMinutes };
}

/** `--model NAME` names models that may play at all, `--model role=NAME` who plays a role. */
export function modelsOf(given: readonly string[]): { models: string[]; pins: Record<string, string> } {
  const models: string[] = [];
  const pins: Record<string, string> = {};
  for (const one of given) {
    const [, role, name] = /^([a-z]+)=(.+)$/i.exec(one) ?? [];
    if (role === undefined || name === undefined) {
      models.push(one);
      continue;
    }
    const known = roleSchema.safeParse(role.toLowerCase());
    const meant = closest(role, ROLES);
    if (!known.success)
      throw new Ended(
        EXIT.usage,
        `--model ${one}: there is no role ${role}${meant ? `; did you mean ${meant}?` : "."} Roles are ${ROLES.join(", ")}.`,
      );
    pins[known.data] = name;
  }
  return { models, pins };
}

/** The ticket out of a file, out of `--title` and `--body-file`, or out of a pipe. @throws Ended */
export async function ticketOf(file: string | undefined, options: RunOptions): Promise<TicketText> {
  const { title, bodyFile } = options;
  if (file !== undefined && title !== undefined)
    throw new Ended(EXIT.usage, "Give the ticket as a file or with --title, not both.");
  if (file !== undefined && bodyFile !== undefined)
    throw new Ended(EXIT.usage, "Give the ticket's text as a file or with --body-file, not both.");
  if (title === undefined && bodyFile !== undefined)
    throw new Ended(EXIT.usage, "--body-file is the text beside --title: add --title, or give one file with both.");
  if (title !== undefined && oneLine(title) === "")
    throw new Ended(EXIT.usage, '--title is blank: say what shall be done, as in --title "Add a loud option".');
  if (file === undefined && title === undefined)
    throw new Ended(
      EXIT.usage,
      'Say what shall be done: `coop run ticket.md`, or `coop run --title "Add a loud option"`. Use - to read it from a pipe.',
    );
  const given =
    file === undefined
      ? `${oneLine(title ?? "")}\n\n${bodyFile === undefined ? "" : await read(bodyFile)}`
      : await read(file);
  const parsed = parseTicket(given);
  if (typeof parsed === "string") throw new Ended(EXIT.usage, parsed);
  return parsed;
}

function oneLine(title: string): string {
  return title.replace(/\s+/g, " ").trim();
}

async function read(path: string): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of path === "-" ? process.stdin : createReadStream(path)) {
      chunks.push(chunk as Buffer);
      bytes += (chunk as Buffer).length;
      if (bytes > TICKET_BYTES_MAX) break;
    }
  } catch (error) {
    const named = path === "" ? "A file without a name" : path;
    throw new Ended(EXIT.usage, `${named} cannot be read (${pathTrouble(error)}). Name a file with the ticket in it.`);
  }
  if (bytes > TICKET_BYTES_MAX) throw new Ended(EXIT.usage, TOO_LONG);
  const text = Buffer.concat(chunks);
  if (!isUtf8(text))
    throw new Ended(
      EXIT.usage,
      "The ticket is no text in UTF-8: save it as UTF-8, in Markdown, with the title in its first line.",
    );
  return text.toString("utf8");
}

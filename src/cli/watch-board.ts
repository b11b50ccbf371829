import { stripVTControlCharacters } from "node:util";
import { type Phase, PHASES } from "../core/ticket/phase.ts";
import { count } from "../messages/format.ts";
import { PHASE_WORDS } from "../messages/phases.ts";
import type { Paint } from "./progress.ts";
import { tableIn } from "./table.ts";
import { plain, shortTitle } from "./terminal.ts";

/** The board of `coop watch`: rows to lines, and what is told of a row that changed. Pure. */
export type BoardRow = {
  /** `owner/repo`, or the repository's folder. */
  readonly repository: string;
  readonly ticket: string;
  readonly phase: Phase;
  /** Where those of the phase do not fit: a yes at a desk merges nothing yet. */
  readonly words?: string;
  /** A process works on it now. `unknown`: of a server's tickets only the server knows. */
  readonly work: "running" | "none" | "unknown";
  /** What happened last, in a few words. */
  readonly last: string;
  readonly cost: string;
  readonly costMicroUsd: number;
  readonly changedAt: string;
  readonly title: string;
  /** The command that goes on, where somebody has to give one. */
  readonly next: string | null;
};

/** Of the window; without an end where the board is printed once. */
export type Size = { readonly columns: number; readonly rows: number };

/** Those that wait for a person come first, then what runs, then what rests, then what is over. */
function inOrder(rows: readonly BoardRow[]): BoardRow[] {
  const urgency = (row: BoardRow) => URGENCY.indexOf(standing(row));
  return [...rows].sort((one, other) => urgency(one) - urgency(other) || (one.changedAt < other.changedAt ? 1 : -1));
}

const URGENCY = ["waiting", "interrupted", "running", "resting", "over"] as const;

function standing({ phase, work }: BoardRow): (typeof URGENCY)[number] {
  const { turn } = PHASES[phase];
  if (turn === "nobody") return "over";
  if (phase === "parked") return "resting";
  if (turn === "person") return "waiting";
  return work === "none" ? "interrupted" : "running";
}

/** @param size what is longer than the window is cut, so that redrawing finds its place again */
export function boardLines(rows: readonly BoardRow[], now: Date, paint: Paint, size: Size): string[] {
  if (rows.length === 0) return [];
  const sorted = inOrder(rows);
  const cells = sorted.map((row) => [
    ...[row.repository, row.ticket, wordsFor(row), row.cost, age(row, now)],
    shortTitle(row.title),
  ]);
  const isDrawn = size.rows !== Infinity;
  // In a window one line more of each title is one ticket less, so there it is cut.
  const table = tableIn(size.columns, HEAD, cells, isDrawn ? Infinity : undefined);
  const isOneLine = isDrawn && table.head.length > 0;
  const all = table.rows.map(([first = "", ...more]) =>
    isOneLine ? [more.length > 0 ? `${first} …` : first] : [first, ...more],
  );
  const fitting = Math.max(1, size.rows - LINES_AROUND);
  const shown = all.flat().length > fitting ? all.slice(0, howMany(all, fitting - 1)) : all;
  const left = sorted.length - shown.length;
  const fit = (line: string) => (isDrawn ? cut(line, size) : line);
  return [
    ...table.head.map((line) => paint("dim", fit(line))),
    ...shown.flatMap((lines, at) => lines.map((line) => painted(fit(line), sorted[at], paint))),
    ...(left > 0 ? [paint("dim", `… and ${left} more`)] : []),
  ];
}

/** How many tickets have all of their lines in so many. */
function howMany(tickets: readonly (readonly string[])[], lines: number): number {
  let used = 0;
  const first = tickets.findIndex((one) => (used += one.length) > lines);
  return first === -1 ? tickets.length : first;
}

const HEAD = ["Repository", "Ticket", "State", "Cost", "Changed", "Title"];
/** The head, the line of sums, the offers and the cursor's own line. */
const LINES_AROUND = 8;

function painted(line: string, row: BoardRow | undefined, paint: Paint): string {
  if (!row) return line;
  switch (standing(row)) {
    case "waiting":
    case "interrupted":
      return paint(row.phase === "blocked" ? "red" : "yellow", line);
    case "running":
      return line;
    default:
      return paint(row.phase === "merged" ? "green" : "dim", line);
  }
}

function cut(line: string, size: Size): string {
  return stripVTControlCharacters(line).length > size.columns ? `${line.slice(0, size.columns - 1)}…` : line;
}

function wordsFor(row: BoardRow): string {
  return standing(row) === "interrupted"
    ? `Interrupted (${PHASE_WORDS[row.phase].toLowerCase()})`
    : (row.words ?? PHASE_WORDS[row.phase]);
}

/** `12 s`, `4 min`, `3 h`, `2 d` ago. */
function age({ changedAt }: BoardRow, now: Date): string {
  const seconds = Math.max(0, Math.round((now.getTime() - Date.parse(changedAt)) / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  return seconds < 86_400 ? `${Math.floor(seconds / 3600)} h ago` : `${Math.floor(seconds / 86_400)} d ago`;
}

/** Below the table: the sums, and the commands of those who wait. */
export function boardFoot(rows: readonly BoardRow[]): string[] {
  const of = (what: (typeof URGENCY)[number]) => rows.filter((row) => standing(row) === what).length;
  const sums = [
    `${of("waiting") + of("interrupted")} waiting for you`,
    `${of("running")} running`,
    `${of("resting")} parked`,
    `${of("over")} done`,
  ];
  const offers = inOrder(rows).flatMap(({ repository, ticket, next }) =>
    next ? [`${repository} ${ticket}: ${next}`] : [],
  );
  return [`${count(rows.length, "ticket")}: ${sums.join(", ")}`, ...offers.slice(0, OFFERS_MAX)];
}

/** More of them would push the board out of the window. */
const OFFERS_MAX = 3;

/** One line for a row that is new or changed, where the board cannot be drawn again. */
export function changeLine(row: BoardRow): string {
  const next = row.next ? `. Go on with: ${row.next}` : "";
  return plain(
    `${row.repository} ${row.ticket}  ${wordsFor(row)}  ${row.cost}  ${row.last}  (${shortTitle(row.title)})${next}`,
  );
}

/** The same for a program. */
export function changeJson(row: BoardRow): string {
  const { turn } = PHASES[row.phase];
  return JSON.stringify({ event: "ticket", ...row, state: wordsFor(row), turn });
}

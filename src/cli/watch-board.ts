import { stripVTControlCharacters } from "node:util";
import { type Phase, PHASES } from "../core/ticket/phase.ts";
import { count } from "../messages/format.ts";
import { PHASE_WORDS } from "../messages/phases.ts";
import type { Paint } from "./progress.ts";
import { columns, plain, shortTitle } from "./terminal.ts";

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

/** @param size what is longer than a line or the window is cut, so that redrawing finds its place again */
export function boardLines(rows: readonly BoardRow[], now: Date, paint: Paint, size: Size): string[] {
  if (rows.length === 0) return [];
  const sorted = inOrder(rows);
  const fitting = Math.max(1, size.rows - LINES_AROUND);
  const shown = sorted.length > fitting ? sorted.slice(0, fitting - 1) : sorted;
  const cells = shown.map((row) => [
    row.repository,
    row.ticket,
    wordsFor(row),
    row.cost,
    age(row, now),
    shortTitle(row.title),
  ]);
  const [head = "", ...lines] = columns(["Repository", "Ticket", "State", "Cost", "Changed", "Title"], cells);
  const left = sorted.length - shown.length;
  return [
    paint("dim", cut(head, size)),
    ...lines.map((line, at) => painted(cut(line, size), shown[at], paint)),
    ...(left > 0 ? [paint("dim", `… and ${left} more`)] : []),
  ];
}

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

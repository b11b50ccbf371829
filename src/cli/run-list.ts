import { fold } from "../core/ticket/fold.ts";
import { phaseOf, type Ticket } from "../core/ticket/ticket.ts";
import { deskBranch } from "../desk/branch-name.ts";
import { cost, utc } from "../messages/format.ts";
import { PHASE_WORDS, phaseWords } from "../messages/phases.ts";
import { type Desk, deskRepository, keptAt, openDeskOf, type Place } from "./desk.ts";
import type { Coming } from "./desk/claim.ts";
import { columns } from "./table.ts";
import { print, shortTitle } from "./terminal.ts";
import { NO_TICKETS } from "./desk/next.ts";

/** `coop run --list`: this repository's tickets, the newest first. */
type Listed = {
  readonly ticket: number;
  /** Null: nothing has happened to it yet. */
  readonly phase: ReturnType<typeof phaseOf> | null;
  /** The phase in the words that every page has for it. */
  readonly state: string;
  readonly branch: string | null;
  /** Null: what a person approved stays on its own branch. */
  readonly mergeInto: string | null;
  readonly spend: Ticket["spend"] | null;
  readonly changedAt: string | null;
  readonly title: string;
};

/** Looking makes nothing: a repository without tickets stays as it is. @throws Ended where nobody can work */
export async function listedAt(place: Place, coming: Coming = "to look"): Promise<Listed[]> {
  const repository = await deskRepository(place);
  // From a copy of it, or from here before its marker was lost, they may have begun in the database.
  const mayHave = coming === "to go on here" && (place.databaseUrl ?? null) !== null;
  if (keptAt(repository) === "nowhere" && !mayHave) return [];
  const desk = await openDeskOf(repository, place.databaseUrl ?? null, coming);
  try {
    return await listed(desk);
  } finally {
    await desk.close();
  }
}

export async function listed({ threads, ledgers, key }: Desk): Promise<Listed[]> {
  const rows: Listed[] = [];
  for (const number of await threads.numbers()) {
    const entries = await ledgers.read(key(number));
    const folded = fold(entries);
    const text = await threads.ticket(number);
    rows.push({
      ticket: number,
      phase: folded ? phaseOf(folded) : null,
      // Moved forward to it is merged, too, where a branch was named.
      state: folded
        ? folded.end?.as === "merged" && text?.settings.mergeInto
          ? PHASE_WORDS.merged
          : phaseWords(folded)
        : "Not begun",
      // A review looks at a commit of yours and makes no branch.
      branch: folded?.change && !folded.opened.pull ? deskBranch(number) : null,
      mergeInto: text?.settings.mergeInto ?? null,
      spend: folded?.spend ?? null,
      changedAt: entries.at(-1)?.at ?? null,
      title: text?.title ?? "",
    });
  }
  return rows;
}

/** With `--json` one object a line, and none where there is no ticket. */
export function printList(rows: readonly Listed[], { json }: { readonly json?: true }): void {
  if (json) return print(...rows.map((row) => JSON.stringify(row)));
  if (rows.length === 0) return print(NO_TICKETS);
  const cells = rows.map(({ ticket, state, branch, spend, changedAt, title }) => [
    String(ticket),
    state,
    branch ?? "",
    spend ? cost(spend) : "",
    changedAt ? utc(changedAt) : "",
    shortTitle(title),
  ]);
  print(...columns(["Ticket", "State", "Branch", "Cost", "Changed", "Title"], cells));
}

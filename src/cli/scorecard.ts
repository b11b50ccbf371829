import { type Command, Option } from "commander";
import type { Commit } from "../audit/outcome.ts";
import { type Score, scorecard } from "../audit/scorecard.ts";
import { environment } from "../config.ts";
import type { Entry } from "../core/ledger/chain.ts";
import { fold } from "../core/ticket/fold.ts";
import { typeOf } from "../core/ticket/ticket.ts";
import { cost, number, ROLE_TITLES } from "../messages/format.ts";
import { historyOf } from "./clone-history.ts";
import { Ended, EXIT } from "./exit.ts";
import { scorecardPage } from "./scorecard-page.ts";
import { readLedgers } from "./stores.ts";
import { columns } from "./table.ts";
import { print } from "./terminal.ts";
import { repositoryArgument } from "./ticket-argument.ts";
import { withTickets } from "./ticket-stores.ts";

const HEAD = [
  "Model",
  "Role",
  "Tickets",
  "Rounds",
  "Failed",
  "Accepted",
  "First pass",
  "Merged",
  "Again",
  "Reopened",
  "People",
  "Reverted",
  "Found",
  "Confirmed",
  "Survived",
  "Withdrawn",
  "Calls",
  "Tokens",
  "Cost",
  "Median",
  "P90",
];
const LEGEND =
  "Accepted: plans of an Architect that were approved. First pass: tickets of an Implementer that were proven without a fix round. Again: of its " +
  "merged tickets, those of which another ticket changed a file again within two weeks. Reopened: those whose issue somebody opened again. People, Reverted: those of which people did so, and those that were reverted (with --history). Found, Confirmed, Survived, Withdrawn: blockers a reviewer found, " +
  "or that were found in an Implementer's work; of those, how many were fixed, outlived a fix round, and were withdrawn. Median, P90: seconds of an answered call. –: the role has no such result, or nothing was measured.";

export function scorecardCommand(program: Command): void {
  program
    .command("scorecard")
    .description("show what each model delivered in each role, from the ledgers")
    .option("--repo <owner/repo>", "of this repository only", repositoryArgument)
    .addOption(new Option("--type <type>", "of tickets of this kind only").choices(TYPES))
    .option("--history <folder>", "a clone whose history says what was reverted, or changed again by people")
    .option("--json", "one JSON object a line, one for each model and role")
    .addOption(new Option("--html", "a page with plots, to be sent to a file").conflicts("json"))
    .addHelpText(
      "after",
      "\nExamples:\n  coop scorecard                    of the tickets of this repository, or of the server behind DATABASE_URL\n  coop scorecard --type bug\n  coop scorecard --html > scorecard.html",
    )
    .action(show);
}

const TYPES = ["feature", "bug", "refactor", "docs", "review"];

type Shown = {
  readonly repo?: string;
  readonly type?: string;
  readonly history?: string;
  readonly json?: true;
  readonly html?: true;
};

async function show({ repo, type, history, json, html }: Shown): Promise<void> {
  const known = await withTickets(async (stores) => ({
    ledgers: await readLedgers(stores, repo),
    calls: await stores.journal.latencies(repo === undefined ? "" : `${repo}#`),
  }));
  const ledgers = known.ledgers.filter((entries) => type === undefined || typeIn(entries) === type);
  const scores = scorecard(ledgers, {
    // The journal names a call's ticket and no type.
    calls: type === undefined ? known.calls : [],
    ...(history === undefined ? {} : { history: await historyFor(history, ledgers) }),
  });
  if (json) return print(...scores.map((score) => JSON.stringify(score)));
  if (html) return print(scorecardPage({ head: HEAD, rows: scores.map(row), legend: LEGEND }, scores));
  if (scores.length === 0) return print("No model has worked on a ticket yet.");
  print(...columns(HEAD, scores.map(row)), "", LEGEND);
}

function typeIn(entries: readonly Entry[]): string | null {
  const ticket = fold(entries);
  return ticket && typeOf(ticket);
}

/** A clone is of one repository: which one is clear when the ledgers are of one. */
async function historyFor(folder: string, ledgers: readonly (readonly Entry[])[]): Promise<Map<string, Commit[]>> {
  const names = new Set(ledgers.map((entries) => entries[0]?.ticket.split("#")[0] ?? ""));
  const [name] = names;
  if (name === undefined) return new Map();
  if (names.size > 1)
    throw new Ended(
      EXIT.usage,
      `--history ${folder}: the tickets are of ${names.size} repositories. Name one with --repo.`,
    );
  return new Map([[name, await historyOf(folder, environment().PATH ?? "/usr/bin:/bin")]]);
}

/** Seconds with one decimal; a dash where nothing is known. */
function seconds(ms: number | undefined): string {
  return ms === undefined ? "–" : `${(ms / 1000).toFixed(1)} s`;
}

function row({ model, role, tickets, rounds, failures, blockers, spend, ...score }: Score): string[] {
  // A dash where a role has no such result: an Architect confirms no blockers.
  const only = (holds: boolean, ...counts: number[]) => counts.map((count) => (holds ? number(count) : "–"));
  const isAuthor = role === "implementer";
  const { found, confirmed, survived, withdrawn } = blockers;
  const results = [
    ...only(role === "architect", score.plansAccepted),
    ...only(isAuthor, score.firstPass, score.merged, score.touchedAgain),
    ...only(isAuthor, score.reopened, score.touchedByPeople, score.reverted),
    ...only(isAuthor || role === "reviewer" || role === "adversary", found, confirmed, survived, withdrawn),
  ];
  const tokens = spend.inputTokens + spend.outputTokens;
  return [
    model,
    ROLE_TITLES[role],
    ...[tickets, rounds, failures].map(number),
    ...results,
    ...[spend.calls, tokens].map(number),
    cost(spend),
    seconds(score.latencyMs?.median),
    seconds(score.latencyMs?.p90),
  ];
}

import type { Command } from "commander";
import { type Score, scorecard } from "../audit/scorecard.ts";
import { cost, number, ROLE_TITLES } from "../messages/format.ts";
import { readLedgers, withStores } from "./stores.ts";
import { columns, print } from "./terminal.ts";
import { repositoryArgument } from "./ticket-argument.ts";

const HEAD = [
  "Model",
  "Role",
  "Tickets",
  "Rounds",
  "Failed",
  "Found",
  "Survived",
  "Withdrawn",
  "Calls",
  "Tokens",
  "Cost",
];
const LEGEND =
  "Found, Survived, Withdrawn: blockers a reviewer found, or that were found in an Implementer's work; of those, how many " +
  "outlived a fix round and how many a tiebreaker withdrew.";

export function scorecardCommand(program: Command): void {
  program
    .command("scorecard")
    .description("what each model delivered in each role, from the ledgers")
    .option("--repo <owner/repo>", "of this repository only", repositoryArgument)
    .action(show);
}

async function show({ repo }: { repo?: string }): Promise<void> {
  const scores = scorecard(await withStores((stores) => readLedgers(stores, repo)));
  if (scores.length === 0) return print("No model has worked on a ticket yet.");
  print(...columns(HEAD, scores.map(row)), "", LEGEND);
}

function row({ model, role, tickets, rounds, failures, blockers, spend }: Score): string[] {
  const counts = [tickets, rounds, failures, blockers.found, blockers.survived, blockers.withdrawn, spend.calls];
  const tokens = spend.inputTokens + spend.outputTokens;
  return [model, ROLE_TITLES[role], ...[...counts, tokens].map(number), cost(spend)];
}

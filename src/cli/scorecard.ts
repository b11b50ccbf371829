import { type Command, Option } from "commander";
import { type Score, scorecard } from "../audit/scorecard.ts";
import { cost, number, ROLE_TITLES } from "../messages/format.ts";
import { scorecardPage } from "./scorecard-page.ts";
import { readLedgers, withStores } from "./stores.ts";
import { columns, print } from "./terminal.ts";
import { repositoryArgument } from "./ticket-argument.ts";

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
  "Found",
  "Confirmed",
  "Survived",
  "Withdrawn",
  "Calls",
  "Tokens",
  "Cost",
];
const LEGEND =
  "Accepted: plans of an Architect that were approved. First pass: tickets of an Implementer that were proven without a fix round. Again: of its " +
  "merged tickets, those of which another ticket changed a file again within two weeks. Found, Confirmed, Survived, Withdrawn: blockers a reviewer found, " +
  "or that were found in an Implementer's work; of those, how many were fixed, outlived a fix round, and were withdrawn.";

export function scorecardCommand(program: Command): void {
  program
    .command("scorecard")
    .description("what each model delivered in each role, from the ledgers")
    .option("--repo <owner/repo>", "of this repository only", repositoryArgument)
    .option("--json", "one JSON object a line, one for each model and role")
    .addOption(new Option("--html", "a page with plots, to be sent to a file").conflicts("json"))
    .action(show);
}

type Shown = { readonly repo?: string; readonly json?: true; readonly html?: true };

async function show({ repo, json, html }: Shown): Promise<void> {
  const scores = scorecard(await withStores((stores) => readLedgers(stores, repo)));
  if (json) return print(...scores.map((score) => JSON.stringify(score)));
  if (html) return print(scorecardPage(HEAD, scores.map(row), scores));
  if (scores.length === 0) return print("No model has worked on a ticket yet.");
  print(...columns(HEAD, scores.map(row)), "", LEGEND);
}

function row({ model, role, tickets, rounds, failures, blockers, spend, ...score }: Score): string[] {
  const results = [score.plansAccepted, score.firstPass, score.merged, score.touchedAgain];
  const { found, confirmed, survived, withdrawn } = blockers;
  const counts = [tickets, rounds, failures, ...results, found, confirmed, survived, withdrawn, spend.calls];
  const tokens = spend.inputTokens + spend.outputTokens;
  return [model, ROLE_TITLES[role], ...[...counts, tokens].map(number), cost(spend)];
}

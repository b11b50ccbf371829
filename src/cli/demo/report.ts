import { verifyTicket } from "../../audit/verify.ts";
import type { FindingState, Ticket } from "../../core/ticket/ticket.ts";
import { phaseOf, typeOf } from "../../core/ticket/ticket.ts";
import { capital, cost, count } from "../../messages/format.ts";
import { PHASE_WORDS } from "../../messages/phases.ts";
import type { Ending } from "./run.ts";
import type { DemoOptions } from "./options.ts";
import type { Site } from "./site.ts";
import type { Example } from "../example.ts";
import { shortSha } from "../../core/ledger/ids.ts";

/** What came out of a demo run, for programs: the keys are the contract of `--json`. */
export type DemoResult = {
  readonly status: string;
  readonly example: string;
  readonly models: "scripted" | "live";
  /** `owner/name#number` */
  readonly ticket: string;
  readonly pullRequest: number | null;
  readonly headSha: string | null;
  readonly mergedSha: string | null;
  /** Fix rounds after the first implementation. */
  readonly rounds: number;
  readonly entries: number;
  /** What comparing both copies of the ledger gave, with the hash of the last entry. */
  readonly ledger: string;
  readonly proof: Readonly<Record<string, string>>;
  readonly blockers: { readonly found: number; readonly fixed: number };
  readonly modelCalls: number;
  readonly costMicroUsd: number;
  readonly restRequests: number;
  readonly contentCreating: number;
  readonly durationMs: number;
};

export function resultOf(ending: Ending, options: DemoOptions, ledger: string): DemoResult {
  const { ticket } = ending;
  const blockers = ticket ? blockersOf(ticket) : [];
  return {
    status: ticket ? phaseOf(ticket) : "not-started",
    example: options.example,
    models: options.models,
    ticket: ending.key,
    pullRequest: ticket?.pull?.number ?? null,
    headSha: ticket?.change?.headSha ?? null,
    mergedSha: ticket?.end?.sha ?? null,
    rounds: ticket?.change?.round ?? 0,
    entries: ending.entries.length,
    ledger,
    proof: Object.fromEntries((ticket?.proof?.items ?? []).map(({ id, state }) => [id, state])),
    blockers: { found: blockers.length, fixed: blockers.filter((one) => one.state === "resolved").length },
    modelCalls: ticket?.spend.calls ?? 0,
    costMicroUsd: ticket?.spend.costMicroUsd ?? 0,
    restRequests: ending.restRequests,
    contentCreating: ending.contentCreating,
    durationMs: ending.durationMs,
  };
}

function blockersOf(ticket: Ticket): FindingState[] {
  return [...ticket.findings.values()].filter(({ finding }) => finding.severity === "blocker");
}

/** Reads the thread back over the API and holds it against the database. @returns "verified: …" or what is different */
export async function verifyCopies(site: Site, { key, entries }: Ending): Promise<string> {
  const { github: app, world } = site.app;
  const { ledgers, publications, repositories, appId, ledgerKeys } = world;
  const verified = await verifyTicket({ ledgers, publications, repositories, app, appId, ledgerKeys }, key);
  switch (verified.outcome) {
    case "equal":
      return verified.unpublished > 0
        ? `different: ${count(verified.unpublished, "entry", "entries")} not yet in the thread`
        : `verified: ${count(verified.entries, "entry", "entries")}, ${entries.at(-1)?.hash}`;
    case "different":
      return `different: entry ${verified.first.seq}: ${verified.first.how}`;
    case "no-ticket":
      return "empty: the ticket was not started";
    case "unknown":
      return `unknown: ${verified.why}`;
  }
}

/** What did not come out as the example says; one line each. With real models only the merge and the ledger are expected. */
export function differences(result: DemoResult, ending: Ending, example: Example, site: Site): string[] {
  const { expect } = example;
  const { ticket } = ending;
  const found: string[] = [];
  const compare = (what: string, is: unknown, due: unknown) => {
    if (String(is) !== String(due)) found.push(`${what}: ${String(is) || "none"} instead of ${String(due)}`);
  };
  if (ending.why === "too-slow") found.push("it took longer than the demo waits");
  compare("status", result.status, expect.status);
  if (!result.ledger.startsWith("verified")) found.push(`ledger: ${result.ledger}`);
  if (result.models === "live" || !ticket) return found;
  compare("type", typeOf(ticket), expect.type);
  compare("fix rounds", result.rounds, expect.rounds);
  compare("blockers found", result.blockers.found, expect.blockersFound);
  compare("blockers fixed", result.blockers.fixed, expect.blockersFixed);
  compare("changed files", filesOf(ticket, site), expect.files.join(", "));
  const tests = ticket.change?.last?.verification.testsRun;
  if (site.sandbox.state === "available" && expect.tests !== undefined)
    compare("tests", tests ?? "unknown", expect.tests);
  return found;
}

function filesOf(ticket: Ticket, site: Site): string {
  return ticket.pull ? [...site.repo.pull(ticket.pull.number).files].sort().join(", ") : "";
}

/** The run in a few lines, the first of which says how it ended. */
export function summary(result: DemoResult, { key, ticket }: Ending): string[] {
  if (!ticket) return ["The ticket was not started."];
  const { found, fixed } = result.blockers;
  const merged = result.mergedSha ? ` as ${shortSha(result.mergedSha)}` : "";
  const pull = result.pullRequest === null ? "" : `, pull request #${result.pullRequest}`;
  const blockers = found === 0 ? "no blockers" : `${fixed} of ${count(found, "blocker")} fixed`;
  const simulated = result.models === "scripted" ? " (scripted, cost simulated)" : "";
  return [
    `${capital(PHASE_WORDS[phaseOf(ticket)])}${merged}: ${key}${pull}`,
    `Work     ${count(result.rounds, "fix round")}, ${blockers}`,
    `Models   ${count(result.modelCalls, "call")}, ${cost(ticket.spend)}${simulated}`,
    `GitHub   ${result.restRequests} REST requests, ${result.contentCreating} of them creating content`,
    `Ledger   ${result.ledger}`,
    `Time     ${(result.durationMs / 1000).toFixed(1)} s from the label to the end`,
  ];
}

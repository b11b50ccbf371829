// Held by test/scenarios/feature.test.ts
import { isInTurn, type Preferred, preferredByRecord, preferredFor } from "../core/rules/preferences.ts";
import type { Policy } from "../core/rules/policy.ts";
import { place, rotate } from "../core/rules/rotate.ts";
import { type Route, route, type RouteInput } from "../core/rules/routing/route.ts";
import { halted } from "../core/rules/halt.ts";
import { why } from "../core/rules/why.ts";
import type { RoutingReason } from "../core/rules/routing/reasons.ts";
import { routingLine } from "../messages/reasons/routing.ts";
import type { Snapshot } from "../trees/tree.ts";
import { overDay } from "./spend-limits.ts";
import { branchOf } from "./branch.ts";
import { defaultSnapshot } from "./default-branch.ts";
import { policyOfBranch } from "./policy-file.ts";
import { done, type StepContext, type StepResult } from "./step.ts";
import { type TicketText, ticketText } from "./ticket-text.ts";

/** Reads the policy, then says by rules what kind of ticket this is and who plays which role. No model is asked. */
export async function routeTicket(context: StepContext): Promise<StepResult> {
  const { ticket, world, forge } = context;
  const snapshot = await defaultSnapshot(forge, ticket);
  if (snapshot === "gone") {
    const because = why("branch-unreadable", { branch: ticket.opened.defaultBranch });
    return done(halted("github-refused", "policy", because));
  }
  const taken = await branchInTheWay(context);
  if (taken !== null) return done(halted("github-refused", "policy", why("branch-taken", { branch: taken })));
  const reading = await policyOfBranch(world, snapshot);
  if (reading.outcome === "invalid") {
    return done(halted("policy-invalid", "policy", reading.why, { details: reading.quote ? [reading.quote] : [] }));
  }
  world.dryRuns?.note(ticket.ref, reading.policy.dryRun);
  const possible = rotate(ticket.key, world.pool, reading.policy.pin);
  if (possible.outcome === "impossible") return done(halted("policy-invalid", "policy", possible.why));
  const tooMany = await overDay(context, reading.policy);
  if (tooMany) return tooMany;
  const text = await ticketText(context);
  if (!text) return done(halted("text-changed", "policy", why("text-is-lost")));
  const { limits, pin } = reading.policy;
  const routed = route(await inputOf(context, text, snapshot), reading.policy);
  const wished = await wishedFor(context, reading.policy, routed);
  const preferred = rotate(ticket.key, world.pool, pin, wished.preferred);
  const { assignment, reasons } = preferred.outcome === "assigned" ? preferred : possible;
  const data = {
    ...routed,
    reasons: routed.reasons.map(routingLine),
    assignment,
    assignmentReasons: [...reasons, ...wished.reasons].map(routingLine),
    policyHash: reading.hash,
    baseSha: snapshot.commitSha,
    budgetMicroUsd: Math.round(limits.usdPerTicket * 1_000_000),
    budgetTokens: limits.tokensPerTicket,
    ...(reading.policy.dryRun && ticket.forge.kind === "github" ? { dryRun: true as const } : {}),
  };
  return done({ kind: "routed", data });
}

/** What the policy names is stronger than what the scorecard says. */
async function wishedFor(
  { ticket, world }: StepContext,
  policy: Policy,
  routed: Route,
): Promise<{ preferred: Preferred; reasons: RoutingReason[] }> {
  const named = preferredFor(policy, routed);
  if (policy.ties === "turn" || !world.records) return { preferred: named, reasons: [] };
  if (isInTurn(place(ticket.key))) return { preferred: named, reasons: [{ code: "in-turn", facts: {} }] };
  const { owner, name } = ticket.ref;
  const records = await world.records(`${owner}/${name}`, routed.type);
  return { preferred: { ...preferredByRecord(records, world.pool), ...named }, reasons: [] };
}

/** More files than these make a ticket large without being counted. */
const NAMED_PATHS_MAX = 50;

/**
 * A branch of that name that somebody else made, or one called `coop`, which leaves no room for names below it: better found
 * before anything is paid for. What cannot be asked in one question shows when the branch is made.
 */
async function branchInTheWay({ forge, ticket }: StepContext): Promise<string | null> {
  if (ticket.opened.pull) return null;
  const ours = branchOf(ticket.key, ticket.forge.kind);
  const [above = ours] = ours.split("/");
  const { branch, beside } = await forge.lookTogether({ branch: ours, beside: above });
  return branch !== undefined ? ours : beside !== undefined ? above : null;
}

async function inputOf(context: StepContext, text: TicketText, snapshot: Snapshot): Promise<RouteInput> {
  const { ticket } = context;
  const known = ticket.opened.labels;
  const issue = known ? null : (context.issue ?? (await context.forge.issue(ticket.ref.number)));
  const said = `${text.title}\n${text.body}`;
  return {
    ...text,
    labels: known ?? (issue === null || issue === "gone" ? [] : issue.labels),
    forcedType: ticket.opened.forcedType,
    repositoryFiles: snapshot.tree.size,
    namedPaths: [...snapshot.tree.keys()]
      .filter((path) => path.length > 3 && said.includes(path))
      .slice(0, NAMED_PATHS_MAX),
  };
}

import { ticketRef } from "../core/ledger/ids.ts";
import type { Policy } from "../core/rules/policy.ts";
import { rotate } from "../core/rules/rotate.ts";
import { route, type RouteInput } from "../core/rules/route.ts";
import { halted } from "../core/rules/halt.ts";
import type { Snapshot } from "../trees/tree.ts";
import { DAY_NEXT } from "./consult.ts";
import { policyOfBranch } from "./policy-file.ts";
import { done, type StepContext, type StepResult } from "./step.ts";
import { type TicketText, ticketText } from "./ticket-text.ts";

/** Reads the policy, then says by rules what kind of ticket this is and who plays which role. No model is asked. */
export async function routeTicket(context: StepContext): Promise<StepResult> {
  const { ticket, world, forge } = context;
  const snapshot = await forge.snapshot(ticket.opened.defaultBranch);
  if (snapshot === "gone") {
    return done(
      halted(
        "github-refused",
        "policy",
        `The default branch \`${ticket.opened.defaultBranch}\` could not be read; is the repository empty?`,
      ),
    );
  }
  const reading = await policyOfBranch(world, snapshot);
  if (reading.outcome === "invalid") {
    const quote = reading.quote ? [reading.quote] : [];
    return done(halted("policy-invalid", "policy", reading.sentence, quote));
  }
  const rotation = rotate(ticket.key, world.pool, reading.policy.pin);
  if (rotation.outcome === "impossible") return done(halted("policy-invalid", "policy", rotation.why));
  const tooMany = await overDay(context, reading.policy);
  if (tooMany) return tooMany;
  const text = await ticketText(context);
  if (!text) return done(halted("text-changed", "policy", "The issue's text changed before it could be read."));
  const { limits } = reading.policy;
  const data = {
    ...route(inputOf(context, text, snapshot), reading.policy),
    assignment: rotation.assignment,
    assignmentReasons: rotation.reasons,
    policyHash: reading.hash,
    baseSha: snapshot.commitSha,
    budgetMicroUsd: Math.round(limits.usdPerTicket * 1_000_000),
    budgetTokens: limits.tokensPerTicket,
  };
  return done({ kind: "routed", data });
}

/**
 * So many tickets a day, in the order they were opened: fifty labels at once must not make fifty plans. A person who raises
 * the ticket's budget has said that this one is worth it.
 */
async function overDay(context: StepContext, policy: Policy): Promise<StepResult | null> {
  const { ticket, world } = context;
  const { ticketsPerDay } = policy.limits;
  if (ticket.raisedMicroUsd > 0) return null;
  const dayStart = new Date(`${world.now().toISOString().slice(0, 10)}T00:00:00Z`);
  const { owner, name } = ticketRef(ticket.key);
  const today = await world.ledgers.openedSince(`${owner}/${name}`, dayStart);
  if (today.indexOf(ticket.key) < ticketsPerDay) return null;
  const sentence = `${ticketsPerDay} tickets were opened in this repository today before this one, as many as its policy allows (\`limits.ticketsPerDay\`).`;
  return done(
    halted("budget", "policy", sentence, [], ["`/coop budget +1` takes this one up today all the same", ...DAY_NEXT]),
  );
}

function inputOf(context: StepContext, text: TicketText, snapshot: Snapshot): RouteInput {
  const { ticket, issue } = context;
  const said = `${text.title}\n${text.body}`;
  return {
    ...text,
    labels: issue !== null && issue !== "gone" ? issue.labels : [],
    forcedType: ticket.opened.forcedType,
    repositoryFiles: snapshot.tree.size,
    namedPaths: [...snapshot.tree.keys()].filter((path) => path.length > 3 && said.includes(path)).slice(0, 50),
  };
}

// Held by test/scenarios/feature.test.ts
import { sha256 } from "../core/ledger/chain.ts";
import type { TicketKey } from "../core/ledger/ids.ts";
import type { Policy } from "../core/rules/policy.ts";
import { PHASE_LABELS, PHASES } from "../core/ticket/phase.ts";
import { phaseOf, type Ticket } from "../core/ticket/ticket.ts";
import { type Forge, ForgeAway } from "../forge/forge.ts";
import { labelOf } from "../messages/label-colours.ts";
import { statusComment, type StatusExtra } from "../messages/status.ts";
import { isStatusOf } from "../messages/marker.ts";
import { drawChecks } from "./draw-checks.ts";
import { isHeld } from "./dry.ts";
import type { World } from "./world.ts";

/**
 * What is drawn from the ledger and edited in place: one label of ours on the issue, one status comment, three checks on the
 * head. Nothing is read back in the ordinary case. A ticket's first sign is drawn at once, and so is everything when it waits.
 * `in-passing`: steps may follow each other within moments, so what one of them changes is drawn once it has lasted a while
 * (`drawWhenItLasts`). `on-new-phase`: nothing that passes, and else only what people wait for.
 */
export type Drawing = "now" | "on-new-phase" | "in-passing";

export async function project(
  world: World,
  forge: Forge,
  ticket: Ticket,
  labels: readonly string[] | null,
  policy: Policy | null,
  drawing: Drawing,
): Promise<void> {
  if (isHeld(world, ticket)) return;
  const phase = phaseOf(ticket);
  const wanted = PHASES[phase].label ?? "";
  const written = await world.projections.get(ticket.key, "label");
  const passes = drawing === "in-passing" || (drawing === "on-new-phase" && PHASES[phase].turn === "program");
  if (passes && written) return;
  const isNew = written?.bodySha256 !== wanted;
  if (isNew)
    await projectLabel(world, forge, ticket, wanted, [...(written ? [written.bodySha256] : []), ...(labels ?? [])]);
  if (isNew || drawing === "now") await projectStatus(world, forge, ticket, policy);
  await drawChecks(world, forge, ticket);
}

async function projectLabel(
  world: World,
  forge: Forge,
  ticket: Ticket,
  wanted: string,
  carried: readonly string[],
): Promise<void> {
  const { number } = ticket.ref;
  const label = labelOf(phaseOf(ticket));
  const unlessRefused = (error: unknown) => {
    if (!(error instanceof ForgeAway) || error.nature !== "refused") throw error;
    world.log.warn({ ticket: ticket.key, label: wanted, error: error.message }, "a label was refused");
  };
  // An issue with 100 labels takes no more. The status says the same in words, so nothing waits for a label.
  if (label) await forge.addLabel(number, label).catch(unlessRefused);
  const stale = new Set(carried.filter((label) => PHASE_LABELS.includes(label) && label !== wanted));
  for (const label of stale) await forge.removeLabel(number, label).catch(unlessRefused);
  await world.projections.put(ticket.key, "label", { remoteId: null, bodySha256: wanted });
}

export async function projectStatus(world: World, forge: Forge, ticket: Ticket, policy: Policy | null): Promise<void> {
  const body = statusComment(ticket, await statusExtra(world, forge, policy));
  const hash = sha256(body);
  const written = await world.projections.get(ticket.key, "status");
  if (written?.bodySha256 === hash) return;
  const { number } = ticket.ref;
  if (written?.remoteId && (await forge.editComment(written.remoteId, body)) === "edited") {
    await world.projections.put(ticket.key, "status", { remoteId: written.remoteId, bodySha256: hash });
    return;
  }
  // Intended but not noted, or the comment is gone: look before making a second one.
  const lost = written ? await findStatus(world, forge, ticket) : null;
  if (!written) await world.projections.put(ticket.key, "status", { remoteId: null, bodySha256: "" });
  if (lost !== null) await forge.editComment(lost, body);
  const remoteId = lost ?? (await forge.comment(number, body)).id;
  await world.projections.put(ticket.key, "status", { remoteId, bodySha256: hash });
}

/** What the status shows besides the ticket. */
async function statusExtra(
  { keyless }: Pick<World, "keyless">,
  forge: Pick<Forge, "missing">,
  policy: Policy | null,
): Promise<StatusExtra> {
  return { ...(policy && { fixRounds: policy.limits.fixRounds }), missing: await forge.missing(), keyless };
}

/** What an answer shows besides: how far the step is that runs beside it. */
export async function answerExtra(
  world: Pick<World, "rightNow" | "keyless">,
  forge: Pick<Forge, "missing">,
  key: TicketKey,
  policy: Policy | null,
): Promise<StatusExtra> {
  const does = world.rightNow?.(key) ?? null;
  return { ...(await statusExtra(world, forge, policy)), rightNow: does && { does, nowMs: Date.now() } };
}

async function findStatus(world: World, forge: Forge, ticket: Ticket): Promise<number | null> {
  const thread = await forge.comments(ticket.ref.number);
  return thread.find((one) => one.appId === world.appId && isStatusOf(one.body, ticket.key))?.id ?? null;
}

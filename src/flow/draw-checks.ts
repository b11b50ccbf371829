// Held by test/scenarios/under-way.test.ts
import { canonicalJson, sha256 } from "../core/ledger/chain.ts";
import { CHECK_NAMES } from "../core/ticket/check-names.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import { type Forge, ForgeAway } from "../forge/forge.ts";
import { checkBrokenOff, type CheckText, checksOf } from "../messages/check.ts";
import type { World } from "./world.ts";

/**
 * Draws `coop/review`, `coop/adversary` and `coop/proof` on the head: in progress while they run, then with what came out.
 * Order, with a crash possible on every line: intend (database), create or update, note the id.
 */
export async function drawChecks(world: World, forge: Forge, ticket: Ticket): Promise<void> {
  // Without the right to write them there are none; the status comment says so, and everything else goes on.
  if ((await forge.missing())?.rights.includes("checks: write")) return;
  await unlessRefused(world, ticket, () => drawEach(world, forge, ticket));
}

async function drawEach(world: World, forge: Forge, ticket: Ticket): Promise<void> {
  const wanted = checksOf(ticket);
  for (const name of CHECK_NAMES) {
    const kind = `check:${name}`;
    const noted = await world.projections.get(ticket.key, kind);
    const before = noted && { ...readNote(noted.bodySha256), id: noted.remoteId };
    const check = wanted.find((one) => one.name === name);
    const isOther = before !== null && before.headSha !== check?.headSha;
    // GitHub would show it as running for two weeks.
    if (before?.stage === "running" && isOther)
      await draw(world, forge, ticket, checkBrokenOff(name, before.headSha, ticket), before.id ?? "unsure");
    if (!check || before?.hash === hashOf(check)) continue;
    const isSame = before !== null && !isOther && !(before.stage === "ended" && check.conclusion === null);
    await draw(world, forge, ticket, check, isSame ? (before.id ?? "unsure") : "new");
  }
}

async function draw(
  world: World,
  forge: Forge,
  ticket: Ticket,
  check: CheckText,
  known: number | "new" | "unsure",
): Promise<void> {
  const kind = `check:${check.name}`;
  const stage: Stage = check.conclusion === null ? "running" : "ended";
  const note = (hash: string) => [check.headSha, stage, hash].join(" ");
  if (known === "new") await world.projections.put(ticket.key, kind, { remoteId: null, bodySha256: note("intended") });
  const detailsUrl = world.publicUrl ? `${world.publicUrl}/tickets/${ticket.key.replace("#", "/")}` : null;
  const remoteId = await forge.publishCheck({ ...check, detailsUrl }, known);
  await world.projections.put(ticket.key, kind, { remoteId, bodySha256: note(hashOf(check)) });
}

type Stage = "running" | "ended";

/** What was drawn last: on which commit, whether it had ended, and a hash of the whole. */
function readNote(note: string): { headSha: string; stage: Stage; hash: string } {
  const [headSha = "", stage = "", hash = ""] = note.split(" ");
  return { headSha, stage: stage === "ended" ? "ended" : "running", hash };
}

function hashOf(check: CheckText): string {
  return sha256(canonicalJson(check));
}

/** A commit that GitHub does not show yet is shown by then; a right that was taken away is not given back. */
const REFUSAL_LASTS_MS = 2 * 60_000;
/** A refusal of so long ago is another one. */
const REFUSAL_IS_OLD_MS = 24 * 60 * 60_000;
const REFUSED = "checks-refused";

/** Checks that GitHub goes on refusing are left out: what stands in the thread does not wait for them. */
async function unlessRefused(world: World, ticket: Ticket, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof ForgeAway) || error.nature !== "refused") throw error;
    const nowMs = world.now().getTime();
    const noted = await world.projections.get(ticket.key, REFUSED);
    const [since, refusedHead] = (noted?.bodySha256 ?? "").split(" ");
    // A commit that GitHub does not show yet is refused as well: what was said of another one tells nothing of this.
    const head = ticket.change?.headSha ?? "none";
    const sinceMs = refusedHead === head ? nowMs - Number(since) : Infinity;
    if (sinceMs >= REFUSAL_LASTS_MS && sinceMs < REFUSAL_IS_OLD_MS)
      return world.log.warn({ ticket: ticket.key, why: error.message }, "check runs are left out, because GitHub goes on refusing them"); // prettier-ignore
    if (sinceMs >= REFUSAL_IS_OLD_MS)
      await world.projections.put(ticket.key, REFUSED, { remoteId: null, bodySha256: `${nowMs} ${head}` });
    throw error;
  }
}

// Held by test/scenarios/dry-run.test.ts
import { canonicalJson, sha256 } from "../core/ledger/chain.ts";
import { type TicketKey, ticketRef } from "../core/ledger/ids.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import { dryForge } from "../forge/dry-forge.ts";
import { type Forge, ForgeAway } from "../forge/forge.ts";
import type { Act, NotedAct, Notebook } from "../forge/notebook.ts";
import { policyAt } from "../steps/policy-file.ts";
import { WRITES } from "./guarded-forge.ts";
import type { World } from "./world.ts";

/** Whether the first sign on a ticket has to wait: its repository may want nothing written, and its policy is read in a moment. */
export function isHeld({ dryRuns }: World, ticket: Ticket): boolean {
  if (!dryRuns || ticket.forge.kind !== "github") return false;
  return dryRuns.writing(ticket.ref, ticket) === "held";
}

/**
 * The forge of a ticket, which writes to GitHub or only notes what it would. Before a ticket is routed its policy may have to be
 * asked for; that happens right before the first write and not sooner.
 */
export function dryable(
  world: World,
  key: TicketKey,
  real: Forge,
  ticket: Ticket | null,
  defaultBranch: string | null,
): Forge {
  const { dryRuns } = world;
  if (!dryRuns || ticket?.forge.kind === "desk") return real;
  if (ticket?.route && !ticket.route.dryRun) return real;
  const { appId, blobs, ownLogin, now } = world;
  const ref = ticketRef(key);
  const notes = notebookOf(world, key);
  const dry = dryForge({ real, notes, blobs, issue: ref.number, appId, ownLogin, now });
  if (ticket?.route?.dryRun) return dry;
  const chosen = async (): Promise<Forge> => {
    const writing = dryRuns.writing(ref, ticket);
    if (writing === "real" || writing === "dry") return writing === "dry" ? dry : real;
    const branch = ticket?.opened.defaultBranch ?? defaultBranch ?? (await real.defaultBranch());
    const read = await policyAt(world, real, branch).catch(refusedIsNone);
    // Where nothing can be read a person has to be told that, also where it may have meant to be dry.
    if (read === null) return real;
    const isDry = read.outcome === "valid" && read.policy.dryRun;
    dryRuns.note(ref, isDry);
    return isDry ? dry : real;
  };
  return choosing(real, chosen);
}

function refusedIsNone(error: unknown): null {
  if (error instanceof ForgeAway && error.nature === "refused") return null;
  throw error;
}

/** What a ticket that is not routed yet may write: a sign, an answer, its first label and status. All else is read as it is. */
function choosing(real: Forge, chosen: () => Promise<Forge>): Forge {
  const late = [...WRITES].map((name) => {
    const act = async (...args: readonly unknown[]) =>
      ((await chosen())[name] as (...args: readonly unknown[]) => Promise<unknown>)(...args);
    return [name, act];
  });
  return { ...real, ...(Object.fromEntries(late) as Partial<Forge>) };
}

const KIND = "dry:";

/** Kept as artifacts, named in their order by the rows of what is drawn from a ticket. */
export function notebookOf(
  { projections, artifacts }: Pick<World, "projections" | "artifacts">,
  key: TicketKey,
): Notebook {
  const acts = async (): Promise<NotedAct[]> => {
    const noted: NotedAct[] = [];
    for (const { remoteId, bodySha256 } of await projections.of(key, KIND)) {
      const content = await artifacts.get(bodySha256);
      if (content) noted.push({ ...(JSON.parse(content.toString("utf8")) as Act), id: remoteId ?? 0 });
    }
    return noted;
  };
  return {
    acts,
    note: async (act) => {
      const kind = KIND + sha256(canonicalJson(act));
      const standing = await projections.get(key, kind);
      if (standing?.remoteId) return standing.remoteId;
      const id = (await projections.of(key, KIND)).length + 1;
      await projections.put(key, kind, { remoteId: id, bodySha256: await artifacts.put(JSON.stringify(act)) });
      return id;
    },
    edit: async (id, body) => {
      const rows = await projections.of(key, KIND);
      const [kind, act] = [rows.find((one) => one.remoteId === id)?.kind, (await acts()).find((one) => one.id === id)];
      if (kind === undefined || (act?.do !== "comment" && act?.do !== "review")) return "gone";
      await projections.put(key, kind, {
        remoteId: id,
        bodySha256: await artifacts.put(JSON.stringify({ ...act, body })),
      });
      return "edited";
    },
  };
}

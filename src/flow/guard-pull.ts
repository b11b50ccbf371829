// Held by test/scenarios/guard.test.ts
import { sha256 } from "../core/ledger/chain.ts";
import { type TicketKey, type TicketRef, ticketRef } from "../core/ledger/ids.ts";
import { guarding, isForGuard, type LeaveCode } from "../core/rules/guard.ts";
import { readTrigger, type Trigger } from "../core/rules/trigger.ts";
import { type Forge, ForgeAway, type PullFacts } from "../forge/forge.ts";
import { checkOfPull, checkWithoutProof, replyOfPull } from "../messages/guard.ts";
import { isReplyTo, replyMarker } from "../messages/marker.ts";
import { sentenceFor } from "../messages/reasons/sentence.ts";
import type { Signals } from "../queue/queue.ts";
import { policyAt } from "../steps/policy-file.ts";
import { provePull, standingOf } from "../steps/prove-pull.ts";
import { accessNow } from "./access.ts";
import { dropUnheard } from "./halt-refused.ts";
import { HEARING_TRIES_MAX } from "./hear.ts";
import { sayOnce } from "./say-once.ts";
import { type Pass, patiently } from "./turn.ts";
import { isOwn, type World } from "./world.ts";

/**
 * The lane in which pull requests that are no tickets are proven. A proof runs for minutes and writes no ledger, so it holds
 * no lease; what it leaves is one check run a commit. It is remembered what was proven: the same head on the same base is not
 * proven twice, however many webhooks tell of it.
 */
export const GUARDED = "guard";

type Asked = {
  readonly world: World;
  readonly key: TicketKey;
  readonly ref: TicketRef;
  readonly forge: Forge;
  readonly triggers: readonly Trigger[];
};

export function guardPull(world: World, key: TicketKey, signals: Signals): Promise<Pass> {
  return patiently(world, key, "guard", async () => {
    const triggers = (await world.inbox.pending(key))
      .map(({ payload }) => readTrigger(payload))
      .filter((one) => one !== null && isForGuard(one)) as Trigger[];
    const latest = triggers.at(-1);
    if (!latest) return { again: null };
    const ref = ticketRef(key);
    const access = await accessNow(world.repositories, ref, latest.forge);
    const asked = { world, key, ref, forge: world.forge(access), triggers };
    try {
      await look(asked, latest, signals);
    } catch (error) {
      if (error instanceof ForgeAway) return refused(asked, error);
      if (!(await givenUp(asked, latest, error))) throw error;
    }
    if (signals.abort.aborted) return { again: { inMs: 0 } };
    for (const { source } of triggers) await world.inbox.handled(key, source);
    return { again: null };
  });
}

async function look(asked: Asked, { defaultBranch }: Trigger, signals: Signals): Promise<void> {
  const { world, key, ref, forge, triggers } = asked;
  const isWanted = triggers.some(isWish);
  // What this program does itself it does to its own tickets' pull requests: nothing has to be asked for that.
  const own = await Promise.all(triggers.map(({ by }) => isOwn(world, by)));
  if (!own.includes(false)) return left(asked, "a-ticket");
  const read = await policyAt(world, forge, defaultBranch);
  // Whoever asks is told what is wrong with the policy; nobody else has asked for anything.
  if (read.outcome === "invalid") return reply(asked, `${sentenceFor(read.why)} ${read.quote}`);
  if (read.policy.dryRun) return left(asked, "dry-run");
  const { pulls } = read.policy.gate;
  if (pulls === "off" && !isWanted) return left(asked, "policy-off");
  const pull = await forge.pull(ref.number);
  if (pull === "gone") return left(asked, "gone");
  const guards = guarding({ ...pull, belongsTo: await belongsTo(asked, pull) }, pulls, isWanted ? "yes" : "no");
  if (guards.do === "leave") return left(asked, guards.why);
  const standing = await standingOf(forge, pull);
  if (!standing) return left(asked, "gone");
  const basis = sha256(JSON.stringify({ ...standing, base: pull.baseBranch }));
  const known = await world.projections.get(key, GUARDED);
  if (known?.bodySha256 === basis && !isWanted) return;
  const proof = await provePull(world, forge, standing, read.policy);
  // Another worker has the job by now and says what it finds.
  if (signals.abort.aborted) return;
  const check = checkOfPull({ ...standing, baseBranch: pull.baseBranch }, proof);
  await forge.publishCheck({ ...check, detailsUrl: null }, "unsure");
  await world.projections.put(key, GUARDED, { remoteId: null, bodySha256: basis });
  await reply(asked, replyOfPull(check));
}

/** GitHub away is asked again; one that has said no for a day will not be: nothing of a ticket is lost by that. */
async function refused({ world, key }: Asked, error: ForgeAway): Promise<Pass> {
  if (error.nature === "away" || !(await dropUnheard(world, key, "guard", error))) throw error;
  return { again: { inMs: 0 } };
}

function isWish(trigger: Trigger): boolean {
  return trigger.kind === "changed" && /^(asked|rerun)$/.test(trigger.what);
}

/** A ticket at work on it proves it with everything that a ticket has; two proofs of one commit would contradict each other. */
async function belongsTo({ world, key, ref }: Asked, { author }: PullFacts): Promise<"ticket" | "nobody"> {
  if (await isOwn(world, author)) return "ticket";
  const ticket = (await world.index.byPull(`${ref.owner}/${ref.name}`, ref.number)) ?? (await world.index.get(key));
  return ticket?.standing === "open" ? "ticket" : "nobody";
}

async function left({ world, key }: Asked, why: LeaveCode): Promise<void> {
  // Whoever opens it again has it proven again.
  if (why === "closed" || why === "gone") await world.projections.forget(key, GUARDED);
  world.log.info({ pull: key, why }, "a pull request is not proven");
}

/** Each person who asked in words is answered once. */
async function reply({ world, key, ref, forge, triggers }: Asked, words: string): Promise<void> {
  const asking = triggers.filter((one) => one.kind === "changed" && one.what === "asked");
  for (const { source } of asking) {
    const find = async () => {
      const said = await forge.comments(ref.number);
      return said.find((one) => one.appId === world.appId && isReplyTo(one.body, source))?.id ?? null;
    };
    const say = async () => (await forge.comment(ref.number, `${words}\n\n${replyMarker(source)}`)).id;
    await sayOnce(world, key, `answer:${source}`, { find, say });
  }
}

/** What fails again and again is said on the commit: a check that never comes would hold up the merge without a word. */
async function givenUp({ world, key, ref, forge }: Asked, { source }: Trigger, error: unknown): Promise<boolean> {
  if ((await world.inbox.failed(key, source)) < HEARING_TRIES_MAX) return false;
  world.log.error({ pull: key, error: error instanceof Error ? error.stack : String(error) }, "a proof failed inside");
  const pull = await forge.pull(ref.number);
  if (pull !== "gone")
    await forge.publishCheck({ ...checkWithoutProof(pull.headSha, HEARING_TRIES_MAX), detailsUrl: null }, "unsure");
  return true;
}

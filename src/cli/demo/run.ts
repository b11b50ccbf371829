import { setImmediate, setTimeout as delay } from "node:timers/promises";
import type { Entry } from "../../core/ledger/chain.ts";
import { fold } from "../../core/ticket/fold.ts";
import { type Phase, PHASES } from "../../core/ticket/phase.ts";
import { isTransient, phaseOf, type Ticket } from "../../core/ticket/ticket.ts";
import { headline } from "../../messages/headline.ts";
import { asksFor } from "../asks-for.ts";
import { whoOf } from "./ledger.ts";
import { MAINTAINER, type Site } from "./site.ts";
import type { Example } from "../example.ts";
import { type Progress, wrapped } from "../progress.ts";
import { plain } from "../terminal.ts";

/** Plays the maintainer: opens and labels the issue, watches the ledger, and says yes where the program waits for one. */
export type Ending = {
  readonly key: string;
  readonly entries: readonly Entry[];
  /** null when the program did not even take the ticket up. */
  readonly ticket: Ticket | null;
  readonly why: "over" | "waiting" | "too-slow";
  /** From the label to the end, as the local GitHub counted them. */
  readonly restRequests: number;
  readonly contentCreating: number;
  readonly durationMs: number;
};

export type Play = {
  readonly site: Site;
  readonly example: Example;
  readonly progress: Progress;
  /** Scripted people do only what the example says; with real models whatever is needed is approved. */
  readonly yes: "as-scripted" | "always";
  readonly limitMs: number;
  /** Asks whoever sits there for a comment; null when nobody does, or nothing is said. */
  readonly ask: (prompt: string) => Promise<string | null>;
};

/** Often enough that lines appear when things happen. */
const LOOK_MS = 100;
/** Below what was said, not below who said it. */
const ASKED_INDENT = " ".repeat(23);

export async function play(the: Play): Promise<Ending> {
  const { site, example, progress } = the;
  const { forge, repo } = site;
  // The program looks around when it starts; that is no part of this ticket, and is not counted.
  await site.app.queue.idle();
  const issue = repo.openIssue(MAINTAINER, { title: example.ticket.title, body: example.ticket.body });
  progress.happened(MAINTAINER, `opens issue #${issue}: ${example.ticket.title}`);
  await forge.idle();
  const [before, began] = [forge.counts(), performance.now()];
  for (const label of example.ticket.labels) {
    repo.addLabel(MAINTAINER, issue, label);
    progress.happened(MAINTAINER, `puts the label ${label} on it`);
  }
  const key = `${repo.fullName}#${issue}`;
  const { why, entries } = await watch(the, key, issue, began + the.limitMs);
  const after = forge.counts();
  return {
    ...{ key, entries, ticket: fold(entries), why },
    restRequests: after.restRequests - before.restRequests,
    contentCreating: after.contentCreating - before.contentCreating,
    durationMs: Math.round(performance.now() - began),
  };
}

async function watch(the: Play, key: string, issue: number, until: number) {
  const look = follow(the.site, key, the.progress);
  const said = new Set<string>();
  for (;;) {
    const wasQuiet = await isQuiet(the.site);
    const entries = await look();
    const ticket = fold(entries);
    if (wasQuiet && ticket) {
      const next = await respond(the, ticket, issue, said);
      if (next !== "wait") return { why: next, entries };
    }
    if (performance.now() > until) return { why: "too-slow" as const, entries };
    await delay(LOOK_MS);
  }
}

/** @returns a look at the ledger that tells what is new in it */
export function follow(site: Site, key: string, progress: Progress, from = 0): () => Promise<Entry[]> {
  let shown = from;
  return async () => {
    const entries = await site.app.world.ledgers.read(key);
    for (const entry of entries.slice(shown)) progress.happened(whoOf(entry), told(entry));
    shown = entries.length;
    return entries;
  };
}

/** Why a try failed is news at once; everything else can be read in the ledger at the end. */
function told(entry: Entry): string {
  return entry.kind === "step_failed"
    ? `${headline(entry, "github")}: ${entry.data.sentence}`
    : headline(entry, "github");
}

/** Webhooks lead to work and work to webhooks, so both have to be quiet at the same time. */
async function isQuiet({ forge, app }: Site): Promise<boolean> {
  const before = forge.deliveries.length;
  const isIdle = await Promise.race([forge.idle().then(() => true), setImmediate(false)]);
  const { active, ready } = await app.queue.depth();
  return isIdle && active === 0 && ready === 0 && forge.deliveries.length === before;
}

type Next = "wait" | "over" | "waiting";

async function respond(the: Play, ticket: Ticket, issue: number, said: Set<string>): Promise<Next> {
  const phase = phaseOf(ticket);
  if (phase === "merged" || phase === "stopped") return "over";
  const yes = yesTo(the, phase, ticket);
  if (yes) {
    // The same question twice: the yes was not taken, and a second one would not be either.
    if (said.has(yes.about)) return "waiting";
    said.add(yes.about);
    comment(the, yes.where === "pull" ? (ticket.pull?.number ?? issue) : issue, "/coop approve");
    return "wait";
  }
  if (!isPersonsTurn(phase)) return "wait";
  sayOnce(the, ticket, said);
  // It goes on by itself when the reason is gone; until then the lines above say what a person can do.
  if (ticket.halt && isTransient(ticket.halt.reason)) return "wait";
  return listen(the, ticket, issue, phase);
}

function sayOnce({ progress }: Play, ticket: Ticket, said: Set<string>): void {
  const about = `entries ${ticket.length}`;
  if (said.has(about)) return;
  said.add(about);
  progress.running(null);
  const width = progress.columns - ASKED_INDENT.length;
  for (const line of asksFor(ticket).flatMap((one) => wrapped(plain(one), width))) progress.say(ASKED_INDENT + line);
}

function yesTo({ yes, example }: Play, phase: Phase, ticket: Ticket) {
  const may = (what: Example["people"][number]) => yes === "always" || example.people.includes(what);
  if (phase === "plan-approval" && may("approve-plan"))
    return { where: "issue", about: `plan ${ticket.plan?.planHash}` } as const;
  if (phase === "ready" && may("approve-merge"))
    return { where: "pull", about: `head ${ticket.change?.headSha}` } as const;
  return null;
}

function isPersonsTurn(phase: Phase): boolean {
  return PHASES[phase].turn === "person";
}

async function listen(the: Play, ticket: Ticket, issue: number, phase: Phase): Promise<Next> {
  const where = ticket.pull && phase !== "question" ? ticket.pull.number : issue;
  const words = await the.ask(`Your comment on #${where}, as ${MAINTAINER} (nothing ends the demo): `);
  if (!words) return "waiting";
  comment(the, where, words);
  return "wait";
}

function comment({ site, progress }: Play, number: number, body: string): void {
  progress.happened(MAINTAINER, `says on #${number}: ${body}`);
  site.repo.comment(MAINTAINER, number, body);
}

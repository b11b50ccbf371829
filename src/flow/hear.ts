// Held by test/scenarios/hearing.test.ts
import { named } from "../core/ledger/same-person.ts";
import { almostCommand } from "../core/rules/almost-command.ts";
import { awayAndBack } from "../core/rules/diverge.ts";
import { START_LABELS } from "../core/rules/facts.ts";
import { fold } from "../core/ticket/fold.ts";
import type { Heard, Permission, Response } from "../core/rules/heard.ts";
import { respond } from "../core/rules/respond.ts";
import { textHash } from "../core/ticket/text-hash.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import { eachCommand, type Utterance } from "../core/rules/each-command.ts";
import { type InlineComment, PROOF_RERUN, readTrigger, type Trigger } from "../core/rules/trigger.ts";
import { type Forge, ForgeAway } from "../forge/forge.ts";
import { clean } from "../hygiene/hidden-text.ts";
import { informing, refusing, unheard, UNKNOWN_FORM } from "../messages/replies.ts";
import { keepText } from "../steps/ticket-text.ts";
import type { Waiting } from "../store/inbox-store.ts";
import { answer } from "./answer.ts";
import { append, type Book, readBook } from "./book.ts";
import { askGuard } from "./ask-guard.ts";
import { lookAtSkipped } from "./epic.ts";
import { answerExtra } from "./project.ts";
import { outcomeSign, showSign } from "./sign.ts";
import { factsOf, lookAsTold, lookIfReopened, see, type View } from "./view.ts";
import { isOwn, type World } from "./world.ts";

/** So often hearing one thing may fail before it is set aside: a database or server in trouble is back by then. */
export const HEARING_TRIES_MAX = 3;

/**
 * Deals with one thing that somebody said or did. What fails again and again is set aside and named, and the next thing is
 * heard: nothing that anybody says may hold up a ticket for ever.
 */
export async function hear(
  world: World,
  forge: Forge,
  book: Book,
  item: Waiting,
  view: View,
): Promise<"go-on" | "stale" | "check-thread"> {
  try {
    return await hearOnce(world, forge, book, item, view);
  } catch (error) {
    if (error instanceof ForgeAway && !lasts(error, book)) throw error;
    const tries = await world.inbox.failed(book.key, item.source);
    if (tries < HEARING_TRIES_MAX) throw error;
    const why = error instanceof Error ? error.message : String(error);
    world.log.error(
      { ticket: book.key, source: item.source, error: String(error) },
      "could not be heard and is set aside",
    );
    return setAside(world, book, item, why);
  }
}

/** The ticket was halted for it, and people could not get on: what they say next waits behind this. */
function lasts({ nature }: ForgeAway, { ticket }: Book): boolean {
  return nature === "refused" && ticket?.halt?.reason === "github-refused";
}

async function setAside(world: World, book: Book, item: Waiting, why: string): Promise<"go-on" | "stale"> {
  const trigger = readTrigger(item.payload);
  const said = trigger && trigger.kind !== "changed" ? trigger : null;
  if (book.ticket && said && !book.ticket.sources.has(item.source)) {
    const { by, source } = said;
    const reply = unheard(HEARING_TRIES_MAX);
    const data = { by: by.login || "somebody", source, verb: "?", args: "", outcome: "refused" as const, reply };
    if ((await append(world, book, [{ kind: "commanded", data }])) === "stale") return "stale";
  }
  await world.inbox.setAside(book.key, item.source, why);
  return "go-on";
}

/** It counts as handled once its entries or its reply stand. */
async function hearOnce(
  world: World,
  forge: Forge,
  book: Book,
  item: Waiting,
  view: View,
): Promise<"go-on" | "stale" | "check-thread"> {
  const heardNow = readTrigger(item.payload);
  if (!heardNow) {
    world.log.error({ ticket: book.key, source: item.source }, "a stored trigger is malformed and is set aside");
    await world.inbox.setAside(book.key, item.source, UNKNOWN_FORM);
    return "go-on";
  }
  // What was written since may be about something that the issue in an old webhook does not show yet, such as its label.
  if ("issue" in heardNow && item.ledgerLength >= book.entries.length) see(view, book.ref.number, heardNow.issue);
  let outcome: "go-on" | "stale" | "check-thread" = "go-on";
  const inline = await inlineOf(forge, book.ticket, heardNow);
  for (const [index, said] of eachCommand(heardNow, inline).entries()) {
    const { trigger } = said;
    // Each command is heard by the ticket as the one before it left it.
    const now = index === 0 ? book : await readBook(world, book.key);
    const seen = await couldSee(world, now, item, trigger);
    const heard = { ...(await listen(world, forge, now.ticket, said)), seen };
    const facts = { ...factsOf(world, view), ...(await lookAtSkipped(world, now.ticket, heard)) };
    const response = respond(now.ticket, heard, facts);
    const sign = outcomeSign(response);
    if (sign !== null && sign !== "eyes" && index === 0) await showSign(world, forge, said, "eyes");
    outcome = await act(world, forge, now, heard, response, view);
    if (outcome === "stale") return "stale";
    if (sign !== null) await showSign(world, forge, said, sign);
  }
  await world.inbox.handled(book.key, item.source);
  return outcome;
}

/**
 * What people could have read when they spoke: no entry that came after their words did. Words that come in late (sent
 * again by GitHub, found by the sweep) were spoken earlier still: a forge numbers comments in their order, so whatever was
 * published in a later comment was not there yet.
 */
async function couldSee(world: World, book: Book, item: Waiting, trigger: Trigger): Promise<Ticket | null> {
  const length = lengthThen(book, item);
  if (trigger.kind !== "commented") return fold(book.entries.slice(0, length));
  const published = (await world.publications.list(book.key)).filter(
    (one) => one.state === "posted" && one.place !== "review" && one.remoteId > trigger.commentId,
  );
  const later = Math.min(...published.map((one) => one.firstSeq - 1));
  return fold(book.entries.slice(0, Math.min(length, later)));
}

/**
 * A database that was lost, or put back from a backup, counted too few entries when the words came in, while the thread showed them
 * all: what was rebuilt from there could be read. The comments' numbers still say which of it came later.
 */
function lengthThen({ entries }: Book, { ledgerLength }: Waiting): number {
  const rebuilt = entries.findLastIndex((entry) => entry.kind === "ledger_rebuilt");
  return Math.max(ledgerLength, rebuilt);
}

async function inlineOf(forge: Forge, ticket: Ticket | null, trigger: Trigger): Promise<readonly InlineComment[]> {
  const isHeard = trigger.kind === "reviewed" && ticket && !ticket.end && !ticket.sources.has(trigger.source);
  return isHeard ? forge.inlineComments(trigger.pullNumber, trigger.reviewId) : [];
}

/** Collects the facts that the answer to a trigger depends on. GitHub is only asked where the answer needs it. */
async function listen(world: World, forge: Forge, ticket: Ticket | null, said: Utterance): Promise<Heard> {
  const { trigger } = said;
  const permission = permissionMatters(ticket, said) ? await permissionOf(world, forge, trigger.by) : "unknown";
  const issue = "issue" in trigger ? trigger.issue : null;
  const pull =
    !ticket && issue?.isPullRequest && trigger.kind === "commented" ? await pullToReview(forge, issue.number) : null;
  return {
    ...said,
    permission,
    pull,
    textHash: issue ? textHash(issue.title, issue.body) : null,
    removed: issue ? [...clean(issue.body).removed] : [],
  };
}

/** Every error is a no, and is said to be one. */
async function permissionOf(world: World, forge: Forge, { login, id }: Trigger["by"]): Promise<Permission> {
  try {
    return await forge.permission(login, id);
  } catch (error) {
    world.log.warn({ login, error: String(error) }, "permission could not be asked");
    return "unknown";
  }
}

function permissionMatters(ticket: Ticket | null, { trigger, parsed }: Utterance): boolean {
  if (trigger.by.type !== "User" || ticket?.sources.has(trigger.source)) return false;
  switch (trigger.kind) {
    case "labelled":
      return START_LABELS.includes(trigger.label);
    case "commented":
      if (parsed.outcome !== "none" || ticket?.questions.state === "open") return true;
      return ticket !== null && almostCommand(trigger.body) !== null;
    case "reviewed":
      return ticket !== null;
    case "changed":
      return trigger.what === PROOF_RERUN && ticket !== null;
    case "unlabelled":
    case "part-due":
      return false;
  }
}

async function pullToReview(forge: Forge, number: number): Promise<Heard["pull"]> {
  const pull = await forge.pull(number);
  if (pull === "gone") return null;
  // The base branch may have moved on since: what it gained is not part of this change.
  const baseSha = await forge.mergeBase(pull.baseSha, pull.headSha);
  if (baseSha === "gone") return null;
  return { number, headSha: pull.headSha, branch: pull.headBranch, baseSha, baseBranch: pull.baseBranch };
}

async function act(
  world: World,
  forge: Forge,
  book: Book,
  heard: Heard,
  response: Response,
  view: View,
): Promise<"go-on" | "stale" | "check-thread"> {
  const { trigger } = heard;
  switch (response.do) {
    case "ignore":
      world.log.info({ ticket: book.key, source: trigger.source, why: response.why }, "nothing to do");
      return "go-on";
    case "record":
      // Whoever wrote the words may edit them before the first step reads them.
      if ("issue" in trigger && response.entries.some((one) => one.kind === "opened"))
        await keepText(world.artifacts, trigger.issue.title, trigger.issue.body);
      if ((await append(world, book, response.entries)) === "stale") return "stale";
      if (response.entries.some(({ kind }) => kind === "resumed")) await lookIfReopened(forge, book.ticket, view);
      return "go-on";
    case "look": {
      const told = trigger.kind === "changed" ? trigger.what : "";
      if (isPush(told) && trigger.by.type === "User") view.pusher = named(trigger.by);
      if (told === "pull edited" && trigger.by.type === "User") view.editor = trigger.by.login;
      if (response.at === "thread") return "check-thread";
      if (response.at === "checks") view.checksStirred = "yes";
      if (book.ticket?.end || (await isOwn(world, trigger.by))) return "go-on";
      if (book.ticket && (response.at === "issue" || response.at === "pull"))
        await lookAsTold(forge, book.ticket, view, { what: response.at, told });
      const back = book.ticket ? awayAndBack(book.ticket, trigger, view.pull) : [];
      if (back.length > 0 && (await append(world, book, back)) === "stale") return "stale";
      return "go-on";
    }
    case "inform": {
      const extra = await answerExtra(world, forge, book.key, view.policy);
      const reply = informing(response.about, book.ticket, book.entries, extra);
      return answer(world, forge, book, heard, { verb: response.about, args: "", outcome: "informed", reply });
    }
    case "guard":
      await askGuard(world, { ...book.ref, number: response.pullNumber }, trigger);
      return "go-on";
    case "refuse":
      return answer(world, forge, book, heard, {
        verb: response.verb,
        args: response.args,
        outcome: "refused",
        reply: refusing(response, book.ticket),
      });
  }
}

/** Both are sent for one push, in either order, and each of them names who pushed. */
function isPush(what: string): boolean {
  return what === "pull synchronize" || what.startsWith("push to coop/");
}

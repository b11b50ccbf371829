import { planInQuestion, testsInQuestion } from "./asked.ts";
import type { Command } from "./command.ts";
import { caseless, closest } from "./did-you-mean.ts";
import type { RuleDraft } from "./draft.ts";
import type { Facts } from "./facts.ts";
import { halted } from "./halt.ts";
import { barredFrom } from "./rotate.ts";
import { isReady, phaseOf, type Ticket } from "../ticket/ticket.ts";
import { acceptItems, dismissFinding, isOfUnknownHand, sawOtherBase, wroteIt } from "./let-pass.ts";
import { epicApproval, epicsHere } from "./epic-next.ts";
import { skipPart } from "./skip-part.ts";
import { withRemarks } from "./remarks.ts";
import { accepted, type Obeyed, refused, type Said } from "./obeyed.ts";
import { why } from "./why.ts";
import { idOf, isSamePerson } from "../ledger/same-person.ts";
import { LINE_CHARS_MAX, SHORT_NAME_CHARS_MAX } from "../ledger/limits.ts";
import { dayOf } from "../ledger/ids.ts";

export function obey(ticket: Ticket, command: Command, said: Said, facts: Facts): Obeyed {
  if (ticket.end) return refused("ended", { as: ticket.end.as });
  switch (command.verb) {
    case "approve":
      return approve(ticket, said, facts);
    case "split":
      return split(ticket, said);
    case "skip":
      return skipPart(ticket, said, command.part, facts);
    case "rework":
      return rework(ticket, said, command.text, facts);
    case "answer":
      return answer(ticket, said, command.text);
    case "park":
      return ticket.halt?.as === "parked"
        ? refused("parked-already")
        : accepted([halted("person", said.by, why("parked-by-person", { by: said.by }))]);
    case "resume":
    case "retry":
    case "review":
      return again(ticket, said, command.verb === "retry" ? "retry" : "resume", facts);
    case "stop":
      return accepted([{ kind: "stopped", data: { by: said.by, because: why("person-ended-it") } }]);
    case "assign":
      return assign(ticket, said, command.role, command.model, facts);
    case "budget":
      return budget(ticket, said, command.addMicroUsd);
    case "accept":
      return acceptItems(ticket, said, [command.item, ...(command.more ?? [])], command.why, facts);
    case "dismiss":
      return dismissFinding(ticket, said, command.finding, command.why, facts);
    case "proof":
      return refused("ticket-proves-itself");
    case "status":
    case "explain":
    case "help":
      return refused("answered-without-ticket");
  }
}

/** One word, several meanings, told apart by what is being asked for right now. */
function approve(ticket: Ticket, said: Said, facts: Facts): Obeyed {
  const { by, source } = said;
  if (sawOtherBase(ticket, said)) return refused("base-changed-since", { base: ticket.pull?.baseBranch ?? "" });
  // A yes that was on its way while a step ran would otherwise count for a plan or commit that nobody has read.
  if (said.seen !== undefined && askedFor(said.seen) !== askedFor(ticket) && askedFor(ticket) !== null)
    return refused("spoken-too-early");
  if (ticket.halt?.reason === "text-changed") {
    return accepted([
      {
        kind: "text_accepted",
        data: { by, source, textHash: ticket.textSeen, taken: "old", title: ticket.text.title },
      },
    ]);
  }
  if (ticket.halt?.reason === "protected-paths" && ticket.change) {
    const data = { by, source, headSha: ticket.change.headSha, paths: ticket.halt.details };
    return accepted([
      { kind: "protected_accepted", data },
      { kind: "resumed", data: { by, source, how: "resume" } },
    ]);
  }
  if (ticket.halt)
    return refused("approve-while-halted", {
      as: ticket.halt.as,
      reason: ticket.halt.reason,
      next: ticket.halt.next[0] ?? "",
    });
  if (ticket.plan && !ticket.plan.approvedBy) {
    const { planHash, textHash } = ticket.plan;
    const data = { by, source, planHash, textHash, because: why("person-said-yes") };
    return accepted([epicsHere(ticket) === "on" ? epicApproval(ticket, data) : { kind: "plan_approved", data }]);
  }
  const { open } = ticket.testRequests;
  if (phaseOf(ticket) === "test-approval" && ticket.change) {
    const data = { by, source, headSha: ticket.change.headSha, testChanges: [...open] };
    return accepted([{ kind: "tests_excused", data }]);
  }
  if (!isReady(ticket) || !ticket.change) return refused("nothing-to-approve", { phase: phaseOf(ticket) });
  return approveMerge(ticket, said, ticket.change.headSha, facts);
}

/** A yes to the plan as one ticket a part. */
function split(ticket: Ticket, said: Said): Obeyed {
  const { by, source } = said;
  const { parent } = ticket.opened;
  if (parent) return refused("part-of-epic", { issue: parent.issue });
  if (ticket.epic) return refused("epic-is-split");
  if (!ticket.plan || ticket.plan.approvedBy || ticket.halt)
    return refused("nothing-to-split", { phase: phaseOf(ticket) });
  if (said.seen !== undefined && askedFor(said.seen) !== askedFor(ticket)) return refused("spoken-too-early");
  if (ticket.plan.plan.chunks.length < 2) return refused("one-part-only");
  if (epicsHere(ticket) === "off") return refused("epics-off");
  const { planHash, textHash } = ticket.plan;
  return accepted([epicApproval(ticket, { by, source, planHash, textHash, because: why("person-said-yes") })]);
}

/** Two people where nobody knows who pushed: one of them at least did not. */
function approveMerge(ticket: Ticket, said: Said, headSha: string, facts: Facts): Obeyed {
  const { by, source } = said;
  const given = ticket.mergeApproval?.headSha === headSha ? ticket.mergeApproval : null;
  if (given && given.second !== "needed") return refused("merge-under-way");
  if (given && isSamePerson(given, said)) return refused("merge-needs-another");
  if (wroteIt(ticket, said, facts)) return refused("pushed-last");
  const asksTwo = (facts.policy?.approvals.otherThanPusher ?? true) && isOfUnknownHand(ticket) && !given;
  return accepted([
    {
      kind: "merge_approved",
      data: { by, ...idOf(said), source, headSha, ...(asksTwo ? { second: "needed" as const } : {}) },
    },
  ]);
}

/** What a yes would be about right now, or null when nothing is asked for. */
function askedFor(ticket: Ticket | null): string | null {
  if (!ticket) return null;
  if (ticket.halt?.reason === "text-changed") return `text ${ticket.textSeen}`;
  if (ticket.halt?.reason === "protected-paths")
    return ["protected", ticket.change?.headSha, ...ticket.halt.details].join(" ");
  if (ticket.halt) return null;
  if (ticket.plan && !ticket.plan.approvedBy) return `plan ${planInQuestion(ticket)}`;
  if (phaseOf(ticket) === "test-approval") return `tests ${testsInQuestion(ticket)}`;
  const remarks = ticket.remarks.map((one) => one.source).join(" ");
  return isReady(ticket) ? `merge ${ticket.change?.headSha} ${remarks}` : null;
}

function rework(ticket: Ticket, said: Said, text: string, facts: Facts): Obeyed {
  if (ticket.opened.pull) return refused("not-our-branch");
  // Its parts are tickets of their own by now: each is reworked in its own thread.
  if (ticket.epic) return refused("epic-is-split");
  const { by, source } = said;
  const wished = withRemarks(ticket, said, text);
  if (!wished.text) return refused("text-missing", { verb: "rework" });
  const entries: RuleDraft[] = [];
  if (ticket.halt?.reason === "text-changed" || ticket.halt?.reason === "ticket-unclear") {
    const title =
      facts.issue && facts.issue !== "gone" ? facts.issue.title.slice(0, LINE_CHARS_MAX) : ticket.text.title;
    entries.push({ kind: "text_accepted", data: { by, source, textHash: ticket.textSeen, taken: "new", title } });
  }
  entries.push({
    kind: "rework_requested",
    data: { by, source, instructions: wished.text, round: ticket.change?.round ?? null, comments: wished.comments },
  });
  return accepted(entries);
}

function answer(ticket: Ticket, said: Said, text: string): Obeyed {
  if (ticket.questions.state !== "open") return refused("no-question-open");
  return accepted([{ kind: "question_answered", data: { by: said.by, source: said.source, text } }]);
}

function again(ticket: Ticket, said: Said, how: "resume" | "retry", facts: Facts): Obeyed {
  const waits = ticket.overlaps.find((one) => one.state === "waiting");
  if (!ticket.halt && waits) {
    const data = { with: waits.with, how: "person" as const, by: said.by, source: said.source, baseSha: null };
    return accepted([{ kind: "overlap_ended", data }]);
  }
  if (!ticket.halt) return refused("not-halted", { phase: phaseOf(ticket) });
  // On another day the day's limits are new ones; whether that helps is checked before the next call.
  const today = dayOf(facts.now.toISOString());
  if (ticket.halt.reason === "budget" && dayOf(ticket.halt.at) === today)
    return refused("budget-first", { next: ticket.halt.next[0] ?? "" });
  if (ticket.halt.reason === "rounds" || ticket.halt.reason === "same-blocker") return refused("rounds-first");
  if (ticket.halt.reason === "text-changed")
    return ticket.opened.pull ? newPullText(ticket, said, how, facts) : refused("text-first");
  return accepted([{ kind: "resumed", data: { by: said.by, source: said.source, how } }]);
}

/**
 * Nobody asks which text of a person's pull request counts: what its author writes there, stands. Only when it was edited
 * before it could be read is there a halt, and the text as it is now ends it.
 */
function newPullText(ticket: Ticket, { by, source }: Said, how: "resume" | "retry", facts: Facts): Obeyed {
  const { issue } = facts;
  const textHash = issue && issue !== "gone" ? issue.textHash : ticket.textSeen;
  const title = issue && issue !== "gone" ? issue.title.slice(0, LINE_CHARS_MAX) : ticket.text.title;
  return accepted([
    { kind: "text_accepted", data: { by, source, textHash, taken: "new", title } },
    { kind: "resumed", data: { by, source, how } },
  ]);
}

function assign(
  ticket: Ticket,
  said: Said,
  role: keyof NonNullable<Ticket["assignment"]>,
  name: string,
  facts: Facts,
): Obeyed {
  const { assignment } = ticket;
  if (!assignment) return refused("roles-not-given");
  const pool = facts.pool.map((one) => one.name);
  const model = facts.pool.find((one) => one.name === (caseless(name, pool) ?? name));
  if (!model)
    return refused("model-unknown", {
      model: name.slice(0, SHORT_NAME_CHARS_MAX),
      meant: closest(name, pool),
      pool,
    });
  const barred = barredFrom(assignment, ticket.change?.authors ?? [], role);
  const may = facts.pool
    .filter((one) => (one.roles?.includes(role) ?? true) && !barred.includes(one.name))
    .map((one) => one.name);
  if (model.roles && !model.roles.includes(role))
    return refused("model-not-for-role", { model: model.name, role, may });
  if (barred.includes(model.name)) return refused("model-wrote-it", { model: model.name, role, may });
  const data = { role, model: model.name, vendor: model.vendor, by: said.by, because: why("person-chose-model") };
  return accepted([
    { kind: "assignment_changed", data },
    {
      kind: "commanded",
      data: {
        by: said.by,
        source: said.source,
        verb: "assign",
        args: `${role}=${model.name}`,
        outcome: "accepted",
        because: why("model-seated", { model: model.name, role }),
      },
    },
  ]);
}

function budget(ticket: Ticket, said: Said, addMicroUsd: number): Obeyed {
  const { by, source } = said;
  const resumed: RuleDraft[] =
    ticket.halt?.reason === "budget" ? [{ kind: "resumed", data: { by, source, how: "resume" } }] : [];
  return accepted([{ kind: "budget_raised", data: { by, source, addMicroUsd } }, ...resumed]);
}

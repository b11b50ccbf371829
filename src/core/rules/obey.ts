import type { Command } from "./command.ts";
import type { Facts } from "./facts.ts";
import { halted } from "./halt.ts";
import type { EntryDraft } from "../ledger/entries.ts";
import { barredFrom } from "./rotate.ts";
import { isReady, phaseOf, type Ticket } from "../ticket/ticket.ts";
import type { InlineComment } from "./trigger.ts";

/** What a permitted command does to a ticket, or the one reason why it cannot. */
export type Obeyed =
  | { readonly outcome: "accepted"; readonly entries: EntryDraft[] }
  | { readonly outcome: "refused"; readonly why: string };

export type Said = {
  readonly by: string;
  readonly source: string;
  readonly inline: readonly InlineComment[];
  /** The ticket as it stood when it was said; without it, as it stands now. */
  readonly seen?: Ticket | null;
};

export function obey(ticket: Ticket, command: Command, said: Said, facts: Facts): Obeyed {
  if (ticket.end) return refused(`This ticket is ${ticket.end.as}; nothing more happens on it.`);
  switch (command.verb) {
    case "approve":
      return approve(ticket, said, facts);
    case "rework":
      return rework(ticket, said, command.text, facts);
    case "answer":
      return answer(ticket, said, command.text);
    case "park":
      return ticket.halt?.as === "parked"
        ? refused("It is parked already.")
        : accepted([halted("person", said.by, `Parked by ${said.by}.`)]);
    case "resume":
    case "retry":
    case "review":
      return again(ticket, said, command.verb === "retry" ? "retry" : "resume", facts);
    case "stop":
      return accepted([{ kind: "stopped", data: { by: said.by, why: "A person ended it." } }]);
    case "assign":
      return assign(ticket, said, command.role, command.model, facts);
    case "budget":
      return budget(ticket, said, command.addMicroUsd);
    case "status":
    case "explain":
    case "help":
      return refused("This is answered without touching the ticket.");
  }
}

/** One word, three meanings, told apart by what is being asked for right now. */
function approve(ticket: Ticket, said: Said, facts: Facts): Obeyed {
  const { by, source } = said;
  // A yes that was on its way while a step ran would otherwise count for a plan or commit that nobody has read.
  if (said.seen !== undefined && askedFor(said.seen) !== askedFor(ticket) && askedFor(ticket) !== null)
    return refused("What is to be approved came after your comment. Look at it, then say it again.");
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
    return refused(`The ticket is ${ticket.halt.as}: ${ticket.halt.sentence} ${capital(ticket.halt.next[0])}.`);
  if (ticket.plan && !ticket.plan.approvedBy) {
    const { planHash, textHash } = ticket.plan;
    return accepted([
      { kind: "plan_approved", data: { by, source, planHash, textHash, why: "A person said yes to this plan." } },
    ]);
  }
  if (!isReady(ticket) || !ticket.change)
    return refused(
      `There is nothing to approve yet: the ticket is at "${phaseOf(ticket)}". \`/coop status\` says what is missing.`,
    );
  if (ticket.mergeApproval?.headSha === ticket.change.headSha)
    return refused("This commit is approved already; the merge is under way.");
  const pushedLast = ticket.change.heads.at(-1) === ticket.change.headSha && ticket.change.authors.at(-1) === `@${by}`;
  if (facts.policy?.approvals.otherThanPusher && pushedLast)
    return refused("You pushed last to this branch, so somebody else has to approve it.");
  return accepted([{ kind: "merge_approved", data: { by, source, headSha: ticket.change.headSha } }]);
}

/** What a yes would be about right now, or null when nothing is asked for. */
function askedFor(ticket: Ticket | null): string | null {
  if (!ticket) return null;
  if (ticket.halt?.reason === "text-changed") return `text ${ticket.textSeen}`;
  if (ticket.halt?.reason === "protected-paths")
    return ["protected", ticket.change?.headSha, ...ticket.halt.details].join(" ");
  if (ticket.halt) return null;
  if (ticket.plan && !ticket.plan.approvedBy) return `plan ${ticket.plan.planHash} ${ticket.plan.textHash}`;
  return isReady(ticket) ? `merge ${ticket.change?.headSha}` : null;
}

function rework(ticket: Ticket, said: Said, text: string, facts: Facts): Obeyed {
  if (ticket.opened.pull)
    return refused("This pull request was written by a person: push the change to its branch, then `/coop resume`.");
  const { by, source } = said;
  const comments = said.inline
    .slice(0, 50)
    .map((one) => ({ ...one, path: one.path.slice(0, 400), text: one.text.slice(0, 2000) }));
  const entries: EntryDraft[] = [];
  if (ticket.halt?.reason === "text-changed" || ticket.halt?.reason === "ticket-unclear") {
    const title = facts.issue && facts.issue !== "gone" ? facts.issue.title.slice(0, 300) : ticket.text.title;
    entries.push({ kind: "text_accepted", data: { by, source, textHash: ticket.textSeen, taken: "new", title } });
  }
  entries.push({
    kind: "rework_requested",
    data: { by, source, instructions: text, round: ticket.change?.round ?? null, comments },
  });
  return accepted(entries);
}

function answer(ticket: Ticket, said: Said, text: string): Obeyed {
  if (ticket.questions.state !== "open") return refused("No question is open on this ticket.");
  return accepted([{ kind: "question_answered", data: { by: said.by, source: said.source, text } }]);
}

function again(ticket: Ticket, said: Said, how: "resume" | "retry", facts: Facts): Obeyed {
  if (!ticket.halt) return refused(`The ticket is neither parked nor blocked: it is at "${phaseOf(ticket)}".`);
  // On another day the day's limits are new ones; whether that helps is checked before the next call.
  const today = facts.now.toISOString().slice(0, 10);
  if (ticket.halt.reason === "budget" && ticket.halt.at.slice(0, 10) === today)
    return refused("The budget is used up; raise it first: `/coop budget +5`.");
  if (ticket.halt.reason === "rounds" || ticket.halt.reason === "same-blocker")
    return refused("The fix rounds are used up; `/coop rework <what to do differently>` grants one more.");
  if (ticket.halt.reason === "text-changed")
    return refused(
      "Say which text counts: `/coop approve` for the one that was read, `/coop rework <what>` for the new.",
    );
  return accepted([{ kind: "resumed", data: { by: said.by, source: said.source, how } }]);
}

function assign(
  ticket: Ticket,
  said: Said,
  role: keyof NonNullable<Ticket["assignment"]>,
  name: string,
  facts: Facts,
): Obeyed {
  const { assignment } = ticket;
  if (!assignment) return refused("The roles are not given yet; say it again in a moment.");
  const model = facts.pool.find((one) => one.name === name);
  if (!model)
    return refused(
      `The pool has no model "${name.slice(0, 60)}". It has: ${facts.pool.map((one) => one.name).join(", ")}.`,
    );
  if (model.roles && !model.roles.includes(role))
    return refused(`The server's configuration does not let ${name} play the ${role}.`);
  if (barredFrom(assignment, ticket.change?.authors ?? [], role).includes(name))
    return refused(`${name} cannot be the ${role}: nobody reviews what they wrote.`);
  const data = { role, model: name, vendor: model.vendor, by: said.by, why: "A person chose it." };
  return accepted([
    { kind: "assignment_changed", data },
    {
      kind: "commanded",
      data: {
        by: said.by,
        source: said.source,
        verb: "assign",
        args: `${role}=${name}`,
        outcome: "accepted",
        reply: `${name} plays the ${role} from now on.`,
      },
    },
  ]);
}

function budget(ticket: Ticket, said: Said, addMicroUsd: number): Obeyed {
  const { by, source } = said;
  const resumed: EntryDraft[] =
    ticket.halt?.reason === "budget" ? [{ kind: "resumed", data: { by, source, how: "resume" } }] : [];
  return accepted([{ kind: "budget_raised", data: { by, source, addMicroUsd } }, ...resumed]);
}

function capital(text: string | undefined): string {
  return text ? text.charAt(0).toUpperCase() + text.slice(1) : "`/coop status` says more";
}

function accepted(entries: EntryDraft[]): Obeyed {
  return { outcome: "accepted", entries };
}

function refused(why: string): Obeyed {
  return { outcome: "refused", why };
}

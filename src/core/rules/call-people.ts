import type { Entry } from "../ledger/chain.ts";
import { fold } from "../ticket/fold.ts";
import { phaseOf, type Ticket } from "../ticket/ticket.ts";
import { planInQuestion, testsInQuestion } from "./asked.ts";

/** A decision that waits for a person. Two waits for the same thing have the same `about`. */
export type Waiting = { readonly for: "answer" | "plan" | "tests" | "merge" | "way-out"; readonly about: string };

/** What a ticket waits for; null where nobody has to decide, or whoever has to decide did this. */
function waitingFor(ticket: Ticket): Waiting | null {
  const { questions, plan, change, halt } = ticket;
  switch (phaseOf(ticket)) {
    case "question":
      return { for: "answer", about: questions.asked.join("\n") };
    case "plan-approval":
      return { for: "plan", about: planInQuestion(ticket) };
    case "test-approval":
      return { for: "tests", about: testsInQuestion(ticket) };
    case "ready":
      return { for: "merge", about: change?.headSha ?? "" };
    case "blocked":
      return { for: "way-out", about: [halt?.reason, plan?.planHash, change?.headSha].join(" ") };
    default:
      return null;
  }
}

/**
 * Whether people have to be called by a comment that carries these entries: it ends in a wait for something that no entry before
 * it brought up. Nobody is called twice for one thing, whatever happened in between.
 */
export function callIn(chain: readonly Entry[], group: readonly Entry[]): Waiting | null {
  const [first, last] = [group[0], group.at(-1)];
  const ticket = last ? fold(chain.slice(0, last.seq)) : null;
  const waiting = ticket && !ticket.newer && ticket.forge.kind !== "desk" ? waitingFor(ticket) : null;
  if (!first || !waiting) return null;
  return states(chain.slice(0, first.seq - 1)).some((one) => isSame(waitingFor(one), waiting)) ? null : waiting;
}

/** Entries after which a ticket may wait; folding a long chain at each of its entries would take long. */
const MAY_WAIT: ReadonlySet<Entry["kind"]> = new Set([
  ...([
    "question_asked",
    "planned",
    "implemented",
    "pull_request_opened",
    "proof_collected",
    "proof_accepted",
    "halted",
    "resumed",
    "text_accepted",
  ] as const),
]);

function states(chain: readonly Entry[]): Ticket[] {
  return chain.flatMap(({ kind, seq }) => (MAY_WAIT.has(kind) ? (fold(chain.slice(0, seq)) ?? []) : []));
}

function isSame(one: Waiting | null, other: Waiting): boolean {
  return one?.for === other.for && one.about === other.about;
}

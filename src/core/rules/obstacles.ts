import { record, look } from "./decisions.ts";
import type { Decision, Facts } from "./facts.ts";
import type { Help } from "./halt.ts";
import { why } from "./why.ts";
import type { Ticket } from "../ticket/ticket.ts";

/** What holds a ticket up by a person's act on GitHub, and ends by another one: nobody has to say a command then. */

/** Where GitHub goes on refusing what it says is open, a person has to look. */
const UNLOCKS_MAX = 5;

/** What helps where the pull request is a draft: after so many times, a word as well, since nothing goes on by itself then. */
export function waysOutOfDraft({ unlocks }: Pick<Ticket, "unlocks">): readonly Help[] {
  return unlocks >= UNLOCKS_MAX ? ["resume-when-unblocked", "stop"] : ["leave-draft", "stop"];
}

export function obstacleGone(ticket: Ticket, facts: Facts): Decision | null {
  const because = ticket.halt?.because;
  if (ticket.unlocks >= UNLOCKS_MAX) return null;
  switch (because?.code) {
    case "conversation-locked":
      return locked(ticket, facts);
    case "repository-away":
      return outOfReach(ticket, facts);
    case "merge-refused":
      return because.facts["rule"] === "draft" ? inDraft(ticket, facts) : null;
    default:
      return null;
  }
}

/** Whoever installs the App again says nothing to the ticket, and the sweep passes by. */
function outOfReach({ length }: Ticket, { issue }: Facts): Decision {
  if (issue === null) return look(["issue"], why("maybe-back"));
  const data = { by: "policy", source: `reached:${length}`, how: "resume" as const };
  return record(why("repository-back"), [{ kind: "resumed", data }]);
}

/** GitHub tells of an unlocked conversation as of much else, so whoever passes by looks. */
function locked({ pull, length }: Ticket, facts: Facts): Decision | null {
  const unseen = (["issue", ...(pull ? (["pull"] as const) : [])] as const).filter((one) => facts[one] === null);
  if (unseen.length > 0) return look(unseen, why("maybe-unlocked"));
  const isOpen = (one: Facts["issue"] | Facts["pull"]) => one !== null && one !== "gone" && one.locked === false;
  if (!isOpen(facts.issue) || (pull && !isOpen(facts.pull))) return null;
  const data = { by: "policy", source: `unlocked:${length}`, how: "resume" as const };
  return record(why("conversation-open-again"), [{ kind: "resumed", data }]);
}

/** A person made a draft of it: not yet. The yes of before went with the halt, so that nothing merges by leaving draft alone. */
function inDraft({ length }: Ticket, { pull }: Facts): Decision | null {
  if (pull === null) return look(["pull"], why("maybe-out-of-draft"));
  if (pull === "gone" || pull.draft !== false) return null;
  const data = { by: "policy", source: `readied:${length}`, how: "resume" as const };
  return record(why("out-of-draft"), [{ kind: "resumed", data }]);
}

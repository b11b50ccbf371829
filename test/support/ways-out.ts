import { parseCommand } from "../../src/core/rules/command.ts";
import type { RuleDraft } from "../../src/core/rules/draft.ts";
import { utter } from "../../src/core/rules/each-command.ts";
import type { Facts } from "../../src/core/rules/facts.ts";
import { type Help, HELPS } from "../../src/core/rules/halt.ts";
import { obey } from "../../src/core/rules/obey.ts";
import { respond } from "../../src/core/rules/respond.ts";
import type { Ticket } from "../../src/core/ticket/ticket.ts";
import { factsAs, issueAs, POOL, pullAs, sha } from "./ledgers.ts";
import { headOf, type Seen, walk, type Walk } from "./walks.ts";

/** The ways out of a halt, taken as people would. */
type Stands = Pick<Walk, "entries" | "ticket">;

/** The head after a person's push. */
const PUSHED = sha(77);

export const WIDE = [...POOL, { name: "gemma", vendor: "google", roles: null }];

/** GitHub and the issue as they are once a person did what the way out asks for outside. */
export const mended: Seen = (ticket) => ({
  issue: issueAs({ textHash: ticket.textSeen }),
  pull: pullAs({ headSha: headOf(ticket) }),
  pusher: null,
});

/** Carries a way out through, as people would: the errand outside is done, then the command is said. */
export function takeWayOut(from: Stands, help: Help, facts: Partial<Facts> = {}): Walk {
  const world = factsAs({
    ...facts,
    pool: WIDE,
    issue: issueAs({ title: "Export as TSV", textHash: from.ticket.textSeen }),
  });
  const { says } = HELPS[help];
  // Only what this way out asks for is done.
  const locked = help !== "unlock";
  const open: Seen = (ticket) => ({
    issue: issueAs({ textHash: ticket.textSeen, locked }),
    pull: pullAs({ headSha: headOf(ticket), locked, draft: help !== "leave-draft" }),
    pusher: null,
  });
  if (says === null) {
    const acts = help === "put-label-back" ? labelledAgain(from.ticket, world) : [];
    return walk(acts, { seen: open, facts: { pool: WIDE } }, from.entries);
  }
  const said = says
    .replace("ROLE", "architect")
    .replace("MODEL", "gemma")
    .replace("ITEM", namedBy(from.ticket, "items"))
    .replace("FINDING", namedBy(from.ticket, "findings"));
  const parsed = parseCommand(said);
  if (parsed.outcome !== "command") throw new Error(`${said} is no command`);
  const source = `comment:${from.entries.length}`;
  const obeyed = obey(from.ticket, parsed.command, { by: "maria", source, inline: [] }, world);
  if (obeyed.outcome === "refused") throw new Error(`${help} is offered and refused: ${obeyed.why.code}`);
  // A push tells of itself before anything is decided.
  const pushed = help === "resume-when-pushed" ? { pull: pullAs({ headSha: PUSHED }) } : {};
  return walk(obeyed.entries, { seen: mended, facts: { pool: WIDE, ...pushed } }, from.entries);
}

/** What the halt offers to let pass. */
function namedBy({ halt }: Ticket, list: "items" | "findings"): string {
  const [first] = (halt?.because?.facts as Partial<Record<string, readonly string[]>> | undefined)?.[list] ?? [];
  return first ?? "nothing";
}

function labelledAgain(ticket: Ticket, facts: Facts): readonly RuleDraft[] {
  const by = { login: "maria", id: 1, type: "User" };
  const common = {
    source: "label:9",
    forge: { kind: "github" as const, installationId: 7, repositoryId: 70 },
    defaultBranch: "main",
    by,
  };
  const trigger = { kind: "labelled" as const, ...common, label: "coop", issue: issueAs() };
  const heard = { ...utter(trigger), permission: "write" as const, textHash: null, removed: [], pull: null };
  const response = respond(ticket, heard, facts);
  if (response.do !== "record") throw new Error(`The label does not help: ${response.do}`);
  return response.entries;
}

/** These prepare another way out and say so; alone they do not end the halt. */
export const PREPARES: Partial<Record<Help, Help>> = { "other-author": "rework-one-more", "other-model": "retry" };
export const nextDay: Partial<Facts> = { now: new Date("2026-03-03T09:00:00.000Z") };

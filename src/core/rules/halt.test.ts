import { describe, expect, it } from "@jest/globals";
import { draft, factsAs, finding, NEW_TEXT, OPENED, sha } from "../../../test/support/ledgers.ts";
import { looked, walk, type Walk } from "../../../test/support/walks.ts";
import { mended, nextDay, PREPARES, takeWayOut, WIDE } from "../../../test/support/ways-out.ts";
import { HELP_LINES } from "../../messages/ways-out.ts";
import type { HaltReason } from "../ledger/entries.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { COMMANDS, parseCommand } from "./command.ts";
import type { RuleDraft } from "./draft.ts";
import { HALTS, halted, type Help, HELPS, helpsFor } from "./halt.ts";
import { obey } from "./obey.ts";
import { type HaltCode, type Why, why } from "./why.ts";

const REASONS = Object.keys(HALTS) as HaltReason[];
const PULL = { number: 8, headSha: sha(2), branch: "fix", baseSha: sha(1) };
const THEIRS = [draft("opened", { pull: PULL }), draft("routed")];
const BECAUSE: Why<HaltCode> = why("proof-missing", { items: [], findings: [] });

/** A ticket that stands still for a reason: by the rules where they halt, else by the step that would. */
function halt(reason: HaltReason, helps?: readonly Help[]): Walk {
  const before = atPlan(reason) ? [...OPENED, draft("routed")] : walk(OPENED, { seen: mended }).entries.map(body);
  const changed =
    reason === "text-changed" || reason === "ticket-unclear" ? [draft("text_changed", { textHash: NEW_TEXT })] : [];
  const details = reason === "protected-paths" ? ["package-lock.json"] : [];
  return walk([...before, ...changed, halted(reason, "policy", BECAUSE, { details, ...(helps ? { helps } : {}) })], {
    seen: mended,
  });
}

const body = ({ kind, data }: { kind: string; data: object }) => ({ kind, data }) as RuleDraft;

/** Reasons that only come up before anything is written. */
function atPlan(reason: HaltReason): boolean {
  return ["policy-invalid", "ticket-unclear", "plan-unsound"].includes(reason);
}

describe.each(REASONS)("halted because of %s", (reason) => {
  it("offers at least one way on, and the end", () => {
    const helps = HALTS[reason].helps;
    expect([helps.length > 1, helps.at(-1)]).toEqual([true, "stop"]);
  });

  it.each(helpsFor(HALTS[reason].helps, null))("is ended by %s", (help) => {
    const from = halt(reason);
    expect(from.end.for).toBe("person");
    const prepared = takeWayOut(from, help, help === "resume-tomorrow" ? nextDay : {});
    const then = PREPARES[help];
    const after = then ? takeWayOut(prepared, then) : prepared;
    expect(after.ticket.halt).toBeNull();
  });

  it.each(helpsFor(HALTS[reason].helps, { opened: { pull: PULL } }))(
    "on a person's pull request, is ended by %s",
    (help) => {
      // A label starts no review, and a person's text is never asked about again once it was read.
      if (reason === "label-removed" || reason === "ticket-unclear") return;
      const details = reason === "protected-paths" ? ["package-lock.json"] : [];
      const from = walk([...THEIRS, halted(reason, "policy", BECAUSE, { details })], { seen: mended });
      const prepared = takeWayOut(from, help);
      const after = PREPARES[help] ? takeWayOut(prepared, "retry") : prepared;
      expect(after.ticket.halt).toBeNull();
    },
  );
});

describe("a way out", () => {
  it("is offered with the command that it says", () => {
    for (const [help, { says }] of Object.entries(HELPS)) {
      const line = HELP_LINES[help as Help]({});
      const verb = says?.split(" ")[1];
      if (verb) expect(line).toContain(`/coop ${verb}`);
      else expect(line).not.toContain("/coop");
    }
  });

  it("raises the budget by enough for the call that was too dear", () => {
    const facts = { model: "opus", costMicroUsd: 9_200_000, leftMicroUsd: 400_000 };
    expect(HELP_LINES["raise-budget"](facts)).toContain("/coop budget +10`");
    expect(HELP_LINES["raise-budget"]({})).toContain("/coop budget +5`");
  });

  it("of a ledger that is too long is only its end", () => {
    const long = walk([...OPENED, draft("routed"), ...Array.from({ length: 401 }, () => draft("commanded"))]);
    expect(long.ticket.halt).toMatchObject({ reason: "rounds", because: { code: "ledger-too-long" } });
    expect(long.ticket.halt?.next).toEqual([HELP_LINES.stop({})]);
  });

  it("of blockers on a person's pull request is a push, or setting them aside", () => {
    const script = { attack: [(ticket: Ticket) => [looked(ticket, "adversary", "silent")]] };
    const found = walk([...THEIRS, draft("reviewed", { findings: [finding(1)], verdict: "changes" })], { script });
    expect(found.ticket.halt?.next).toEqual([
      HELP_LINES["resume-when-pushed"]({}),
      "`/coop dismiss F-00000001 <why>` sets the finding aside for good",
      HELP_LINES.stop({}),
    ]);
  });
});

describe("a command", () => {
  const states: readonly [string, Ticket][] = [
    ["new", walk(OPENED, { script: { route: [() => [draft("routed", { planGate: "person" })]] } }).ticket],
    ["ready", walk(OPENED, { seen: mended }).ticket],
    ["a person's pull request", walk(THEIRS, { seen: mended }).ticket],
    ...REASONS.map((reason): [string, Ticket] => [reason, halt(reason).ticket]),
  ];
  it.each(states)("is offered exactly where it is followed: %s", (_name, ticket) => {
    for (const row of COMMANDS) {
      const parsed = parseCommand(row.verb === "assign" ? "/coop assign architect=gemma" : row.example);
      if (parsed.outcome !== "command" || row.needs === "read") continue;
      const said = { by: "maria", source: "comment:1", inline: [] };
      const facts = factsAs({ pool: WIDE, now: new Date("2026-03-03T09:00:00.000Z") });
      const { outcome } = obey(ticket, parsed.command, said, facts);
      expect([row.verb, row.offered(ticket)]).toEqual([row.verb, outcome === "accepted"]);
    }
  });
});

import { describe, expect, it } from "@jest/globals";
import { draft, finding, POOL } from "../../../test/support/ledgers.ts";
import { finds, stillOpen, fails, proofOf, say, run, count } from "../../../test/support/walk-words.ts";
import { headOf, implemented, looked, settledAs, type Script, type Walk } from "../../../test/support/walks.ts";
import type { PoolModel } from "./rotate.ts";
import type { Ticket } from "../ticket/ticket.ts";

const WIDE: readonly PoolModel[] = [...POOL, { name: "gemma", vendor: "google", roles: null }];
const STRAIGHT =
  "opened routed planned plan_approved implemented pull_request_opened reviewed reviewed proof_collected";

describe("a walk to the merge", () => {
  it("goes straight when nothing is found", () => {
    const ready = run();
    expect(ready.kinds.join(" ")).toBe(STRAIGHT);
    expect(ready.end.for).toBe("approval");
    const merged = say(ready, { verb: "approve" });
    expect(merged.kinds.join(" ")).toBe(`${STRAIGHT} merge_approved merged`);
    expect(merged.end.for).toBe("nothing");
  });

  it("takes a fix round for the Reviewer's blocker, and both look again", () => {
    const ready = run({ review: [finds] });
    expect(ready.end.for).toBe("approval");
    expect([count(ready, "implemented"), count(ready, "reviewed")]).toEqual([2, 3]);
  });

  it("takes a fix round for the Adversary's blocker, and both look again", () => {
    const found = finding(2, { by: "adversary" });
    const ready = run({ attack: [(ticket) => [looked(ticket, "adversary", "resolved", { findings: [found] })]] });
    expect(ready.end.for).toBe("approval");
    expect([count(ready, "implemented"), count(ready, "reviewed")]).toEqual([2, 4]);
  });

  it("finds a bug's cause before its fix is planned", () => {
    const ready = run({ route: [() => [draft("routed", { type: "bug" })]] });
    expect(ready.kinds.join(" ")).toBe(STRAIGHT.replace("routed planned", "routed diagnosed planned"));
  });

  it.each(["docs", "refactor"] as const)("does %s like a feature", (type) => {
    expect(run({ route: [() => [draft("routed", { type })]] }).kinds.join(" ")).toBe(STRAIGHT);
  });

  it("waits for a person's yes to the plan, and plans anew after a rework", () => {
    const gate: Script = { route: [() => [draft("routed", { planGate: "person" })]] };
    const waiting = run(gate);
    expect(waiting.end.for).toBe("plan-approval");
    expect(say(waiting, { verb: "approve" }).end.for).toBe("approval");
    const again = say(waiting, { verb: "rework", text: "Smaller." });
    expect([again.end.for, count(again, "planned")]).toEqual(["plan-approval", 2]);
  });

  it("asks when the text is unclear, and goes on with the answer", () => {
    const asked = run({ route: [() => [draft("routed", { clarity: "unclear" })]] });
    expect(asked.end.for).toBe("answer");
    expect(say(asked, { verb: "answer", text: "A comma." }).end.for).toBe("approval");
    const skipped = run({
      route: [() => [draft("routed", { clarity: "unclear" })]],
      ask: [() => [draft("question_skipped")]],
    });
    expect(skipped.end.for).toBe("approval");
  });

  it("takes a person's rework as another round, after which both look again", () => {
    const reworked = say(run(), { verb: "rework", text: "Use semicolons." });
    expect(reworked.end.for).toBe("approval");
    expect(reworked.ticket.change?.round).toBe(1);
    expect(count(reworked, "reviewed")).toBe(4);
  });
});

describe("a walk through a dispute", () => {
  const disputes: Script["implement"] = [
    (ticket) => [implemented(ticket)],
    (ticket) => [implemented(ticket, "disputed")],
  ];

  it("goes on without the finding when it is withdrawn", () => {
    const ready = run({ review: [finds], implement: disputes, settle: [settledAs("withdrawn")] });
    expect([ready.end.for, count(ready, "implemented")]).toEqual(["approval", 2]);
  });

  it("fixes it when it is upheld", () => {
    const ready = run({ review: [finds], implement: disputes, settle: [settledAs("upheld")] });
    expect([ready.end.for, count(ready, "implemented")]).toEqual(["approval", 3]);
  });
});

describe("a walk that ends at a person", () => {
  const halt = (from: Walk) => [from.end.for, from.ticket.halt?.reason];

  it("when the same blocker comes back twice; a rework grants one more round", () => {
    const stuck = run({ review: [finds, stillOpen, stillOpen] });
    expect(halt(stuck)).toEqual(["person", "same-blocker"]);
    expect(count(stuck, "implemented")).toBe(3);
    expect(say(stuck, { verb: "rework", text: "Use the csv module." }).end.for).toBe("approval");
  });

  it("when the rounds are gone: a new blocker each time", () => {
    const another = (id: number) => (ticket: Ticket) => [
      looked(ticket, "reviewer", "resolved", { findings: [finding(id)] }),
    ];
    const gone = run({ review: [another(1), another(2), another(3)] });
    expect(halt(gone)).toEqual(["person", "rounds"]);
    expect(gone.ticket.change?.round).toBe(2);
  });

  it("after another author was tried, when the pool has one", () => {
    const adapted = run({ review: [finds, stillOpen] }, { facts: { pool: WIDE } });
    expect(adapted.end.for).toBe("approval");
    expect(adapted.ticket.change?.authors).toEqual(["opus", "gemma"]);
  });

  it("when a provider stays away: another model first, then a halt", () => {
    const away = Array.from({ length: 5 }, () => fails("model-unavailable"));
    const down = run({ plan: away }, { facts: { pool: WIDE } });
    expect(halt(down)).toEqual(["person", "model-unavailable"]);
    expect([count(down, "step_failed"), count(down, "assignment_changed")]).toEqual([3, 1]);
    expect(down.ticket.assignment?.architect.model).not.toBe("codex");
    expect(say(down, { verb: "retry" }).end.for).toBe("approval");
    const back = run({ plan: away.slice(0, 2) }, { facts: { pool: WIDE } });
    expect([back.end.for, count(back, "assignment_changed")]).toEqual(["approval", 1]);
  });

  it("and offers another model only where one may take the seat", () => {
    const away = Array.from({ length: 5 }, () => fails("model-unavailable"));
    const offers = (pool: readonly PoolModel[]) =>
      (run({ implement: away }, { facts: { pool } }).ticket.halt?.next ?? []).filter((line) =>
        line.includes("/coop assign"),
      );
    // In a pool of three, the two others review.
    expect(offers(POOL)).toEqual([]);
    expect(offers(WIDE)).toHaveLength(1);
    const rounds = {
      implement: [],
      review: Array.from({ length: 5 }, (_, id) => (ticket: Ticket) => [
        looked(ticket, "reviewer", "resolved", { findings: [finding(id + 1)] }),
      ]),
    };
    expect(run(rounds).ticket.halt?.next.filter((line) => line.includes("/coop assign"))).toEqual([]);
    expect(
      run(rounds, { facts: { pool: WIDE } }).ticket.halt?.next.filter((line) => line.includes("/coop assign")),
    ).toHaveLength(1);
  });

  it("when our own step fails three times, without blaming the model", () => {
    const broken = run({ plan: Array.from({ length: 3 }, () => fails("internal")) });
    expect(halt(broken)).toEqual(["person", "internal"]);
    expect(count(broken, "assignment_changed")).toBe(0);
  });

  it("when protected files were touched; a yes lets exactly these through", () => {
    const tamper = proofOf({ id: "tamper", details: ["package-lock.json"] });
    const blockedAt = run({ prove: [tamper] });
    expect(halt(blockedAt)).toEqual(["person", "protected-paths"]);
    const ready = say(blockedAt, { verb: "approve" });
    expect(ready.end.for).toBe("approval");
    expect(ready.ticket.protectedAccepted).toMatchObject({
      paths: ["package-lock.json"],
      headSha: headOf(ready.ticket),
    });
  });

  it("when something cannot be proven; a retry collects again", () => {
    const unknown = run({ prove: [proofOf({ state: "unknown" })] });
    expect(halt(unknown)).toEqual(["person", "unproven"]);
    expect(say(unknown, { verb: "retry" }).end.for).toBe("approval");
  });

  it("but not for what a fix round can put right, nor for what is not required", () => {
    const fixed = run({ prove: [proofOf({})] });
    expect([fixed.end.for, count(fixed, "implemented")]).toEqual(["approval", 2]);
  });

  it("when a step halts by itself", () => {
    const conflict = () => [draft("halted", { as: "blocked", reason: "merge-conflict" })];
    const approved = say(run(), { verb: "approve" }, { script: { merge: [conflict] } });
    expect(halt(approved)).toEqual(["person", "merge-conflict"]);
    expect(approved.ticket.mergeApproval).toBeNull();
  });
});

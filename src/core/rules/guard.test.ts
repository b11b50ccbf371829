import { describe, expect, it } from "@jest/globals";
import { forGuard, guarding, isForGuard, movesBase, type PullSeen, stirsGuard } from "./guard.ts";
import { PROOF_RERUN, type Trigger } from "./trigger.ts";

const PULL: PullSeen = {
  state: "open",
  draft: false,
  author: { login: "agent[bot]", id: 1, type: "Bot" },
  belongsTo: "nobody",
};
const person = { login: "frank", id: 2, type: "User" };
type Row = readonly [string, Partial<PullSeen>, Parameters<typeof guarding>[1], "yes" | "no", string];

describe("a pull request that is no ticket", () => {
  it.each<Row>([
    ["of a bot", {}, "bots", "no", "prove"],
    ["of a person, where bots are guarded", { author: person }, "bots", "no", "not-a-bot"],
    ["of a person, where all are", { author: person }, "all", "no", "prove"],
    ["where nobody is guarded", {}, "off", "no", "policy-off"],
    ["that was asked for", { author: person, draft: true }, "off", "yes", "prove"],
    ["in draft", { draft: true }, "all", "no", "draft"],
    ["that is closed, whoever asks", { state: "closed" }, "all", "yes", "closed"],
    ["that a ticket works on, whoever asks", { belongsTo: "ticket" }, "all", "yes", "a-ticket"],
  ])("%s", (_what, over, pulls, asked, outcome) => {
    const said = guarding({ ...PULL, ...over }, pulls, asked);
    expect(said.do === "leave" ? said.why : said.do).toBe(outcome);
  });
});

const changed = (what: string, look: "pull" | "issue" = "pull"): Trigger => ({
  ...{ kind: "changed", source: "delivery:1", forge: { kind: "desk" }, defaultBranch: "main" },
  ...{ by: person, what, look },
});

it("looks again for another head, base branch or state, and when the base moves", () => {
  const stirring = ["opened", "reopened", "synchronize", "edited", "ready_for_review", "closed"];
  for (const action of stirring) expect([action, stirsGuard(changed(`pull ${action}`))]).toEqual([action, true]);
  for (const what of ["pull enqueued", "push to main", "pull opened by frank"])
    expect(stirsGuard(changed(what))).toBe(false);
  expect(stirsGuard(changed("issue edited", "issue"))).toBe(false);
  expect(movesBase(changed("push to main"))).toBe(true);
  expect(movesBase(changed("push to coop/issue-1"))).toBe(false);
});

it("proves again when somebody says Re-run beside the check", () => {
  const rerun = changed(PROOF_RERUN);
  expect(stirsGuard(rerun)).toBe(true);
  expect(forGuard(rerun)).toMatchObject({ what: "rerun", look: "guard" });
});

it("hears an event under a name of its own, because a ticket may hear it too", () => {
  const heard = forGuard(changed("pull synchronize"));
  expect(heard).toMatchObject({ source: "guard:delivery:1", look: "guard" });
  expect([isForGuard(heard), isForGuard(changed("pull synchronize"))]).toEqual([true, false]);
});

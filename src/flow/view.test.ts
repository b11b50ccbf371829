import { describe, expect, it } from "@jest/globals";
import { aTicket, aTicketLedger } from "../../test/support/builders.ts";
import type { Look } from "../core/rules/facts.ts";
import type { Check, Forge, Together, Wanted } from "../forge/forge.ts";
import { blankView, factsOf, forget, lookAtAll, lookIfReopened, see } from "./view.ts";
import type { World } from "./world.ts";

/** What one pass looks at, and with how many questions. */
const fresh = aTicket(aTicketLedger("planned"));
const opened = aTicket(aTicketLedger("pull_request_opened"));
const ISSUE = { number: 12, title: "T", body: "B", state: "open", labels: [] };
const PULL = { number: 13, state: "open", headSha: opened.change?.headSha, baseBranch: "main" };
const check = (status: Check["status"], ours = false): Check => ({ name: "ci", ours, status, summary: "" });

/** A forge that answers a common question with what it was told to, and all others one by one. */
function forgeOf(seen: Together = {}, over: Record<string, unknown> = {}) {
  const asked: string[] = [];
  const answers: Record<string, unknown> = {
    ...{ issue: ISSUE, pull: PULL, branchHead: "today", checks: [check("green")], mergeBase: "fork" },
    ...over,
  };
  const one =
    (name: string) =>
    async (...args: readonly unknown[]) => {
      asked.push(`${name} ${args.join(" ")}`);
      return answers[name];
    };
  const single = Object.fromEntries(Object.keys(answers).map((name) => [name, one(name)]));
  const lookTogether = async (wanted: Wanted) => {
    asked.push(`together ${JSON.stringify(wanted)}`);
    return seen;
  };
  return { forge: { ...single, lookTogether } as unknown as Forge, asked };
}

async function look(ticket: typeof fresh, wanted: readonly Look[], given = forgeOf()) {
  const view = blankView();
  await lookAtAll(given.forge, ticket, view, wanted);
  return { view, asked: given.asked };
}

describe("what is asked", () => {
  const head = opened.change?.headSha ?? "";
  const ALL: readonly Look[] = ["issue", "pull", "base", "checks", "children", "neighbours"];

  it.each<[string, typeof fresh, readonly Look[], readonly string[]]>([
    ["one thing by itself", opened, ["pull"], ["pull 13"]],
    ["the issue as part of a common question", opened, ["issue"], ['together {"issue":12}', "issue 12"]],
    ["all together", opened, ALL, [`together ${JSON.stringify({ issue: 12, pull: 13, branch: "main", checks: head })}`, "issue 12", "pull 13", "branchHead main", `checks ${head}`]],
    ["two of them", opened, ["base", "checks"], [`together ${JSON.stringify({ branch: "main", checks: head })}`, "branchHead main", `checks ${head}`]],
    ["before there is a pull request", fresh, ["pull", "base", "checks"], ["together {}", "branchHead main"]],
    ["nothing of other tickets", opened, ["children"], []],
  ])("%s", async (_what, ticket, wanted, questions) => {
    expect((await look(ticket, wanted)).asked).toEqual(questions);
  }); // prettier-ignore

  it("is not asked again where the common answer has it", async () => {
    const seen = { issue: { ...ISSUE, title: "Seen" }, pull: PULL, branch: "seen", checks: [check("pending")] } as unknown as Together; // prettier-ignore
    const { view, asked } = await look(opened, ALL, forgeOf(seen));
    expect(asked).toHaveLength(1);
    expect(view).toMatchObject({ issue: { title: "Seen" }, pull: PULL, base: "seen", checks: { state: "running" } });
  });
});

it.each<[string, readonly string[]]>([
  ["issue-closed", ["issue 12"]],
  ["pull-request-closed", ["pull 13"]],
  ["stopped", []],
])("after %s whoever resumes has looked at what was closed, and at nothing else", async (reason, questions) => {
  const { forge, asked } = forgeOf();
  const closed = { ...opened, halt: { reason } } as unknown as typeof opened;
  await lookIfReopened(forge, closed, blankView());
  expect(asked).toEqual(questions);
});

describe("what is seen", () => {
  it("is what the forge says, or that it is gone", async () => {
    const { view } = await look(opened, ["issue", "pull", "base", "checks"]);
    expect(view).toMatchObject({
      issue: ISSUE,
      pull: { ...PULL, mergeBase: null },
      base: "today",
      checksStirred: "no",
    });
    expect(view.issue !== "gone" && view.issue?.textHash).toMatch(/^[0-9a-f]{64}$/);
    const gone = await look(opened, ["issue", "pull", "base"], forgeOf({}, { issue: "gone", pull: "gone", branchHead: "gone" })); // prettier-ignore
    expect(gone.view).toMatchObject({ issue: "gone", pull: "gone", base: "gone" });
    expect((await look(fresh, ["pull", "checks"])).view).toMatchObject({ pull: null, checks: null });
  });

  it.each<[string, Record<string, unknown>, string | null]>([
    ["for a head that is new to us", { headSha: "pushed" }, "fork"],
    ["for another base branch", { baseBranch: "next" }, "fork"],
    ["not for what is known", {}, null],
    ["not where it was closed", { headSha: "pushed", state: "closed" }, null],
  ])("asks where both part %s", async (_what, over, mergeBase) => {
    const { view } = await look(opened, ["pull"], forgeOf({}, { pull: { ...PULL, ...over } }));
    expect(view.pull !== "gone" && view.pull?.mergeBase).toBe(mergeBase);
  });

  it("has no such place where the forge does not know it", async () => {
    const { view } = await look(opened, ["pull"], forgeOf({}, { pull: { ...PULL, headSha: "x" }, mergeBase: "gone" }));
    expect(view.pull !== "gone" && view.pull?.mergeBase).toBe(null);
  });

  it.each<[string, readonly Check[], string]>([
    ["one runs", [check("green"), check("pending")], "running"],
    ["only ours runs", [check("green"), check("pending", true)], "ended"],
    ["all ended", [check("red")], "ended"],
    ["there are none", [], "ended"],
  ])("says of checks whether %s", async (_what, checks, state) => {
    expect((await look(opened, ["checks"], forgeOf({}, { checks }))).view.checks?.state).toBe(state);
  });

  it("is another issue's only where it is the ticket's own", () => {
    const view = blankView();
    see(view, 11, ISSUE as never);
    expect(view.issue).toBe(null);
    see(view, 12, ISSUE as never);
    expect(view.issue).toMatchObject({ title: "T", textHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });
});

it("forgets what may have changed, and keeps who did it and what was decided on", () => {
  const view = Object.fromEntries(Object.keys(blankView()).map((name) => [name, name])) as never as ReturnType<typeof blankView>; // prettier-ignore
  forget(view);
  const kept = Object.entries(view).filter(([, value]) => value !== null);
  expect(kept.map(([name]) => name)).toEqual(["checksStirred", "pusher", "editor", "policy"]);
});

it("hands everything to whoever decides, with the minutes that a model is waited for", () => {
  const now = new Date(0);
  const world = { now: () => now, pool: ["m"], modelRetry: { personAfterMinutes: 3 } } as unknown as World;
  const view = Object.fromEntries(Object.keys(blankView()).map((name) => [name, name])) as never as ReturnType<typeof blankView>; // prettier-ignore
  expect(factsOf(world, view)).toEqual({ ...view, now, pool: ["m"], patienceMs: 180_000 });
  const usual = { now: () => now, pool: [] } as unknown as World;
  expect(factsOf(usual, view)).toMatchObject({ patienceMs: undefined });
});

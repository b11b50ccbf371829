import { describe, expect, it } from "@jest/globals";
import { aTicket, aTicketLedger, entriesOf, TEST_KEY } from "../../test/support/builders.ts";
import { draft, WRITTEN } from "../../test/support/ledgers.ts";
import { utter } from "../core/rules/each-command.ts";
import type { Entry } from "../core/ledger/chain.ts";
import { begun, ended, SPLIT } from "../core/rules/epic.fixture.ts";
import { PHASE_LABELS } from "../core/ticket/phase.ts";
import { ForgeAway } from "../forge/forge.ts";
import { lookAtChildren, lookAtSkipped, tellParent } from "./epic.ts";
import type { World } from "./world.ts";

/** What an epic sees of its parts, and how a part is told that its turn has come. */
const HOUR = 60 * 60_000;
const at = (number: number) => `acme/tally#${number}` as never;
const part = (number: number, drafts: readonly object[]) => entriesOf(drafts as never, { ticket: at(number) });
const halted = (reason: string) => draft("halted", { as: "blocked", reason: reason as never, by: "petra" });
const STOPPED = draft("stopped", { by: "petra" });
const issue = (over: object = {}) => ({ number: 0, state: "open", title: "", body: "", author: { login: "coop[bot]", id: 2, type: "Bot" }, labels: [], isPullRequest: false, ...over }); // prettier-ignore

type Given = {
  readonly epic?: readonly object[];
  readonly forge?: "desk";
  readonly ledgers?: Readonly<Record<number, readonly Entry[]>>;
  readonly issues?: Readonly<Record<number, object | "gone" | Error>>;
  readonly pull?: object | "gone" | Error;
  readonly isTold?: boolean;
  readonly pending?: readonly object[];
};

function stage(given: Given = {}) {
  const [asked, told, nudged]: [string[], { source: string; payload: Record<string, unknown> }[], string[]] = [[], [], []]; // prettier-ignore
  let now = Date.parse("2026-03-10T00:00:00Z");
  const answer = (what: string, found: unknown) => {
    asked.push(what);
    if (found instanceof Error) throw found;
    return found;
  };
  const forge = {
    issue: async (number: number) => answer(`issue ${number}`, given.issues?.[number] ?? issue({ number })),
    pull: async (number: number) => answer(`pull ${number}`, given.pull ?? { merged: false, state: "open", mergedBy: null }), // prettier-ignore
  } as never;
  const world = {
    ...{ ledgerKeys: TEST_KEY, now: () => new Date(now), log: { warn: () => undefined } },
    ledgers: { read: async (key: string) => given.ledgers?.[Number(key.split("#")[1])] ?? [] },
    inbox: {
      add: async ([item]: readonly [never]) => (told.push(item), given.isTold ? 0 : 1),
      pending: async () => given.pending ?? [],
    },
    nudge: async (key: string, { lane }: { lane: string }) => void nudged.push(`${lane} ${key}`),
  } as unknown as World;
  const [first, ...others] = (given.epic ?? [...SPLIT, begun(1)]) as readonly { kind: string; data: object }[];
  const opened = { ...first, data: { ...first?.data, ...(given.forge ? { forge: { kind: "desk" } } : {}) } };
  const ticket = aTicket(entriesOf([opened, ...others] as never));
  const look = async () => (await lookAtChildren(world, forge, ticket)).map((one) => `${one.issue} ${one.state} ${one.by}`); // prettier-ignore
  return { world, ticket, look, asked, told, nudged, later: (ms: number) => (now += ms) };
}

describe("a part", () => {
  const REFUSED = new ForgeAway("no", null, "not-done", "refused");
  const WAITS = ["22 not-begun somebody", "23 not-begun somebody"];
  it.each<[string, Given, readonly string[]]>([
    ["that nobody began", {}, ["21 not-begun somebody", ...WAITS]],
    ["at work", { ledgers: { 21: part(21, WRITTEN) } }, ["21 at-work somebody", ...WAITS]],
    ["whose issue was closed before its turn", { issues: { 21: issue({ state: "closed" }) } }, ["21 left-out somebody", ...WAITS]],
    ["whose issue is gone", { issues: { 21: "gone" } }, ["21 left-out somebody", ...WAITS]],
    ["whose issue is not shown", { issues: { 21: REFUSED } }, WAITS],
    ["whose ledger is broken", { ledgers: { 21: part(21, WRITTEN).slice(1) } }, WAITS],
    ["that was stopped, and merged by hand", { ledgers: { 21: part(21, [...WRITTEN, STOPPED]) }, pull: { merged: true, mergedBy: "ann" } }, ["21 merged ann", ...WAITS]],
    ["merged by nobody knows whom", { ledgers: { 21: part(21, [...WRITTEN, STOPPED]) }, pull: { merged: true, mergedBy: null } }, ["21 merged somebody", ...WAITS]],
    ["that was stopped", { ledgers: { 21: part(21, [...WRITTEN, STOPPED]) } }, ["21 left-out petra", ...WAITS]],
    ["whose pull request is not shown", { ledgers: { 21: part(21, [...WRITTEN, STOPPED]) }, pull: REFUSED }, WAITS],
    ["whose issue is not open where that tells", { ledgers: { 21: part(21, [...WRITTEN, halted("pull-request-closed")]) }, issues: { 21: issue({ state: "closed" }) } }, ["21 left-out somebody", ...WAITS]],
  ])("%s is seen so", async (_what, given, seen) => {
    expect(await stage(given).look()).toEqual(seen);
  }); // prettier-ignore

  it("that the forge cannot say anything of holds up everything", async () => {
    const away = new ForgeAway("away", null, "not-done");
    await expect(stage({ issues: { 21: away } }).look()).rejects.toBe(away);
  });

  it("is asked of its issue and its pull request only where nothing else tells", async () => {
    const working = stage({ ledgers: { 21: part(21, WRITTEN), 22: part(22, [...WRITTEN, STOPPED]), 23: part(23, [...WRITTEN, halted("issue-closed")]) } }); // prettier-ignore
    await working.look();
    expect(working.asked).toEqual(["pull 8", "pull 8"]);
    const merged = stage({ epic: [...SPLIT, begun(1), ended(1, "merged")], ledgers: { 21: part(21, [...WRITTEN, STOPPED]) } }); // prettier-ignore
    await merged.look();
    expect(merged.asked).toEqual(["issue 22", "issue 23"]);
  });

  it.each<[string, object | "gone", number]>([
    ["closed", { merged: false, state: "closed" }, 1],
    ["gone", "gone", 1],
    ["open", { merged: false, state: "open" }, 3],
  ])("is asked once an hour whether its pull request that is %s was merged", async (_what, pull, times) => {
    const { look, asked, later } = stage({ ledgers: { 21: part(21, [...WRITTEN, STOPPED]) }, pull });
    const pulls = () => asked.filter((one) => one === "pull 8").length;
    for (const ms of [0, HOUR - 1]) {
      later(ms);
      await look();
      await look();
    }
    expect(pulls()).toBe(times === 1 ? 1 : 4);
    later(1);
    await look();
    expect(pulls()).toBe(times === 1 ? 2 : 5);
  });
});

describe("the turn of a part", () => {
  it("is said to it, with who wanted it and what it may write", async () => {
    const { look, told, nudged } = stage();
    await look();
    expect(told.map(({ source }) => source)).toEqual(["part:acme/tally#12"]);
    expect(told[0]?.payload).toMatchObject({ kind: "part-due", defaultBranch: "main", by: { login: "maria", id: 0, type: "User" }, parent: { issue: 12, part: 1, of: 3, approvedBy: "maria", files: ["src/1.ts"] } }); // prettier-ignore
    expect(nudged).toEqual(["hearing acme/tally#21"]);
  });

  it.each<[string, Given]>([
    ["before it has come", { epic: SPLIT }],
    ["where its issue is closed", { issues: { 21: issue({ state: "closed" }) } }],
    ["where its issue is gone", { issues: { 21: "gone" } }],
    ["where it is at work", { ledgers: { 21: part(21, WRITTEN) } }],
  ])("is not said %s", async (_what, given) => {
    const { look, told, nudged } = stage(given);
    await look();
    expect([told, nudged]).toEqual([[], []]);
  });

  it("is said again under another name where it could not be heard", async () => {
    const again = stage({ isTold: true });
    await again.look();
    expect(again.told.map(({ source }) => source)).toEqual(["part:acme/tally#12", "part:acme/tally#12:2026-03-10T00:00:00.000Z"]); // prettier-ignore
    expect(again.told[1]?.payload["source"]).toBe(again.told[1]?.source);
    const waiting = stage({ isTold: true, pending: [{}] });
    await waiting.look();
    expect(waiting.told).toHaveLength(1);
  });

  it("is the wish of who began the epic where the policy said yes", async () => {
    const epic = [...SPLIT.slice(0, -2), draft("epic_approved", { by: "policy" }), ...SPLIT.slice(-1), begun(1)];
    const { look, told } = stage({ epic });
    await look();
    expect(told[0]?.payload).toMatchObject({ by: { login: "maria" }, parent: { approvedBy: "policy" } });
  });

  it.each<[string, "desk" | undefined, readonly object[], string]>([
    ["on the base branch", undefined, [begun(1), ended(1, "merged"), begun(3)], "main"],
    ["at a desk on the part that was done last", "desk", [begun(1), ended(1, "merged"), begun(2), ended(2, "merged"), begun(3)], "coop/22"],
    ["at a desk in the order in which they ended", "desk", [begun(2), ended(2, "merged"), begun(1), ended(1, "merged"), begun(3)], "coop/21"],
    ["at a desk not on one that was left out", "desk", [begun(1), ended(1, "left-out"), begun(3)], "main"],
  ])("stands %s", async (_what, forge, more, base) => {
    const { look, told } = stage({ epic: [...SPLIT, ...more], ...(forge ? { forge } : {}) });
    await look();
    expect(told.map(({ payload }) => payload["defaultBranch"])).toEqual([base]);
  }); // prettier-ignore
});

describe("a part whose ledger was lost", () => {
  const was = (state: string) => issue({ number: 21, labels: [...PHASE_LABELS.slice(0, 1)], state });
  it.each<[string, Given, readonly string[], readonly string[]]>([
    ["is taken up from its thread where it was closed", { issues: { 21: was("closed") } }, ["22", "23"], ["rebuild:21"]],
    ["is left out where nothing was found there", { issues: { 21: was("closed") }, isTold: true }, ["21", "22", "23"], ["rebuild:21"]],
    ["begins again where it is open", { issues: { 21: was("open") } }, ["21", "22", "23"], ["part:acme/tally#12"]],
    ["ended as its parent says", { epic: [...SPLIT, begun(1), ended(1, "merged")], issues: { 21: was("closed") } }, ["22", "23"], []],
  ])("%s", async (_what, given, seen, sources) => {
    const { look, told } = stage(given);
    expect((await look()).map((one) => one.split(" ")[0])).toEqual(seen);
    expect(told.map(({ source }) => source)).toEqual(sources);
  }); // prettier-ignore
});

describe("a part that is to be left out", () => {
  const says = (body: string, permission = "write") =>
    ({ ...utter({ kind: "commented", body } as never), permission }) as never;
  it.each<[string, string, string, Given, unknown]>([
    ["is looked at", "/coop skip 2", "write", {}, { children: [{ issue: 22, state: "not-begun", by: "somebody" }] }],
    ["that is at work", "/coop skip 1", "write", { ledgers: { 21: part(21, WRITTEN) } }, { children: [{ issue: 21, state: "at-work", by: "somebody" }] }],
    ["whose ledger is broken was begun", "/coop skip 1", "write", { ledgers: { 21: part(21, WRITTEN).slice(1) } }, { children: [{ issue: 21, state: "at-work", by: "somebody" }] }],
    ["that is not there", "/coop skip 4", "write", {}, null],
    ["by who may not", "/coop skip 2", "read", {}, null],
    ["by another command", "/coop status", "write", {}, null],
    ["by no command", "Skip 2.", "write", {}, null],
  ])("%s", async (_what, body, permission, given, seen) => {
    const { world, ticket } = stage(given);
    expect(await lookAtSkipped(world, ticket, says(body, permission))).toEqual(seen);
  }); // prettier-ignore

  it("is a part of an epic, and named in words", async () => {
    const { world, ticket } = stage();
    expect(await lookAtSkipped(world, aTicket(aTicketLedger("planned")), says("/coop skip 2"))).toBe(null);
    expect(await lookAtSkipped(world, null, says("/coop skip 2"))).toBe(null);
    expect(
      await lookAtSkipped(world, ticket, { ...utter({ kind: "changed" } as never), permission: "write" } as never),
    ).toBe(null);
  });
});

it("tells its epic that it waits or has ended, where there is one", async () => {
  const { world, nudged } = stage();
  await tellParent(world, aTicket());
  expect(nudged).toEqual([]);
  const parent = { issue: 5, part: 1, of: 2, approvedBy: "maria", files: [] };
  await tellParent(world, aTicket(entriesOf([draft("opened", { parent })])));
  expect(nudged).toEqual(["work acme/tally#5"]);
});

import { describe, expect, it } from "@jest/globals";
import type { Signals } from "../queue/queue.ts";
import { ForgeAway } from "../forge/forge.ts";
import { replyMarker } from "../messages/marker.ts";
import { GUARDED, guardPull } from "./guard-pull.ts";
import { Quiet } from "./quiet.ts";
import type { World } from "./world.ts";

/** Which pull requests without a ticket are proven, what is remembered of them, and who is told. */
const KEY = "acme/tally#9";
const APP = 7;
const MONA = { login: "mona", id: 1, type: "User" };
const OWN = { login: "coop[bot]", id: 2, type: "Bot" };
const [HEAD, BASE] = ["a".repeat(40), "b".repeat(40)];
const told = (what: string, over: object = {}) => ({
  ...{ kind: "changed", source: `guard:${what}`, forge: { kind: "github", installationId: 1, repositoryId: 2 } },
  ...{ defaultBranch: "main", by: MONA, what, look: "guard" },
  ...over,
});
const [STIRRED, ASKED, RERUN] = [told("stirred"), told("asked"), told("rerun")];
const PULL = { number: 9, state: "open", draft: false, author: MONA, headSha: HEAD, baseBranch: "main" };

type Given = {
  readonly policy?: string;
  readonly pull?: object | "gone";
  readonly branchHead?: string;
  readonly ticket?: "open" | "closed";
  readonly kept?: readonly { readonly kind: string; readonly bodySha256: string }[];
  readonly comments?: readonly object[];
  readonly failedBefore?: number;
  readonly broken?: unknown;
  readonly stopping?: "during the proof";
  /** Since when it waits to be heard; the time is 0 now. */
  readonly waitsMs?: number;
};

async function guarded(triggers: readonly object[], given: Given = {}) {
  const done: string[] = [];
  const errors: string[] = [];
  const kept = new Map((given.kept ?? []).map((one) => [one.kind, { remoteId: null as number | null, bodySha256: one.bodySha256 }])); // prettier-ignore
  const stop = new AbortController();
  const tree = { commitSha: HEAD, tree: new Map() };
  const forge = {
    file: async (_ref: string, path: string) => (given.policy ? { path, content: Buffer.from(given.policy) } : "gone"),
    pull: async () => {
      if (given.broken) throw given.broken;
      return given.pull === "gone" ? "gone" : { ...PULL, ...given.pull };
    },
    branchHead: async () => given.branchHead ?? BASE,
    mergeBase: async () => BASE,
    merges: async () => [],
    snapshot: async () => {
      if (given.stopping) stop.abort();
      return tree;
    },
    comments: async () => given.comments ?? [],
    comment: async (_number: number, body: string) => ({ id: done.push(`says ${body}`) }),
    publishCheck: async ({ headSha, title, conclusion }: Record<string, string>, known: string) =>
      done.push(`${known} check on ${headSha?.[0]}: ${conclusion}, ${title}`),
  };
  const world = {
    ...{ appId: APP, quiet: new Quiet(), now: () => new Date(0), ownLogin: async () => OWN.login, preparer: null },
    ...{ sandbox: { state: "none", reason: "There is none." }, blobs: { get: async () => null, put: async () => "" } },
    log: {
      info: ({ why }: { why?: string }) => void (why && done.push(`left: ${why}`)),
      warn: () => undefined,
      error: (_fields: object, message: string) => void errors.push(message),
    },
    inbox: {
      pending: async () => triggers.map((payload) => ({ payload, source: (payload as { source: string }).source, receivedAt: new Date(-(given.waitsMs ?? 0)) })), // prettier-ignore
      setAside: async (_key: string, source: string, why: string) => void done.push(`sets aside ${source}: ${why}`),
      handled: async (_key: string, source: string) => void done.push(`handled ${source}`),
      failed: async () => (given.failedBefore ?? 0) + 1,
    },
    repositories: { placeOf: async () => null },
    index: { byPull: async () => (given.ticket ? { standing: given.ticket } : null), get: async () => null },
    projections: {
      get: async (_key: string, kind: string) => kept.get(kind) ?? null,
      put: async (_key: string, kind: string, value: never) => void kept.set(kind, value),
      forget: async (_key: string, kind: string) => void kept.delete(kind),
    },
    forge: () => forge,
  } as unknown as World;
  const signals: Signals = { abort: stop.signal, leave: stop.signal };
  const pass = await guardPull(world, KEY, signals).catch((error: unknown) => ({ thrown: error }));
  return { pass, done, errors, kept: [...kept.keys()], basis: kept.get(GUARDED)?.bodySha256 };
}
const said = (done: readonly string[]) => done.filter((one) => !one.startsWith("handled"));

describe("a pull request", () => {
  const OFF = "gate: { pulls: off }";
  it.each<[string, readonly object[], Given, string]>([
    ["for which the policy does not ask", [STIRRED], {}, "policy-off"],
    ["only what this program did stirs", [told("stirred", { by: OWN })], { policy: "gate: { pulls: all }" }, "a-ticket"],
    ["of a dry run", [ASKED], { policy: "dryRun: true" }, "dry-run"],
    ["that is gone", [ASKED], { pull: "gone" }, "gone"],
    ["that is closed", [ASKED], { pull: { state: "closed" } }, "closed"],
    ["of this program", [ASKED], { pull: { author: OWN } }, "a-ticket"],
    ["of a ticket at work", [ASKED], { ticket: "open" }, "a-ticket"],
    ["that is a draft", [STIRRED], { policy: "gate: { pulls: all }", pull: { draft: true } }, "draft"],
    ["of a person, where only bots' are", [STIRRED], { policy: "gate: { pulls: bots }" }, "not-a-bot"],
    ["whose base branch is gone", [ASKED], { branchHead: "gone" }, "gone"],
  ])("%s is left", async (_what, triggers, given, why) => {
    const { done, pass } = await guarded(triggers, { policy: OFF, ...given });
    expect(done).toEqual([`left: ${why}`, ...triggers.map((one) => `handled ${(one as { source: string }).source}`)]);
    expect(pass).toEqual({ again: null });
  }); // prettier-ignore

  it.each<[string, readonly object[], Given]>([
    ["for which the policy asks", [STIRRED], { policy: "gate: { pulls: all }" }],
    ["asked for by a comment", [STIRRED, ASKED], {}],
    ["asked for beside the check", [RERUN], {}],
    ["of a ticket that has ended", [RERUN], { ticket: "closed" }],
    ["with something that this program did among the rest", [told("stirred", { by: OWN }), ASKED], {}],
  ])("%s is proven", async (_what, triggers, given) => {
    const { done, kept } = await guarded(triggers, { policy: OFF, ...given });
    expect(said(done)[0]).toMatch(/^unsure check on a: /);
    expect(kept).toContain(GUARDED);
    expect(said(done).filter((one) => one.startsWith("says"))).toHaveLength(triggers.includes(ASKED) ? 1 : 0);
  });

  it("is forgotten when it is closed or gone, so that it is proven when it comes again, and only then", async () => {
    const kept = [{ kind: GUARDED, bodySha256: "x" }];
    const left = async (given: Given) => (await guarded([ASKED], { ...given, kept })).kept.includes(GUARDED);
    expect([await left({ pull: { state: "closed" } }), await left({ pull: "gone" })]).toEqual([false, false]);
    expect(await left({ ticket: "open" })).toBe(true);
  });

  it("is proven once for one head on one base, and again at a person's word", async () => {
    const policy = "gate: { pulls: all }";
    const { basis = "" } = await guarded([STIRRED], { policy });
    const kept = [{ kind: GUARDED, bodySha256: basis }];
    expect(said((await guarded([STIRRED], { policy, kept })).done)).toEqual([]);
    const others: readonly Given[] = [
      { pull: { headSha: "c".repeat(40) } },
      { pull: { baseBranch: "next" } },
      { branchHead: "d".repeat(40) },
    ];
    for (const one of others) expect(said((await guarded([STIRRED], { policy, kept, ...one })).done)).toHaveLength(1);
    expect(said((await guarded([RERUN], { policy, kept })).done)).toHaveLength(1);
  });
});

describe("whoever asks", () => {
  const words = (done: readonly string[]) => said(done).filter((one) => one.startsWith("says"));

  it("is answered once, each by itself, and whoever asks beside the check is not", async () => {
    const two = [told("asked"), told("asked", { source: "guard:comment:2" }), RERUN];
    const { done } = await guarded(two);
    expect(words(done)).toHaveLength(2);
    expect(words(done)[1]).toContain(replyMarker("guard:comment:2"));
    const kept = [{ kind: "answer:guard:asked", bodySha256: "" }];
    const mine = { id: 5, appId: APP, body: replyMarker(ASKED.source) };
    expect(words((await guarded([ASKED], { kept, comments: [mine] })).done)).toEqual([]);
    expect(words((await guarded([ASKED], { kept, comments: [{ ...mine, appId: null }] })).done)).toHaveLength(1);
  });

  it("is told what is wrong with the policy, and nothing is proven", async () => {
    const { done } = await guarded([ASKED], { policy: "gate: [" });
    expect(words(done)[0]).toMatch(/^says .*coop\.yml.*gate: \[/s);
    expect(done).toHaveLength(2);
    expect((await guarded([STIRRED], { policy: "gate: [" })).done).toEqual(["handled guard:stirred"]);
  });
});

describe("a proof that fails", () => {
  it.each([
    ["is tried again", 1, [], true],
    ["is given up after some tries, on the commit", 2, ["unsure check on a: action_required, Nothing could be proven", "handled guard:asked"], false],
  ])("%s", async (_what, failedBefore, done, isThrown) => {
    let broken: unknown = new Error("broken");
    const given = { failedBefore, get broken() { const now = broken; broken = null; return now; } }; // prettier-ignore
    const found = await guarded([ASKED], given);
    expect([found.done, "thrown" in found.pass, found.errors]).toEqual([done, isThrown, isThrown ? [] : ["a proof failed inside"]]); // prettier-ignore
  }); // prettier-ignore

  it("waits for a forge that is away, however often", async () => {
    const found = await guarded([ASKED], { broken: new ForgeAway("away", 5_000, "not-done"), failedBefore: 9 });
    expect([found.done, found.pass]).toEqual([[], { again: { inMs: expect.any(Number) } }]);
  });

  it("says nothing where the process is about to stop, and is made again", async () => {
    const found = await guarded([ASKED], { stopping: "during the proof" });
    expect([found.done, found.pass, found.basis]).toEqual([[], { again: { inMs: 0 } }, undefined]);
  });
});

it("does nothing where nothing is meant for it", async () => {
  expect((await guarded([told("issue edited", { look: "issue" }), { malformed: true }])).done).toEqual([]);
});

describe("a pull request that GitHub does not show", () => {
  const DAY_MS = 24 * 60 * 60_000;
  const no = new ForgeAway("GitHub gave no token for this repository.", null, "not-done", "out-of-reach");
  it.each<[string, unknown, number, boolean]>([
    ["for a day, by a no", no, DAY_MS, true],
    ["for an hour, by a no", no, DAY_MS / 24, false],
    ["for a day, being away", new ForgeAway("502", null, "not-done"), DAY_MS, false],
  ])("%s: whether it is let be", async (_what, broken, waitsMs, isLetBe) => {
    const { done, pass } = await guarded([STIRRED], { policy: "gate: { pulls: all }", broken, waitsMs });
    expect(done).toEqual(isLetBe ? [`sets aside guard:stirred: ${no.message}`] : []);
    const { again } = pass as { again: { inMs: number } };
    expect(again.inMs === 0).toBe(isLetBe);
  });
});

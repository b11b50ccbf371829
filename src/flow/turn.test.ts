import { describe, expect, it } from "@jest/globals";
import { aDraft, aTicketLedger, TEST_KEY, TEST_TICKET } from "../../test/support/builders.ts";

import { linkRaw } from "../../test/support/newer.ts";
import type { Entry } from "../core/ledger/chain.ts";
import { entryOf } from "../core/ledger/entry.ts";
import { ForgeAway } from "../forge/forge.ts";
import { LeaseLost } from "./lease.ts";
import { AWAY_MS, Quiet } from "./quiet.ts";
import { hearNext, type Pass, patiently, visit } from "./turn.ts";
import { blankView } from "./view.ts";
import type { World } from "./world.ts";

/** How a pass over a ticket waits, ends and comes again, and what it hears next. */
const NOW = new Date("2026-03-10T00:00:00Z");
const DONE: Pass = { again: null };
const MONA = { login: "mona", id: 1, type: "User" };
const ISSUE = { number: 12, state: "open", title: "T", body: "B", author: MONA, labels: [], isPullRequest: false };
const common = { forge: { kind: "github", installationId: 1, repositoryId: 2 }, defaultBranch: "main", by: MONA };
const says = (body: string, source = "s:1") => ({ kind: "commented", ...common, source, commentId: 50, body, issue: ISSUE }); // prettier-ignore
const guard = { kind: "changed", ...common, source: "guard:1", what: "stirred", look: "guard" };
const checked = { kind: "changed", ...common, source: "c:1", what: "check_run completed", look: "checks" };
const edited = { kind: "changed", ...common, source: "e:1", what: "issue edited", look: "issue" };

/** Answers what it knows, and does nothing for all others. */
const forgeOf = (known: Readonly<Record<string, unknown>>) =>
  new Proxy(known, { get: (_of, name: string) => known[name] ?? (async () => undefined) });

function stage(ledger: readonly Entry[] = [], pending: readonly { readonly source: string }[] = []) {
  const said: string[] = [];
  const entries = [...ledger];
  const quiet = new Quiet();
  const world = {
    ...{ appId: 7, ledgerKeys: TEST_KEY, now: () => NOW, quiet, pool: [], redact: (text: string) => text },
    ...{ ownLogin: async () => "coop[bot]", guard: (text: string) => text, steady: () => 0 },
    log: { info: () => undefined, warn: (_fields: object, message: string) => void said.push(message), error: () => undefined }, // prettier-ignore
    leases: {
      take: async () => (said.push("takes"), "yours"),
      giveBack: async () => void said.push("gives back"),
      renew: async () => "yours",
      freed: async () => undefined,
    },
    ledgers: {
      read: async () => entries,
      append: async (_key: string, _at: number, more: readonly Entry[]) => (entries.push(...more), "appended"),
    },
    repositories: { placeOf: async () => null },
    publications: { list: async () => [], intend: async (one: unknown) => one, posted: async () => undefined },
    projections: { get: async () => null, put: async () => undefined },
    artifacts: { put: async () => undefined, get: async () => null },
    inbox: {
      pending: async () => pending.map((payload) => ({ ticket: TEST_TICKET, source: payload.source, kind: "", receivedAt: NOW, ledgerLength: ledger.length, payload })), // prettier-ignore
      handled: async (_key: string, source: string) => void said.push(`handled ${source}`),
      said: async () => null,
    },
    forge: () =>
      forgeOf({
        ...{ permission: async () => "write", react: async () => undefined, missing: async () => null },
        ...{ comments: async () => [], comment: async () => ({ id: said.push("writes") }), pullOf: async () => null },
        ...{
          issue: async () => ISSUE,
          pull: async () => "gone",
          snapshot: async () => "gone",
          reviews: async () => [],
        },
      }),
  } as unknown as World;
  return { world, said, quiet };
}
const signals = { abort: new AbortController().signal, leave: new AbortController().signal };

describe("a forge", () => {
  const wait = async (error: unknown, { world } = stage()) =>
    (await patiently(world, TEST_TICKET, "work", () => Promise.reject(error as Error))).again?.inMs ?? 0;
  const about = (ms: number) => (found: number) => found >= ms && found <= ms * 1.5;

  it("that asked to be left alone is, with all tickets of its owner", async () => {
    const there = stage();
    expect(about(5_000)(await wait(new ForgeAway("wait", 5_000, "not-done"), there))).toBe(true);
    let called = 0;
    const work = async () => ((called += 1), DONE);
    expect((await patiently(there.world, "acme/other#1", "work", work)).again?.inMs).toBeGreaterThanOrEqual(5_000);
    expect(called).toBe(0);
    expect(await patiently(there.world, "elsewhere/a#1", "work", work)).toBe(DONE);
  });

  it("that is away is asked later and later, until it is back", async () => {
    const there = stage();
    const away = new ForgeAway("away", null, "not-done");
    for (const times of [1, 2, 4]) expect(about(AWAY_MS * times)(await wait(away, there))).toBe(true);
    expect(await patiently(there.world, TEST_TICKET, "work", async () => DONE)).toBe(DONE);
    expect(about(AWAY_MS)(await wait(away, there))).toBe(true);
    expect(there.said[0]).toBe("GitHub is away; the ticket waits");
  });

  it("is not blamed for anything else", async () => {
    const bug = new Error("bug");
    await expect(patiently(stage().world, TEST_TICKET, "work", () => Promise.reject(bug))).rejects.toBe(bug);
  });
});

describe("a visit", () => {
  it("holds the lease while it lasts", async () => {
    const { world, said } = stage();
    const pass = async () => (said.push("works"), DONE);
    expect([await visit(world, TEST_TICKET, "work", signals, pass), said]).toEqual([DONE, ["takes", "works", "gives back"]]); // prettier-ignore
  });

  it("comes again soon when the lease was lost, and gives it back after a bug", async () => {
    const lost = await visit(stage().world, TEST_TICKET, "work", signals, () => Promise.reject(new LeaseLost(TEST_TICKET))); // prettier-ignore
    expect(lost.again?.inMs).toBeGreaterThanOrEqual(1_000);
    expect(lost.again?.inMs).toBeLessThanOrEqual(1_500);
    const { world, said } = stage();
    const bug = new Error("bug");
    await expect(visit(world, TEST_TICKET, "work", signals, () => Promise.reject(bug))).rejects.toBe(bug);
    expect(said).toEqual(["takes", "gives back"]);
  });
});

describe("what is heard next", () => {
  const planned = aTicketLedger("planned");
  const hatched = linkRaw([{ kind: "hatched", data: {} }]).map((one) => entryOf(one as never)) as Entry[];
  const opening = { kind: "opened", data: aDraft("opened").data };
  const grown = linkRaw([opening, { kind: "hatched", data: {} }]).map((one) => entryOf(one as never)) as Entry[];
  const next = async (
    lane: "work" | "hearing",
    ledger: readonly Entry[],
    pending: readonly { readonly source: string }[],
  ) => {
    // prettier-ignore
    const { world, said } = stage(ledger, pending);
    const lease = { check: async () => undefined, take: async () => undefined, giveBack: async () => undefined };
    const found = await hearNext({ world, key: TEST_TICKET, lane, view: blankView(), lease, signals });
    return [found.outcome, said.filter((one) => one.startsWith("handled"))];
  };

  it.each<[string, "work" | "hearing", readonly Entry[], readonly { readonly source: string }[], string, readonly string[]]>([
    ["the first that waits", "hearing", planned, [says("Hm.", "s:1"), says("Hm.", "s:2")], "heard", ["handled s:1"]],
    ["nothing where nothing waits", "work", planned, [], "silence", []],
    ["nothing that is the guard's", "work", planned, [guard], "silence", []],
    ["what stands behind that", "work", planned, [guard, says("Hm.")], "heard", ["handled s:1"]],
    ["a change, in the lane that works", "work", planned, [edited], "heard", ["handled e:1"]],
    ["no ticket where nothing is known", "hearing", [], [], "no-ticket", []],
    ["talk on what is no ticket", "hearing", [], [says("Hm.")], "heard", ["handled s:1"]],
    ["a check that ended, in the lane that works", "work", planned, [checked], "heard", ["handled c:1"]],
    ["no check where people are heard", "hearing", planned, [checked], "silence", []],
    ["a question about what waits for a newer version", "hearing", grown, [says("/coop status")], "heard", ["handled s:1"]],
    ["nothing else about that", "hearing", grown, [says("/coop approve")], "silence", []],
    ["nothing on what only a newer version understands", "hearing", hatched, [says("Hm.")], "no-ticket", []],
  ])("is %s", async (_what, lane, ledger, pending, outcome, handled) => {
    expect(await next(lane, ledger, pending)).toEqual([outcome, handled]);
  }); // prettier-ignore

  it("is on the ticket as it stands, with nothing looked at yet", async () => {
    const { world } = stage(planned);
    const view = blankView();
    const lease = { check: async () => undefined, take: async () => undefined, giveBack: async () => undefined };
    const found = await hearNext({ world, key: TEST_TICKET, lane: "work", view, lease, signals });
    expect(found).toMatchObject({ book: { entries: planned }, ticket: { key: TEST_TICKET }, turn: { view, lane: "work" } }); // prettier-ignore
    expect("turn" in found && (await found.turn.forge.issue(12))).toBe(ISSUE);
  });
});

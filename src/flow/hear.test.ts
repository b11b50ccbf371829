import { describe, expect, it } from "@jest/globals";
import { aTicket, aTicketLedger, entriesOf, TEST_KEY, TEST_TICKET } from "../../test/support/builders.ts";
import { draft, OPENED } from "../../test/support/ledgers.ts";
import type { Entry } from "../core/ledger/chain.ts";
import { ForgeAway } from "../forge/forge.ts";
import { hear } from "./hear.ts";
import { blankView } from "./view.ts";
import type { World } from "./world.ts";

/** What is asked of the forge before something that was said is answered, and what becomes of it. */
const APP = 7;
const MONA = { login: "mona", id: 1, type: "User" };
const BOT = { login: "coop[bot]", id: 2, type: "Bot" };
const ISSUE = { number: 12, state: "open", title: "T", body: "B<!-- hidden -->", author: MONA, labels: [], isPullRequest: false }; // prettier-ignore
const common = { source: "s:1", forge: { kind: "github", installationId: 1, repositoryId: 2 }, defaultBranch: "main", by: MONA }; // prettier-ignore
const comment = (body: string, over: object = {}) => ({ kind: "commented", ...common, commentId: 50, body, issue: ISSUE, ...over }); // prettier-ignore
const label = (name: string, kind = "labelled") => ({ kind, ...common, label: name, issue: ISSUE });
const review = (over: object = {}) => ({ kind: "reviewed", ...common, reviewId: 4, state: "commented", body: "Nice.", headSha: "", pullNumber: 13, ...over }); // prettier-ignore
const changed = (what: string, look: string, by: object = MONA) => ({ kind: "changed", ...common, by, what, look });

type Given = {
  readonly ledger?: readonly Entry[];
  readonly permission?: string;
  readonly pull?: object | "gone";
  readonly mergeBase?: string;
  readonly ledgerLength?: number;
  readonly published?: readonly { readonly state: string; readonly place: string; readonly remoteId: number; readonly firstSeq: number }[]; // prettier-ignore
  readonly broken?: unknown;
  readonly failedBefore?: number;
  readonly isStale?: boolean;
};

async function heard(payload: unknown, given: Given = {}) {
  const [asked, signs, said]: [string[], string[], string[]] = [[], [], []];
  const [aside, other]: [string[], string[]] = [[], []];
  const entries = [...(given.ledger ?? [])];
  const length = entries.length;
  const ask = <T>(what: string, answer: T) => {
    if (given.broken) throw given.broken;
    asked.push(what);
    return answer;
  };
  const forge = {
    permission: async (login: string, id: number) => {
      asked.push(`permission of ${login} ${id}`);
      if (given.permission === "broken") throw new Error("away");
      return given.permission ?? "write";
    },
    pull: async (number: number) => ask(`pull ${number}`, given.pull ?? "gone"),
    issue: async (number: number) => ask(`issue ${number}`, ISSUE),
    mergeBase: async (base: string, head: string) => ask(`fork of ${base} and ${head}`, given.mergeBase ?? "fork"),
    inlineComments: async (pull: number, id: number) => ask(`inline of ${pull} ${id}`, []),
    comments: async () => [],
    comment: async (number: number, body: string) => ({ id: said.push(`${number}: ${body}`) }),
    react: async (to: { id: number }, sign: string) => void signs.push(`${sign} ${to.id}`),
    missing: async () => null,
  };
  const log = (_fields: object, message: string) => void other.push(message);
  const world = {
    ...{
      appId: APP,
      ledgerKeys: TEST_KEY,
      now: () => new Date("2026-03-03T00:00:00Z"),
      ownLogin: async () => BOT.login,
    },
    ...{ pool: [], redact: (text: string) => text, log: { info: log, warn: log, error: log } },
    artifacts: { put: async (text: string) => void other.push(`keeps ${text.length > 0}`) },
    ledgers: {
      read: async () => entries,
      append: async (_key: string, at: number, more: readonly Entry[]) => {
        if (given.isStale || at !== entries.length) return "stale";
        entries.push(...more);
        return "appended";
      },
    },
    publications: { list: async () => given.published ?? [] },
    projections: { get: async () => null, put: async () => undefined },
    nudge: async (key: string, { lane }: { lane: string }) => void other.push(`nudges ${lane} ${key}`),
    inbox: {
      add: async (items: readonly { ticket: string }[]) =>
        items.forEach(({ ticket }) => other.push(`brings ${ticket}`)),
      handled: async (_key: string, source: string) => void aside.push(`handled ${source}`),
      failed: async () => (given.failedBefore ?? 0) + 1,
      setAside: async (_key: string, source: string, why: string) => void aside.push(`aside ${source}: ${why}`),
    },
  } as unknown as World;
  const book = { key: TEST_TICKET, ref: { owner: "acme", name: "tally", number: 12 }, entries: [...entries], ticket: length > 0 ? aTicket(entries) : null }; // prettier-ignore
  const item = { ticket: TEST_TICKET, source: "s:1", kind: "", receivedAt: new Date(0), ledgerLength: given.ledgerLength ?? length }; // prettier-ignore
  const view = blankView();
  const outcome = await hear(world, forge as never, book, { ...item, payload }, view).catch((error: unknown) => error);
  const added = entries.slice(length).map(({ kind, data }) => ({ kind, data }) as { kind: string; data: Record<string, unknown> }); // prettier-ignore
  return { outcome, asked, signs, said, aside, other, added, kinds: added.map(({ kind }) => kind), view };
}

const planned = aTicketLedger("planned");
const opened = aTicketLedger("pull_request_opened");
const merged = aTicketLedger("merged");
const asking = entriesOf([...OPENED, draft("routed"), draft("question_asked")]);

describe("what somebody may do is asked", () => {
  it.each<[string, object, readonly Entry[], boolean]>([
    ["for a label that starts", label("coop"), [], true],
    ["not for another label", label("bug"), [], false],
    ["not for a label that is taken away", label("coop", "unlabelled"), planned, false],
    ["for a command", comment("/coop status"), planned, true],
    ["for a command where there is no ticket", comment("/coop status"), [], true],
    ["for what is almost a command", comment("**/coop approve**"), planned, true],
    ["not for that where there is no ticket", comment("**/coop approve**"), [], false],
    ["not for talk", comment("Thanks."), planned, false],
    ["for talk where a question is open", comment("Tabs."), asking, true],
    ["for a review", review(), opened, true],
    ["not for a review where there is no ticket", review(), [], false],
    ["for a proof that is to run again", changed("coop/proof rerequested", "pull"), opened, true],
    ["not for that where there is no ticket", changed("coop/proof rerequested", "pull"), [], false],
    ["not for another change", changed("check_run completed", "checks"), opened, false],
    ["not for a bot", comment("/coop status", { by: BOT }), planned, false],
    ["not for what was heard before", comment("/coop approve", { source: sourceIn(planned) }), planned, false],
  ])("%s", async (_what, payload, ledger, isAsked) => {
    const { asked } = await heard(payload, { ledger });
    expect(asked.filter((one) => one.startsWith("permission"))).toEqual(isAsked ? ["permission of mona 1"] : []);
  });

  it("and a question that fails is a no", async () => {
    const { added, signs, other } = await heard(comment("/coop stop"), { ledger: planned, permission: "broken" });
    expect(added).toMatchObject([{ kind: "commanded", data: { outcome: "refused", verb: "stop" } }]);
    expect(signs).toEqual(["eyes 50", "confused 50"]);
    expect(other).toContain("permission could not be asked");
  });
});

function sourceIn(ledger: readonly Entry[]): string {
  return [...aTicket(ledger).sources][0] ?? "";
}

describe("inline comments are read", () => {
  it.each<[string, object, readonly Entry[], boolean]>([
    ["of a review of a ticket", review(), opened, true],
    ["not where it has ended", review(), merged, false],
    ["not where there is no ticket", review(), [], false],
    ["not for a comment", comment("/coop status"), opened, false],
  ])("%s", async (_what, payload, ledger, isRead) => {
    expect((await heard(payload, { ledger })).asked.includes("inline of 13 4")).toBe(isRead);
  });
});

describe("a pull request that is to be reviewed", () => {
  const [head, base, fork] = ["a", "b", "c"].map((one) => one.repeat(40));
  const there = { headSha: head, baseSha: base, headBranch: "feature", baseBranch: "main" };
  const on = (over: object = {}) => comment("/coop review", { issue: { ...ISSUE, number: 9, isPullRequest: true }, ...over }); // prettier-ignore
  it.each<[string, object, Given, readonly string[]]>([
    ["is looked at, and where it left its base", on(), { pull: there }, ["pull 9", `fork of ${base} and ${head}`]],
    ["may be gone", on(), { pull: "gone" }, ["pull 9"]],
    ["is none of an issue", comment("/coop review"), {}, []],
    ["is none of a ticket", on(), { ledger: planned }, []],
  ])("%s", async (_what, payload, given, asked) => {
    const found = await heard(payload, given);
    expect(found.asked.filter((one) => !one.startsWith("permission"))).toEqual(asked);
  });

  it("opens a ticket from there, unless that place is gone", async () => {
    const { added, other } = await heard(on(), { pull: there, mergeBase: fork ?? "" });
    expect(added[0]).toMatchObject({ kind: "opened", data: { pull: { number: 9, headSha: head, branch: "feature", baseSha: fork, baseBranch: "main" } } }); // prettier-ignore
    expect(other).toContain("keeps true");
    expect((await heard(on(), { pull: there, mergeBase: "gone" })).kinds).toEqual([]);
  });

  it("is proven alone at a word, in another lane", async () => {
    const { other, signs } = await heard(on({ body: "/coop proof" }), { pull: there });
    expect(other).toEqual(["brings acme/tally#9", "nudges guard acme/tally#9"]);
    expect(signs).toEqual(["eyes 50"]);
  });
});

describe("what people saw when they spoke", () => {
  const seq = planned.length;
  const posted = (over: object = {}) => [{ state: "posted", place: "issue", remoteId: 60, firstSeq: seq, ...over }];
  it.each<[string, Given, boolean]>([
    ["all that stood then", {}, true],
    ["not what was written since", { ledgerLength: seq - 1 }, false],
    ["not what a later comment says", { published: posted() }, false],
    ["what an earlier comment says", { published: posted({ remoteId: 50 }) }, true],
    ["what is only to be said later", { published: posted({ state: "intended" }) }, true],
    ["what stands in a review, which is numbered by itself", { published: posted({ place: "review" }) }, true],
  ])("%s", async (_what, given, isSeen) => {
    const { kinds, added } = await heard(comment("/coop approve"), { ledger: planned, ...given });
    expect([kinds[0], added[0]?.data["outcome"]]).toEqual(isSeen ? ["plan_approved", undefined] : ["commanded", "refused"]); // prettier-ignore
  });

  it("all that was there when the ledger was rebuilt", async () => {
    const ledger = entriesOf([...planned, draft("ledger_rebuilt", { entries: seq })] as never, { after: planned });
    const late = { ledger, ledgerLength: 1 };
    expect((await heard(comment("/coop approve"), late)).kinds[0]).toBe("plan_approved");
    const published = posted({ firstSeq: seq + 1 });
    expect((await heard(comment("/coop approve"), { ledger, published })).kinds[0]).toBe("plan_approved");
  });
});

describe("what fails", () => {
  const broken = new Error("broken");
  const refused = new ForgeAway("no", null, "not-done", "refused");
  const standing = entriesOf([...planned, draft("halted", { reason: "github-refused" })] as never, { after: planned });
  const last = 2;

  it.each<[string, Given, boolean]>([
    ["is heard again", { broken, failedBefore: last - 1, ledger: opened }, false],
    ["is set aside after some tries", { broken, failedBefore: last, ledger: opened }, true],
    ["waits for a forge that is away", { broken: new ForgeAway("away", null, "not-done"), failedBefore: 9, ledger: opened }, false],
    ["waits where it refuses", { broken: refused, failedBefore: 9, ledger: planned }, false],
    ["is set aside where that is why the ticket stands still", { broken: refused, failedBefore: last, ledger: standing }, true],
    ["waits for one that is away, also there", { broken: new ForgeAway("away", null, "not-done"), failedBefore: 9, ledger: standing }, false],
  ])("%s", async (_what, given, isAside) => {
    const found = await heard(review(), { ...given });
    expect(found.outcome).toEqual(isAside ? "go-on" : given.broken);
    expect(found.aside.length > 0).toBe(isAside);
    expect(found.added).toMatchObject(isAside ? [{ kind: "commanded", data: { by: "mona", source: "s:1", verb: "?", args: "", outcome: "refused", reply: expect.stringContaining("3 times") } }] : []);
  }); // prettier-ignore

  it("is told to nobody where nobody said anything, and not twice", async () => {
    const away = { broken, failedBefore: last };
    const change = await heard(changed("issue edited", "issue"), { ...away, ledger: opened });
    expect([change.kinds, change.aside]).toEqual([[], ["aside s:1: broken"]]);
    const stale = await heard(review(), { ...away, ledger: opened, isStale: true });
    expect([stale.outcome, stale.aside]).toEqual(["stale", []]);
    const nameless = await heard(review({ by: { ...MONA, login: "" } }), { ...away, ledger: opened });
    expect(nameless.added[0]?.data["by"]).toBe("somebody");
  });

  it("is set aside at once where it cannot be read", async () => {
    const { outcome, aside } = await heard({ kind: "sung" });
    expect([outcome, aside]).toEqual(["go-on", [expect.stringMatching(/^aside s:1: .*does not know/)]]);
  });
});

describe("what changed", () => {
  it.each<[string, object, readonly Entry[], object]>([
    ["a push names who pushed", changed("pull synchronize", "pull"), opened, { view: { pusher: { by: "mona" } }, asked: ["pull 13"] }],
    ["so does its other event", changed("push to coop/12-x", "pull"), opened, { view: { pusher: { by: "mona" } } }],
    ["a push of ours names nobody", changed("pull synchronize", "pull", BOT), opened, { view: { pusher: null }, asked: [] }],
    ["another change of it names nobody", changed("pull closed", "pull"), opened, { view: { pusher: null, editor: null } }],
    ["an edit names who edited", changed("pull edited", "pull"), opened, { view: { editor: "mona", pusher: null } }],
    ["an edit by a bot names nobody", changed("pull edited", "pull", BOT), opened, { view: { editor: null } }],
    ["another base is noted that is gone again", { ...changed("pull edited", "pull"), base: "next" }, opened, { kinds: ["base_changed"] }],
    ["a base that it has is not", { ...changed("pull edited", "pull"), base: "main" }, opened, { kinds: [] }],
    ["an issue is looked at", changed("issue edited", "issue"), opened, { asked: ["issue 12"] }],
    ["an issue of what ended is not", changed("issue edited", "issue"), merged, { asked: [] }],
    ["a thread is checked", changed("comment edited", "thread"), opened, { outcome: "check-thread", asked: [] }],
    ["checks are only said to have changed", changed("check_run completed", "checks"), opened, { view: { checksStirred: "yes" }, asked: [] }],
    ["an issue says nothing of checks", changed("issue edited", "issue"), opened, { view: { checksStirred: "no" } }],
  ])("%s", async (_what, payload, ledger, found) => {
    expect(await heard(payload, { ledger, pull: { state: "open", headSha: aTicket(opened).change?.headSha, baseBranch: "main" } })).toMatchObject({ outcome: "go-on", aside: ["handled s:1"], ...found });
  }); // prettier-ignore
});

describe("answers", () => {
  it("to several commands come one after the other, each on the ticket as the one before left it", async () => {
    const { kinds, signs, aside } = await heard(comment("/coop approve\n/coop stop"), { ledger: planned });
    expect(kinds.slice(0, 2)).toEqual(["plan_approved", "stopped"]);
    expect(signs).toEqual(["eyes 50", "+1 50", "+1 50"]);
    expect(aside).toEqual(["handled s:1"]);
  });

  it("that somebody else forestalled are given again", async () => {
    for (const body of ["/coop stop", "/coop status", "/coop approve now please"]) {
      const { outcome, aside, signs } = await heard(comment(body), { ledger: planned, isStale: true });
      expect([outcome, aside, signs]).toEqual(["stale", [], ["eyes 50"]]);
    }
  });

  it("keep the words of what becomes a ticket, and of nothing else", async () => {
    const first = await heard(label("coop"), {});
    expect([first.kinds, first.other.includes("keeps true"), first.signs]).toEqual([["opened"], true, []]);
    const later = await heard(comment("/coop stop"), { ledger: planned });
    expect(later.other.includes("keeps true")).toBe(false);
  });

  it("are given off tickets in one comment", async () => {
    const { said, kinds, outcome } = await heard(comment("/coop help"), {});
    expect([said.length, said[0]?.startsWith("12: "), kinds, outcome]).toEqual([1, true, [], "go-on"]);
  });

  it("look at an issue in a webhook only where nothing was written since", async () => {
    expect((await heard(comment("Hm."), { ledger: planned })).view.issue).toMatchObject({ title: "T" });
    expect((await heard(comment("Hm."), { ledger: planned, ledgerLength: planned.length - 1 })).view.issue).toBe(null);
  });
});

import { describe, expect, it } from "@jest/globals";
import { aFinding, entriesOf, storyDrafts } from "../../test/support/builders.ts";
import type { RepositoryAccess, Since } from "../forge/forge-app.ts";
import type { InboxItem } from "../store/inbox-store.ts";
import type { IndexedTicket } from "../store/ticket-index.ts";
import { type Depth, sweep, type Sweep } from "./sweep.ts";

/** What webhooks missed: comments, changes, thumbs and tickets that only the sweep finds. */
const NOW = new Date("2026-03-10T12:00:00Z");
const MONA = { login: "mona", id: 1, type: "User" };
const row = (issueNumber: number, pullNumber: number | null = null, repository = "acme/tally"): IndexedTicket => ({
  ...{ ticket: `${repository}#${issueNumber}` as never, repository, issueNumber, pullNumber, headSha: null },
  ...{ installationId: 1, phase: "reviewing", standing: "open", updatedAt: NOW, shown: null },
});
const comment = (over: object = {}) => ({ id: 5, issueNumber: 12, author: MONA, appId: null, edited: false, body: "/coop stop", ...over }); // prettier-ignore

type Given = {
  readonly open?: readonly IndexedTicket[];
  readonly comments?: readonly object[];
  readonly changes?: readonly object[];
  readonly thumbs?: readonly object[];
  readonly permission?: string;
  readonly failed?: readonly object[];
  readonly known?: readonly string[];
  readonly refused?: readonly number[];
  readonly labelled?: readonly number[];
  readonly waiting?: readonly string[];
  readonly dead?: readonly { readonly ticket: string; readonly lane: string }[];
  readonly broken?: string;
  readonly state?: "active" | "suspended";
  /** What sweeps before noted, by name and kind. */
  readonly marks?: Map<string, string>;
  /** Sources that were heard before. */
  readonly heard?: readonly string[];
  readonly seenAs?: string | null;
  readonly now?: Date;
};

async function swept(
  given: Given = {},
  depth: Depth = "light",
  over: Partial<Sweep> = {},
  signal = new AbortController().signal,
) {
  const [told, inbox, sinces]: [string[], InboxItem[], string[]] = [[], [], []];
  const { open = [row(12, 13)], comments = [], changes = [], thumbs = [], failed = [], labelled = [] } = given;
  const { marks = new Map<string, string>() } = given;
  const read = (name: string, found: readonly unknown[]) => async (repository: RepositoryAccess, since: string) => {
    if (given.broken === name) throw new Error("away");
    told.push(`${name} ${repository.owner}/${repository.name}`);
    sinces.push(since);
    return found;
  };
  const reading = (name: string, found: readonly unknown[]) => async (at: RepositoryAccess, since: Since) => {
    const all = await read(name, found)(at, since.iso);
    const mark = given.seenAs ?? null;
    return mark !== null && since.seen === mark ? ("unchanged" as const) : { found: all, mark };
  };
  const world = {
    now: () => given.now ?? NOW,
    projections: {
      get: async (key: string, kind: string) => (marks.has(`${key} ${kind}`) ? { remoteId: null, bodySha256: marks.get(`${key} ${kind}`) } : null), // prettier-ignore
      put: async (key: string, kind: string, { bodySha256 }: { bodySha256: string }) => void marks.set(`${key} ${kind}`, bodySha256), // prettier-ignore
    },
    log: { info: () => undefined, warn: ({ what }: { what: string }) => told.push(`failed: ${what}`) },
    index: { open: async () => open, get: async (key: string) => open.find(({ ticket }) => ticket === key) ?? null },
    inbox: {
      add: async (items: readonly InboxItem[]) => inbox.push(...items),
      pending: async () => [],
      said: async (_key: string, source: string) => (given.heard?.includes(source) ? {} : null),
      ticketsPending: async () => given.waiting ?? [],
    },
    repositories: {
      placesOf: async (names: readonly string[]) => new Map(names.map((one, at) => [one, { owner: "acme", name: one.split("/")[1], installationId: 1, repositoryId: at }])), // prettier-ignore
      note: async () => new Map([[9, "old/name"]]),
    },
    nudge: async (ticket: string, { lane }: { lane: string }) => void told.push(`nudges ${lane} ${ticket}`),
    ledgers: { read: async () => entriesOf(storyDrafts().slice(0, 7)) },
    forge: () => ({ permission: async () => given.permission ?? "write" }),
  };
  const app = {
    installations: async () => [{ id: 1, state: given.state ?? "active" }, { id: 2, state: "suspended" }], // prettier-ignore
    recentComments: read("comments", comments),
    changedSince: reading("changes", changes),
    objections: async (at: never, since: Since, _most: number, isAsked: (one: never) => Promise<boolean>) => {
      const told = await reading("thumbs", thumbs)(at, since);
      if (told === "unchanged") return told;
      const all = await Promise.all(told.found.map(async (one) => ((await isAsked(one as never)) ? [one] : []))); // prettier-ignore
      return { ...told, found: all.flat() };
    },
    failedDeliveries: async (since: string) => {
      if (given.broken === "deliveries") throw new Error("away");
      sinces.push(since);
      return failed;
    },
    redeliver: async (id: number) => {
      if (given.refused?.includes(id)) throw new Error("422");
      told.push(`asks for ${id}`);
    },
    repositories: async () => [{ owner: "acme", name: "name", forge: { kind: "github", installationId: 1, repositoryId: 9 } }], // prettier-ignore
    openIssuesWithLabels: async () => labelled.map((number) => ({ number })),
  };
  const parts = {
    ...{ world, app },
    deliveries: { known: async () => new Set(given.known ?? []) },
    prune: async () => ({ deliveries: told.push("prunes") && 0 }),
    queue: {
      dead: async () => given.dead ?? [],
      nudge: async (ticket: string, { lane }: { lane: string }) => void told.push(`queues ${lane} ${ticket}`),
    },
    ...over,
  };
  await sweep(parts as unknown as Sweep, depth, signal);
  const said = inbox.map(
    ({ ticket, source, payload }) => [ticket, source, payload as Record<string, unknown>] as const,
  );
  return { told, said, sinces, marks };
}

const LATELY = { number: 12, is: "issue", updatedAt: "2026-03-10T11:00:00Z" };

describe("comments that only the sweep finds", () => {
  it.each<[string, object, readonly string[]]>([
    ["below the issue", comment(), ["acme/tally#12 comment:5"]],
    ["below the pull request", comment({ issueNumber: 13 }), ["acme/tally#12 comment:5"]],
    ["elsewhere", comment({ issueNumber: 99 }), []],
    ["that were edited", comment({ edited: true }), []],
    ["of a bot", comment({ author: { ...MONA, type: "Bot" } }), []],
    ["that an App wrote with a person's token", comment({ appId: 7 }), []],
  ])("%s", async (_what, one, heard) => {
    const { said: all, sinces } = await swept({ comments: [one], changes: [LATELY] });
    const said = all.filter(([, source]) => source.startsWith("comment"));
    expect(said.map(([ticket, source]) => `${ticket} ${source}`)).toEqual(heard);
    expect(sinces).toContain("2026-03-09T12:00:00.000Z");
    if (heard.length > 0)
      expect(said[0]?.[2]).toMatchObject({
        ...{ kind: "commented", body: "/coop stop", by: MONA, commentId: 5, defaultBranch: "" },
        issue: { isPullRequest: (one as { issueNumber: number }).issueNumber === 13, state: "open", labels: [] },
      });
  });
});

describe("changes of which no webhook was sent", () => {
  it.each<[string, object, readonly string[]]>([
    ["a while ago", { number: 13, is: "pull", updatedAt: "2026-03-10T11:00:00Z" }, ["swept:13:2026-03-10T11:00:00Z"]],
    ["just now, which may go on", { number: 12, is: "issue", updatedAt: "2026-03-10T11:59:30Z" }, [`swept:12:2026-03-10T11:59:30Z:${NOW.getTime()}`]],
    ["a minute ago", { number: 12, is: "issue", updatedAt: "2026-03-10T11:59:00Z" }, ["swept:12:2026-03-10T11:59:00Z"]],
    ["of nobody's", { number: 99, is: "issue", updatedAt: "2026-03-10T11:00:00Z" }, []],
  ])("%s", async (_what, change, sources) => {
    const { said } = await swept({ changes: [change] });
    expect(said.map(([, source]) => source)).toEqual(sources);
    if (sources.length > 0) expect(said[0]?.[2]).toMatchObject({ kind: "changed", look: (change as { is: string }).is, by: { login: "github" } }); // prettier-ignore
  }); // prettier-ignore
});

describe("thumbs down", () => {
  const finding = aFinding().id;
  const thumb = { commentId: 70, pullNumber: 13, headline: `**\`${finding}\`** wrong`, by: MONA };
  it.each<[string, object, string, boolean]>([
    ["of somebody who may write", thumb, "write", true],
    ["of a maintainer", thumb, "maintain", true],
    ["of an administrator", thumb, "admin", true],
    ["of somebody who may only triage", thumb, "triage", false],
    ["of somebody who may read", thumb, "read", false],
    ["of nobody knows who", thumb, "unknown", false],
    ["below another finding", { ...thumb, headline: "**`R9-9`** wrong" }, "write", false],
    ["on another pull request", { ...thumb, pullNumber: 99 }, "write", false],
  ])("%s", async (_what, one, permission, heard) => {
    const { said } = await swept({ thumbs: [one], permission });
    expect(said.map(([, source, payload]) => [source, payload["body"]])).toEqual(
      heard ? [["inline:70/thumbs-down/1", `/coop dismiss ${finding} 👎 below the finding`]] : [],
    );
  });

  it("are not asked for where no ticket has a pull request", async () => {
    expect((await swept({ open: [row(12)] })).told).not.toContain("thumbs acme/tally");
  });
});

describe("what changed since the sweep before", () => {
  const SWEPT = `swept:12:${LATELY.updatedAt}`;
  it("is read from where that one ended, a little before", async () => {
    const { marks, sinces } = await swept({ changes: [LATELY] });
    expect(sinces[1]).toBe("2026-03-09T12:00:00.000Z");
    const later = await swept({ changes: [LATELY], marks, heard: [SWEPT] });
    expect(later.sinces[1]).toBe("2026-03-10T10:58:00.000Z");
    expect(later.said).toEqual([]);
    expect(later.told).not.toContain("comments acme/tally");
  });

  it("is read from a week ago by a server that was away for longer", async () => {
    const marks = new Map([["acme/tally swept to", "2026-01-01T00:00:00Z"]]);
    expect((await swept({ marks })).sinces[1]).toBe("2026-03-03T12:00:00.000Z");
  });

  it("is not read again while GitHub says that nothing did", async () => {
    const { marks } = await swept({ changes: [LATELY], seenAs: 'W/"a"' });
    const second = await swept({ changes: [LATELY], seenAs: 'W/"a"', marks, heard: [SWEPT] });
    const third = await swept({ changes: [LATELY], seenAs: 'W/"a"', marks: second.marks, comments: [comment()] });
    expect([third.said, third.told.filter((one) => one.startsWith("comments"))]).toEqual([[], []]);
  });

  it("is read again where its comments could not be", async () => {
    const { marks, said } = await swept({ changes: [LATELY], comments: [comment()], broken: "comments" });
    expect(said).toEqual([]);
    const again = await swept({ changes: [LATELY], comments: [comment()], marks });
    expect(again.said.map(([, source]) => source)).toEqual(["comment:5", SWEPT]);
  });
});

describe("a sweep", () => {
  it("reads where tickets are open, and comments where one changed; nudges them and whoever waits; and prunes", async () => {
    const open = [row(12, 13), row(3, null, "acme/other")];
    const { told } = await swept({ open, changes: [{ ...LATELY, number: 3 }], waiting: ["acme/tally#40"] });
    expect(told).toEqual([
      ...["changes acme/tally", "thumbs acme/tally", "changes acme/other", "comments acme/other"],
      ...["queues hearing acme/tally#40", "queues guard acme/tally#40"],
      ...["queues work acme/tally#12", "queues work acme/other#3", "prunes"],
    ]);
  });

  it("looks at each ticket that waits for a person some times a day, at those at work each time, at all after a start", async () => {
    const open = [...Array(100).keys()].map((at) => ({ ...row(at + 1), phase: "ready" }));
    const marks = new Map<string, string>();
    const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000);
    const nudged = async (given: Given, depth: Depth = "light") =>
      (await swept({ marks, ...given }, depth)).told.filter((one) => one.startsWith("queues"));
    expect(await nudged({ open })).toHaveLength(100);
    const times: string[] = [];
    for (let at = 10; at <= 360; at += 10) {
      const told = await nudged({ open: [...open, row(999)], now: minutes(at) });
      expect(told.length).toBeLessThan(15);
      expect(told).toContain("queues work acme/tally#999");
      times.push(...told.filter((one) => !one.includes("#999")));
    }
    expect(times.sort()).toEqual(open.map(({ ticket }) => `queues work ${ticket}`).sort());
    expect(await nudged({ open, now: minutes(361) }, "full")).toHaveLength(100);
  });

  it("tries again what is stuck, each time", async () => {
    const marks = new Map([["sweep begun", NOW.toISOString()]]);
    const dead = [{ ticket: "acme/tally#40", lane: "guard" }];
    expect((await swept({ open: [], dead, marks })).told).toEqual(["queues guard acme/tally#40", "prunes"]);
    // Those that failed last, which are named first, make room for those that nobody has tried for longer.
    const many = Array.from({ length: 260 }, (_, at) => ({ ticket: `acme/tally#${260 - at}`, lane: "work" }));
    expect((await swept({ open: [], dead: many, marks })).told).toEqual([...many.slice(60).map(({ ticket }) => `queues work ${ticket}`), "prunes"]); // prettier-ignore
  });

  it("hears at once what it has just found, and asks once an hour for what waits since before", async () => {
    const marks = new Map([["sweep begun", new Date(NOW.getTime() - 60_000).toISOString()]]);
    const hours = async (waiting: readonly string[]) => {
      const told: string[] = [];
      for (let at = 0; at < 6; at++)
        told.push(...(await swept({ open: [], waiting, marks, now: new Date(NOW.getTime() + at * 600_000) })).told);
      return told.filter((one) => one === "queues hearing acme/tally#40");
    };
    expect(await hours(["acme/tally#40"])).toHaveLength(1);
  });

  it("goes on where one part fails", async () => {
    const { told } = await swept({ broken: "changes" });
    expect(told).toEqual(["failed: acme/tally", "thumbs acme/tally", "queues work acme/tally#12", "prunes"]); // prettier-ignore
  });

  it("reads nothing of an account that suspended the App, nor when it has to end", async () => {
    expect((await swept({ state: "suspended" })).told).toEqual(["queues work acme/tally#12", "prunes"]);
    expect((await swept({}, "light", {}, AbortSignal.abort())).told).toEqual(["queues work acme/tally#12", "prunes"]);
  });

  it("asks for lost deliveries of three days again, unless they came or are fetched", async () => {
    const failed = [{ id: 1, guid: "a", event: "issues" }, { id: 2, guid: "b", event: "issues" }]; // prettier-ignore
    const { told, sinces, marks } = await swept({ open: [], failed, known: ["a"] });
    expect([told, sinces]).toEqual([["asks for 2", "prunes"], ["2026-03-07T12:00:00.000Z"]]);
    // Later those since the sweep before, a little before it; all again after a start.
    expect((await swept({ open: [], failed, marks })).sinces).toEqual(["2026-03-10T11:50:00.000Z"]);
    expect((await swept({ open: [], failed, marks }, "full")).sinces).toContain("2026-03-07T12:00:00.000Z");
    expect((await swept({ open: [], failed }, "light", { lost: "are polled" })).told).toEqual(["prunes"]);
    const missed = await swept({ open: [] }, "light", { missed: () => Promise.reject(new Error("away")) });
    expect(missed.told).toEqual(["failed: labels", "prunes"]);
  });

  it("asks again for the same span until each delivery of it was asked for, and believes no mark of a clock that was ahead", async () => {
    const failed = [1, 2, 3].map((id) => ({ id, guid: `${id}`, event: "issues" }));
    const later = new Date(NOW.getTime() + 30 * 60_000);
    const from = async (given: Given) => (await swept({ open: [], failed, marks, now: later, ...given })).sinces;
    const { marks } = await swept({ open: [], failed, refused: [2] });
    expect((await swept({ open: [], failed, marks, refused: [2] })).told.sort()).toEqual(["asks for 1", "asks for 3", "failed: delivery 2", "prunes"]); // prettier-ignore
    expect(await from({ broken: "deliveries" })).toEqual([]);
    expect([await from({}), await from({})]).toEqual([["2026-03-07T12:30:00.000Z"], ["2026-03-10T12:20:00.000Z"]]);
    expect(await from({ now: NOW })).toEqual(["2026-03-07T12:00:00.000Z"]);
  });

  it("looks for tickets that the database lost after a start, under the name that they were kept by", async () => {
    const known = row(21, null, "old/name");
    const { said, told } = await swept({ open: [known], labelled: [20, 21] }, "full");
    expect(said.map(([ticket, source]) => `${ticket} ${source}`)).toEqual(["old/name#20 rebuild:20"]);
    expect(told).toContain("nudges hearing old/name#20");
    expect((await swept({ open: [], labelled: [20] })).said).toEqual([]);
  });
});

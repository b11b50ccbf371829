import { describe, expect, it } from "@jest/globals";
import { aFinding, entriesOf, storyDrafts } from "../../test/support/builders.ts";
import type { RepositoryAccess } from "../forge/forge-app.ts";
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
  readonly labelled?: readonly number[];
  readonly waiting?: readonly string[];
  readonly broken?: string;
  readonly state?: "active" | "suspended";
};

async function swept(
  given: Given = {},
  depth: Depth = "light",
  over: Partial<Sweep> = {},
  signal = new AbortController().signal,
) {
  const [told, inbox, sinces]: [string[], InboxItem[], string[]] = [[], [], []];
  const { open = [row(12, 13)], comments = [], changes = [], thumbs = [], failed = [], labelled = [] } = given;
  const read = (name: string, found: readonly unknown[]) => async (repository: RepositoryAccess, since: string) => {
    if (given.broken === name) throw new Error("away");
    told.push(`${name} ${repository.owner}/${repository.name}`);
    sinces.push(since);
    return found;
  };
  const world = {
    now: () => NOW,
    log: { info: () => undefined, warn: ({ what }: { what: string }) => told.push(`failed: ${what}`) },
    index: { open: async () => open, get: async (key: string) => open.find(({ ticket }) => ticket === key) ?? null },
    inbox: {
      add: async (items: readonly InboxItem[]) => inbox.push(...items),
      pending: async () => [],
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
    changedSince: read("changes", changes),
    objections: async (at: never, since: never, _most: number, isAsked: (one: never) => Promise<boolean>) => {
      const all = await Promise.all((await read("thumbs", thumbs)(at, since)).map(async (one) => ((await isAsked(one as never)) ? [one] : []))); // prettier-ignore
      return all.flat();
    },
    failedDeliveries: async (since: string) => {
      sinces.push(since);
      return failed;
    },
    redeliver: async (id: number) => void told.push(`asks for ${id}`),
    repositories: async () => [{ owner: "acme", name: "name", forge: { kind: "github", installationId: 1, repositoryId: 9 } }], // prettier-ignore
    openIssuesWithLabels: async () => labelled.map((number) => ({ number })),
  };
  const parts = {
    ...{ world, app },
    deliveries: { known: async () => new Set(given.known ?? []) },
    prune: async () => ({ deliveries: told.push("prunes") && 0 }),
    queue: { nudge: async (ticket: string, { lane }: { lane: string }) => void told.push(`queues ${lane} ${ticket}`) },
    ...over,
  };
  await sweep(parts as unknown as Sweep, depth, signal);
  const said = inbox.map(
    ({ ticket, source, payload }) => [ticket, source, payload as Record<string, unknown>] as const,
  );
  return { told, said, sinces };
}

describe("comments that only the sweep finds", () => {
  it.each<[string, object, readonly string[]]>([
    ["below the issue", comment(), ["acme/tally#12 comment:5"]],
    ["below the pull request", comment({ issueNumber: 13 }), ["acme/tally#12 comment:5"]],
    ["elsewhere", comment({ issueNumber: 99 }), []],
    ["that were edited", comment({ edited: true }), []],
    ["of a bot", comment({ author: { ...MONA, type: "Bot" } }), []],
    ["that an App wrote with a person's token", comment({ appId: 7 }), []],
  ])("%s", async (_what, one, heard) => {
    const { said, sinces } = await swept({ comments: [one] });
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

describe("a sweep", () => {
  it("reads where tickets are open, nudges them and whoever waits to be heard, and prunes", async () => {
    const { told } = await swept({ open: [row(12, 13), row(3, null, "acme/other")], waiting: ["acme/tally#40"] });
    expect(told).toEqual([
      ...[
        "comments acme/tally",
        "changes acme/tally",
        "thumbs acme/tally",
        "comments acme/other",
        "changes acme/other",
      ],
      ...["queues hearing acme/tally#40", "queues guard acme/tally#40"],
      ...["queues work acme/tally#12", "queues work acme/other#3", "prunes"],
    ]);
  });

  it("goes on where one part fails", async () => {
    const { told } = await swept({ broken: "comments" });
    expect(told).toEqual(["failed: acme/tally", "changes acme/tally", "thumbs acme/tally", "queues work acme/tally#12", "prunes"]); // prettier-ignore
  });

  it("reads nothing of an account that suspended the App, nor when it has to end", async () => {
    expect((await swept({ state: "suspended" })).told).toEqual(["queues work acme/tally#12", "prunes"]);
    expect((await swept({}, "light", {}, AbortSignal.abort())).told).toEqual(["queues work acme/tally#12", "prunes"]);
  });

  it("asks for lost deliveries of three days again, unless they came or are fetched", async () => {
    const failed = [{ id: 1, guid: "a", event: "issues" }, { id: 2, guid: "b", event: "issues" }]; // prettier-ignore
    const { told, sinces } = await swept({ open: [], failed, known: ["a"] });
    expect([told, sinces]).toEqual([["asks for 2", "prunes"], ["2026-03-07T12:00:00.000Z"]]);
    expect((await swept({ open: [], failed }, "light", { lost: "are polled" })).told).toEqual(["prunes"]);
    const missed = await swept({ open: [] }, "light", { missed: () => Promise.reject(new Error("away")) });
    expect(missed.told).toEqual(["failed: labels", "prunes"]);
  });

  it("looks for tickets that the database lost after a start, under the name that they were kept by", async () => {
    const known = row(21, null, "old/name");
    const { said, told } = await swept({ open: [known], labelled: [20, 21] }, "full");
    expect(said.map(([ticket, source]) => `${ticket} ${source}`)).toEqual(["old/name#20 rebuild:20"]);
    expect(told).toContain("nudges hearing old/name#20");
    expect((await swept({ open: [], labelled: [20] })).said).toEqual([]);
  });
});

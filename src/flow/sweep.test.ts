import { describe, expect, it } from "@jest/globals";
import { aFinding } from "../../test/support/builders.ts";
import { comment, type Given, LATELY, MONA, NOW, row, swept } from "./sweep.fixture.ts";
import type { Depth } from "./sweep.ts";

/** What webhooks missed: comments, changes, thumbs and tickets that only the sweep finds. */
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

  it("are looked for a week back, from the beginning of a day, so that the question stays the same for a day", async () => {
    expect((await swept({ thumbs: [] })).sinces).toContain("2026-03-03T00:00:00.000Z");
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
      ...["queues hearing acme/tally#40", "queues hearing acme/other#3"],
      ...["queues guard acme/tally#40", "queues guard acme/other#3"],
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
    // At this moment it is not the turn of what waits since before.
    const before = () => new Map([["sweep begun", new Date(NOW.getTime() - 60_000).toISOString()]]);
    const hearing = async (given: Given) =>
      (await swept({ ...given, marks: before() })).told.filter((one) => /^queues (?:hearing|guard)/.test(one));
    expect(await hearing({ waiting: ["acme/tally#12"] })).toEqual([]);
    const both = ["queues hearing acme/tally#12", "queues guard acme/tally#12"];
    expect(await hearing({ changes: [LATELY], comments: [comment()] })).toEqual(both);
    expect(await hearing({ changes: [LATELY], waiting: ["acme/tally#12"] })).toEqual([]);
  });

  it("goes on where one part fails", async () => {
    const { told } = await swept({ broken: "changes" });
    expect(told).toEqual(["failed: acme/tally", "thumbs acme/tally", "queues work acme/tally#12", "prunes"]); // prettier-ignore
  });

  it("reads nothing of an account that suspended the App, nor when it has to end", async () => {
    expect((await swept({ state: "suspended" })).told).toEqual(["queues work acme/tally#12", "prunes"]);
    expect((await swept({}, "light", {}, AbortSignal.abort())).told).toEqual(["queues work acme/tally#12", "prunes"]);
  });

  it("looks for tickets that the database lost after a start, under the name that they were kept by", async () => {
    const known = row(21, null, "old/name");
    const { said, told } = await swept({ open: [known], labelled: [20, 21] }, "full");
    expect(said.map(([ticket, source]) => `${ticket} ${source}`)).toEqual(["old/name#20 rebuild:20"]);
    expect(told).toContain("nudges hearing old/name#20");
    expect((await swept({ open: [], labelled: [20] })).said).toEqual([]);
    expect((await swept({ open: [], labelled: [20], quiet: true }, "full")).said).toEqual([]);
  });
});

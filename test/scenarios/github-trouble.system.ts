import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import { serverSchema } from "../../src/server-file.ts";
import type { Failure } from "../../src/github-double/failures.ts";
import { closeShared, type Stage, strike } from "../support/scenario.ts";
import {
  fixed,
  fixes,
  ISSUE,
  labelled,
  loudStory,
  NAMED,
  NAMELESS,
  NAMELESS_ID,
  pullOf,
  raiseChecked,
  resolved,
  says,
  sees,
  words,
  write,
} from "../support/stories.ts";

afterEach(strike);
afterAll(closeShared);

let offsetMs = 0;
const now = () => new Date(Date.now() + offsetMs);
const comments = (stage: Stage) =>
  [...stage.repo.numbers("issue"), ...stage.repo.numbers("pull")].flatMap((one) => stage.said(one));
/** Ledger markers and status comments stand once each. */
const doubled = (texts: readonly string[]) => {
  const marks = texts.map((text) => /<!-- coop:(?:ledger|status)[\s\S]*?-->/.exec(text)?.[0] ?? text);
  return marks.filter((mark, index) => marks.indexOf(mark) < index);
};

/** Looks at the ticket, minute by minute, until it has come as far as that. */
const until = async (stage: Stage, issue: number, phase: string, stepMs = 61_000) => {
  for (let minute = 0; minute < 12 && (await stage.phase(issue).catch(() => "none")) !== phase; minute++) {
    offsetMs += stepMs;
    await stage.wake(issue);
  }
  return stage.phase(issue);
};

describe("an answer of GitHub that is lost after the act", () => {
  const lost: readonly [string, Failure][] = [
    ["a comment", { method: "POST", path: /issues\/\d+\/comments$/, times: 3, status: 502, after: "done" }],
    ["a review", { method: "POST", path: /pulls\/\d+\/reviews$/, times: 2, status: 502, after: "done" }],
    ["a pull request", { method: "POST", path: /\/pulls$/, times: 1, status: 502, after: "done" }],
    ["a branch", { method: "POST", path: /git\/refs$/, times: 1, status: 502, after: "done" }],
    ["a check run", { method: "POST", path: /check-runs$/, times: 2, status: 502, after: "done" }],
    ["the merge", { method: "PUT", path: /\/merge$/, times: 1, status: 502, after: "done" }],
  ];
  it.each(lost)("makes nothing twice: %s", async (_, failure) => {
    const stage = await raiseChecked(loudStory(), {}, { now });
    stage.forge.fail(failure);
    const issue = await labelled(stage);
    expect(await until(stage, issue, "ready")).toBe("ready");
    const pulls = stage.repo.numbers("pull");
    expect(pulls).toHaveLength(1);
    const pull = pulls[0] ?? 0;
    await says(stage, "mona", pull, "/coop approve");
    expect(await until(stage, issue, "merged")).toBe("merged");
    expect(doubled(comments(stage))).toEqual([]);
    expect(stage.repo.pull(pull).reviews).toHaveLength(1);
    const checks = stage.repo.checks(stage.repo.pull(pull).headSha).map((check) => check.name);
    expect(checks.toSorted()).toEqual(["ci/test", "coop/adversary", "coop/proof", "coop/review"]);
    expect((await stage.kinds(issue)).filter((kind) => kind === "step_failed" || kind === "halted")).toEqual([]);
  });
});

describe("a GitHub that does not serve us", () => {
  it("waits as long as a rate limit says, then goes on", async () => {
    const stage = await raiseChecked(loudStory(), {}, { now });
    const headers = { "retry-after": "30" };
    stage.forge.fail({
      method: "POST",
      path: /\/comments$/,
      times: 1,
      status: 403,
      message: "You have exceeded a secondary rate limit",
      headers,
    });
    const issue = await labelled(stage);
    const before = stage.forge.requests.length;
    // The first sign is only given once the policy is known, which may want none.
    expect(await stage.kinds(issue)).toEqual(["opened", "routed"]);
    for (let knock = 0; knock < 3; knock++) await stage.wake(issue);
    expect(stage.forge.requests.length).toBe(before);
    expect(await until(stage, issue, "ready")).toBe("ready");
    expect(doubled(comments(stage))).toEqual([]);
  });

  it("is asked no faster than its limits allow, and what counts stands in the database for all workers", async () => {
    const limits = { ticketsAtOnce: 2, githubWriteSpacingMs: 5, sweepMinutes: 1440 };
    const config = { server: serverSchema.parse({ limits, sandbox: { driver: "auto" } }) };
    const stage = await raiseChecked(loudStory(), {}, { config, forge: { secondary: {} } });
    const issue = await labelled(stage);
    expect(await stage.phase(issue)).toBe("ready");
    expect(stage.forge.limitsBroken.filter(({ limit }) => limit !== "betweenWritesMs")).toEqual([]);
    const paces = (await stage.sql("SELECT state FROM paces WHERE name LIKE 'installation-%'")) as { state: string }[];
    const counted = JSON.parse(paces[0]?.state ?? "{}") as { createsOfHour: [number, number][] };
    const creates = counted.createsOfHour.reduce((all, [, count]) => all + count, 0);
    expect(creates).toBe(stage.forge.counts().contentCreating);
  });

  it("takes a permission that cannot be asked for a no, and says so", async () => {
    const stage = await raiseChecked(loudStory(), {}, { now });
    stage.forge.fail({ method: "GET", path: /\/permission$/, times: 2, status: 404 });
    const issue = stage.repo.openIssue("mona", ISSUE);
    stage.repo.addLabel("mona", issue, "coop");
    await stage.settle();
    expect(await stage.entries(issue)).toEqual([]);
    expect(stage.said(issue).join("\n")).toContain("GitHub did not say whether you may write to this repository");
    stage.repo.removeLabel("mona", issue, "coop");
    stage.repo.addLabel("mona", issue, "coop");
    await stage.settle();
    expect(await stage.phase(issue)).toBe("ready");
  });

  it.each([404, 422])("takes no commit that is not shown yet (%d) for a deleted branch", async (status) => {
    const stage = await raiseChecked(loudStory(), {}, { now, readRetryMs: 0 });
    stage.forge.fail({ method: "GET", path: /\/(?:commits|compare)\/[^/]+$/, times: 2, status, message: "Not Found" });
    const issue = await labelled(stage);
    expect(await stage.phase(issue)).toBe("ready");
    expect(await stage.kinds(issue)).not.toContain("halted");
  });

  it("goes on by itself when it was down for a while", async () => {
    const stage = await raiseChecked(loudStory(), {}, { now });
    for (const method of ["GET", "POST", "PATCH", "DELETE", "PUT"])
      stage.forge.fail({ method, path: /./, times: 12, status: 503 });
    const issue = stage.repo.openIssue("mona", ISSUE);
    stage.repo.addLabel("mona", issue, "coop");
    await stage.settle();
    stage.forge.clearFailures();
    expect(await until(stage, issue, "ready")).toBe("ready");
    expect((await stage.app().queue.depth()).dead).toBe(0);
    expect(doubled(comments(stage))).toEqual([]);
  });
});

describe("a refusal that lasts", () => {
  const always = { times: 1_000, status: 403 };
  const lasting: readonly [string, readonly Failure[], string][] = [
    [
      "an archived repository",
      ["POST", "PATCH", "PUT", "DELETE"].map((method) => ({
        ...{ ...always, method, path: /^\/repos\// },
        message: "Repository was archived so is read-only.",
      })),
      "Repository was archived so is read-only.",
    ],
    [
      "a right that nobody gave",
      [
        {
          ...always,
          method: "POST",
          path: /\/pulls\/\d+\/reviews$/,
          message: "Resource not accessible by integration",
        },
      ],
      "Resource not accessible by integration",
    ],
    [
      "a tree that GitHub does not show",
      [{ ...always, status: 404, method: "GET", path: /git\/trees\//, message: "Not Found" }],
      "GitHub refused (404) while listing the files",
    ],
  ];
  it.each(lasting)(
    "ends in one halt with its sentence, and goes on when it is gone: %s",
    async (_, failures, sentence) => {
      const stage = await raiseChecked(loudStory(), {}, { now });
      for (const failure of failures) stage.forge.fail(failure);
      const issue = await labelled(stage);
      expect(await until(stage, issue, "blocked", 5 * 60_000)).toBe("blocked");
      const halts = async () => (await stage.entries(issue)).filter((entry) => entry.kind === "halted");
      expect(JSON.stringify(await halts())).toContain(sentence);
      const before = stage.forge.requests.length;
      for (let hour = 0; hour < 2; hour++) {
        offsetMs += 60 * 60_000;
        await stage.wake(issue);
      }
      expect(await halts()).toHaveLength(1);
      expect(stage.forge.requests.length - before).toBeLessThan(40);
      stage.forge.clearFailures();
      offsetMs += 2 * 60 * 60_000;
      await stage.wake(issue);
      expect(comments(stage).join("\n")).toContain(sentence);
      await says(stage, "mona", issue, "/coop retry");
      expect(await until(stage, issue, "ready")).toBe("ready");
      expect(doubled(comments(stage))).toEqual([]);
    },
  );

  it.each<["issue" | "pull"]>([["issue"], ["pull"]])(
    "of a locked conversation (%s) is said once, and the ticket goes on when it is unlocked",
    async (kind) => {
      const stage = await raiseChecked(loudStory(fixes(1, [], write("src/greet.js", NAMED))), {}, { now });
      const issue = stage.repo.openIssue("mona", ISSUE);
      if (kind === "issue") stage.repo.lock("acme", issue);
      stage.repo.addLabel("mona", issue, "coop");
      await stage.settle();
      if (kind === "pull") {
        expect(await stage.phase(issue)).toBe("ready");
        stage.repo.lock("acme", pullOf(stage));
        await says(stage, "mona", issue, "/coop rework Name it.");
      }
      expect(await until(stage, issue, "blocked", 60 * 60_000)).toBe("blocked");
      const locked = kind === "issue" ? issue : pullOf(stage);
      const halts = async () => (await stage.entries(issue)).filter((entry) => entry.kind === "halted");
      expect(JSON.stringify(await halts())).toContain("conversation-locked");
      const before = stage.forge.requests.length;
      for (let hour = 0; hour < 3; hour++) {
        offsetMs += 60 * 60_000;
        await stage.wake(issue);
      }
      expect([(await halts()).length, stage.forge.requests.length - before < 60]).toEqual([1, true]);
      stage.repo.lock("acme", locked, "unlocked");
      await stage.settle();
      expect(await until(stage, issue, "ready")).toBe("ready");
      expect(words(stage, locked)).toContain("The conversation was locked");
      expect(words(stage, locked)).toContain("Continues by itself");
      expect(doubled(comments(stage))).toEqual([]);
      expect(await stage.verify(issue)).toMatchObject({ outcome: "equal" });
    },
  );

  it("of a label goes by: an issue with a hundred of them is a ticket like others", async () => {
    const stage = await raiseChecked(loudStory(), {}, { now });
    const issue = stage.repo.openIssue("mona", ISSUE);
    for (let count = 1; count < 100; count++) stage.repo.addLabel("mona", issue, `l${count}`);
    stage.repo.addLabel("mona", issue, "coop");
    await stage.settle();
    expect(await stage.phase(issue)).toBe("ready");
    await says(stage, "mona", pullOf(stage), "/coop approve");
    expect(await stage.phase(issue)).toBe("merged");
  });

  it("of a review as it is ends nothing: its findings stand in the review, without their lines", async () => {
    const story = [
      sees("reviewer", 0, { verdict: "changes", findings: [NAMELESS] }),
      sees("reviewer", 1, { followUps: [resolved(NAMELESS_ID)] }),
      fixes(1, [fixed(NAMELESS_ID)], write("src/greet.js", NAMED)),
    ];
    const stage = await raiseChecked(loudStory(...story), {}, { now });
    const message = "Pull request review thread diff is too large";
    stage.forge.fail({ method: "POST", path: /\/reviews$/, times: 1, status: 422, message });
    const issue = await labelled(stage);
    expect(await stage.phase(issue)).toBe("ready");
    const { reviews, inline } = stage.repo.pull(pullOf(stage));
    expect(inline).toEqual([]);
    expect(reviews[0]?.body).toContain(NAMELESS.problem);
    expect(await stage.verify(issue)).toMatchObject({ outcome: "equal" });
  });

  it("to show what somebody said holds up nothing that is said after it", async () => {
    const stage = await raiseChecked(loudStory(), {}, { now });
    const issue = await labelled(stage);
    stage.forge.fail({ ...always, status: 404, method: "GET", path: /\/reviews\/\d+\/comments$/ });
    stage.repo.review("mona", pullOf(stage), { event: "COMMENT", body: "Is nobody greeted?" });
    await stage.settle();
    expect(await until(stage, issue, "blocked", 5 * 60_000)).toBe("blocked");
    await says(stage, "mona", pullOf(stage), "/coop resume");
    expect(await until(stage, issue, "ready", 2 * 60 * 60_000)).toBe("ready");
    expect(words(stage, pullOf(stage))).toContain("I could not deal with this");
  });
});

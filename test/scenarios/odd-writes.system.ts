import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import type { Failure } from "../../src/github-double/failures.ts";
import { closeShared, type Stage, strike } from "../support/scenario.ts";
import {
  fixed,
  fixes,
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

/** Each kind of write is answered oddly the first time, in a ticket with a fix round. */
const WRITES: readonly (readonly [method: string, path: RegExp])[] = [
  ["POST", /issues\/\d+\/comments$/],
  ["PATCH", /issues\/comments\/\d+$/],
  ["POST", /issues\/\d+\/labels$/],
  ["DELETE", /labels\//],
  ["POST", /\/labels$/],
  ["POST", /pulls\/\d+\/reviews$/],
  ["POST", /\/pulls$/],
  ["POST", /git\/refs$/],
  ["PATCH", /git\/refs\/heads/],
  ["POST", /git\/trees$/],
  ["POST", /git\/commits$/],
  ["POST", /check-runs$/],
  ["PATCH", /check-runs\/\d+$/],
  ["PUT", /\/merge$/],
  ["POST", /graphql$/],
  ["POST", /reactions$/],
];
const PAGE = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";
const WENT_WRONG = "Something went wrong while executing your query. Please include `A1:B2` when reporting this issue.";
const LIMIT = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";

let offsetMs = 0;
const now = () => new Date(Date.now() + offsetMs);
const until = async (stage: Stage, issue: number, phase: string) => {
  for (let minute = 0; minute < 40 && (await stage.phase(issue).catch(() => "none")) !== phase; minute++) {
    offsetMs += 61_000;
    await stage.wake(issue);
  }
  return stage.phase(issue);
};
/** What could not be written at first stands in the thread a little later. */
const verified = async (stage: Stage, issue: number) => {
  for (let minute = 0; minute < 10 && (await stage.verify(issue)).outcome !== "equal"; minute++) {
    offsetMs += 61_000;
    await stage.wake(issue);
  }
  const found = await stage.verify(issue);
  // A difference is shown whole, or nobody could tell where it comes from.
  return found.outcome === "equal" ? "equal" : found;
};
const raise = () =>
  raiseChecked(
    loudStory(
      sees("reviewer", 0, { verdict: "changes", findings: [NAMELESS] }),
      sees("reviewer", 1, { followUps: [resolved(NAMELESS_ID)] }),
      fixes(1, [fixed(NAMELESS_ID)], write("src/greet.js", NAMED)),
    ),
    {},
    { now, readRetryMs: 1 },
  );
const troubles = async (stage: Stage, issue: number) =>
  (await stage.kinds(issue)).filter((kind) => kind === "halted" || kind === "step_failed");

describe("a ticket each of whose writes is answered oddly once, and once more around its merge", () => {
  const odd: readonly (readonly [string, Omit<Failure, "method" | "path" | "times">])[] = [
    ["by the secondary limit, without a time", { status: 403, message: LIMIT }],
    ["by a limit with a time", { status: 429, headers: { "retry-after": "20" } }],
    ["by a proxy's page, after the act", { status: 502, after: "done", body: PAGE }],
    ["by a proxy's page, before it", { status: 504, body: PAGE }],
    ["by nothing, after the act", { status: 200, after: "done", body: "" }],
    ["by no content, after the act", { status: 204, after: "done", body: "" }],
    ["by GraphQL's own failure", { status: 200, body: { data: null, errors: [{ message: WENT_WRONG }] } }],
  ];
  it.each(odd)("is merged all the same, and nothing stands twice: %s", async (what, answer) => {
    const stage = await raise();
    const writes = what.includes("GraphQL") ? WRITES.filter(([, path]) => path.test("/graphql")) : WRITES;
    const answerOddly = () =>
      writes.forEach(([method, path]) => stage.forge.fail({ method, path, times: 1, ...answer }));
    answerOddly();
    const issue = await labelled(stage);
    expect(await until(stage, issue, "ready")).toBe("ready");
    stage.forge.clearFailures();
    answerOddly();
    await says(stage, "mona", pullOf(stage), "/coop approve");
    expect(await until(stage, issue, "merged")).toBe("merged");
    expect(await verified(stage, issue)).toBe("equal");
    expect(await troubles(stage, issue)).toEqual([]);
    expect(stage.repo.numbers("pull")).toHaveLength(1);
    expect(stage.repo.pull(pullOf(stage)).reviews).toHaveLength(2);
    const texts = [issue, pullOf(stage)].flatMap((one) => stage.said(one));
    const marks = texts.map((text) => /<!-- coop:(?:ledger|status)[\s\S]*?-->/.exec(text)?.[0] ?? text);
    expect(marks).toHaveLength(new Set(marks).size);
  });
});

describe("a refusal that is about no rule of a merge", () => {
  it.each([
    [403, "Repository was archived so is read-only."],
    [410, "This repository is gone"],
    [451, "Repository access blocked"],
  ])("is waited for, said once, and no rule is blamed (%d)", async (status, message) => {
    const stage = await raise();
    const issue = await labelled(stage);
    stage.forge.fail({ method: "PUT", path: /merge$/, times: 1_000, status, message });
    await says(stage, "mona", pullOf(stage), "/coop approve");
    expect(await until(stage, issue, "blocked")).toBe("blocked");
    expect(await troubles(stage, issue)).toEqual(["halted"]);
    const said = words(stage, pullOf(stage));
    expect(said).toContain(message.replace(/\.$/, ""));
    expect(said).not.toMatch(/merge was refused|base branch is locked|lift this rule/);
    stage.forge.clearFailures();
    expect(said).toContain("Remove what GitHub names, then say `/coop resume` and approve again with `/coop approve`");
    for (const command of ["/coop resume", "/coop approve"]) await says(stage, "mona", pullOf(stage), command);
    expect(await until(stage, issue, "merged")).toBe("merged");
  });
});

it("a rule about the words of commits is named with who can meet it", async () => {
  const stage = await raise();
  const issue = await labelled(stage);
  const message = "Repository rule violations found\n\nCommit message must match a given regex pattern: ^JIRA-\n\n";
  stage.forge.fail({ method: "PUT", path: /merge$/, times: 1_000, status: 405, message });
  await says(stage, "mona", pullOf(stage), "/coop approve");
  expect(await stage.phase(issue)).toBe("blocked");
  expect(words(stage, pullOf(stage))).toContain("can merge by hand with a message that fits");
  stage.forge.clearFailures();
  stage.repo.merge("mona", pullOf(stage), { method: "squash" });
  await stage.settle();
  expect(await stage.phase(issue)).toBe("merged");
  expect(words(stage, pullOf(stage))).toContain("mona merged it by hand");
});

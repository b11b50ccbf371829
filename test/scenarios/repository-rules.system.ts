import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import { partsStoryIn } from "../support/parts.ts";
import { closeShared, type Stage, strike } from "../support/scenario.ts";
import {
  fixes,
  labelled,
  loudStory,
  NAMED,
  policy,
  pullOf,
  raiseChecked,
  REVIEWS_ONLY,
  says,
  words,
  write,
} from "../support/stories.ts";

afterEach(strike);
afterAll(closeShared);

/** What owners of a repository set up in it, and what they change while a ticket is at work. */
const PEOPLE = { root: "admin", max: "write" } as const;

async function ready(): Promise<{ stage: Stage; issue: number; pull: number }> {
  const stage = await raiseChecked(loudStory(fixes(1, [], write("src/greet.js", NAMED))), { people: PEOPLE });
  const number = await labelled(stage);
  expect(await stage.phase(number)).toBe("ready");
  return { stage, issue: number, pull: pullOf(stage) };
}

const again = async (stage: Stage, pull: number) => {
  for (const command of ["/coop resume", "/coop approve"]) await says(stage, "mona", pull, command);
};
const merges = (stage: Stage) => stage.forge.requests.filter((one) => one.method === "PUT" && /merge$/.test(one.path));

describe("a rule of the branch that GitHub enforces", () => {
  it("names a deployment that is missing, and merges once it is there", async () => {
    const { stage, issue, pull } = await ready();
    stage.repo.protect("root", { deployments: ["staging"] });
    await says(stage, "mona", pull, "/coop approve");
    expect(await stage.phase(issue)).toBe("blocked");
    expect(words(stage, pull)).toMatch(/Missing successful active staging deployment\. The required deployment has/);
    stage.repo.deploy("staging", stage.repo.pull(pull).headSha);
    await again(stage, pull);
    expect(await stage.phase(issue)).toBe("merged");
  });

  it("is met by a squash where only the texts of the commits do not fit", async () => {
    const { stage, issue, pull } = await ready();
    // Each commit names its pull request: those on the branch were there before it.
    stage.repo.protect("root", { message: /\(#\d+\)$/m });
    await says(stage, "mona", pull, "/coop approve");
    expect(await stage.phase(issue)).toBe("merged");
    expect(merges(stage).map(({ status }) => status)).toEqual([405, 200]);
  });

  it("about texts that no way of merging fits is named with who can meet it", async () => {
    const { stage, issue, pull } = await ready();
    stage.repo.protect("root", { message: /^JIRA-\d+/ });
    await says(stage, "mona", pull, "/coop approve");
    expect(await stage.phase(issue)).toBe("blocked");
    expect(words(stage, pull)).toContain("can merge by hand with a message that fits");
  });

  it("waits for whoever asked for changes, until that review is dismissed", async () => {
    const { stage, issue, pull } = await ready();
    stage.repo.protect("root", { approvals: 1 });
    const review = stage.repo.review("max", pull, { event: "REQUEST_CHANGES", body: "Greet nobody as you." });
    stage.repo.review("mona", pull, { event: "APPROVE" });
    await stage.settle();
    expect((await stage.kinds(issue)).filter((kind) => kind === "rework_requested")).toHaveLength(1);
    await says(stage, "mona", pull, "/coop approve");
    expect(await stage.phase(issue)).toBe("blocked");
    expect(words(stage, pull)).toContain(
      "1 review requesting changes by reviewers with write access. The reviewer who asked for changes has to approve, or somebody with write access dismisses that review.",
    );
    const before = await stage.kinds(issue);
    stage.repo.dismissReview("root", pull, review);
    await stage.settle();
    expect(await stage.kinds(issue)).toEqual(before);
    await again(stage, pull);
    expect(await stage.phase(issue)).toBe("merged");
  });

  it.each([
    ["Cannot create ref due to creations being restricted.", "or branches under `coop/`, from that rule"],
    ["Branch name must match a given regex pattern: ^feature/", "or branches under `coop/`, from that rule"],
    ["Secret detected in content", "takes something in the change for a secret"],
  ])("against a branch or a commit is said with who can mend it: %s", async (rule, help) => {
    const stage = await raiseChecked(loudStory());
    const message = `Repository rule violations found\n\n${rule}\n\n`;
    stage.forge.fail({ method: "POST", path: /git\/refs$/, times: 10, status: 422, message });
    const issue = await labelled(stage);
    expect(await stage.phase(issue)).toBe("blocked");
    expect(words(stage, issue)).toContain(help);
    stage.forge.clearFailures();
    await says(stage, "mona", issue, "/coop retry");
    expect(await stage.phase(issue)).toBe("ready");
  });
});

it("a check of what people sign is for a person: no round is paid for it, and its green goes on", async () => {
  const { stage, issue, pull } = await ready();
  const cla = (state: "failure" | "success") =>
    stage.repo.setStatus("mona", { sha: stage.repo.pull(pull).headSha, context: "license/cla", state });
  const spent = async () => (await stage.ticket(issue)).spend.costMicroUsd;
  const before = await spent();
  cla("failure");
  await stage.settle();
  expect([await stage.phase(issue), await spent()]).toEqual(["blocked", before]);
  expect(words(stage, pull)).toContain("Waits for people to sign, which no change of the code does: `license/cla`.");
  cla("success");
  await stage.settle();
  expect(await stage.phase(issue)).toBe("ready");
  await says(stage, "mona", pull, "/coop approve");
  expect(await stage.phase(issue)).toBe("merged");
});

describe("a repository that changes while a ticket is at work", () => {
  it("has the label put on again after the merge, which starts nothing", async () => {
    const { stage, issue, pull } = await ready();
    await says(stage, "mona", pull, "/coop approve");
    stage.repo.reopen("mona", issue);
    stage.repo.removeLabel("mona", issue, "coop");
    stage.repo.addLabel("mona", issue, "coop");
    await stage.settle();
    expect(words(stage, pull)).toMatch(/\*\*The label of mona starts nothing\.\*\*\s+This ticket is already merged/);
    expect(await stage.phase(issue)).toBe("merged");
  });

  it("is made private, and the ticket goes on for those who see it", async () => {
    const stage = await raiseChecked(loudStory(), { people: PEOPLE, files: policy("planGate: always") });
    const issue = await labelled(stage);
    stage.repo.show("root", "private");
    await stage.settle();
    expect(() => stage.repo.comment("stranger", issue, "/coop status")).toThrow(/needs read permission/);
    await says(stage, "mona", issue, "/coop approve");
    await says(stage, "mona", pullOf(stage), "/coop approve");
    expect(await stage.phase(issue)).toBe("merged");
    expect(await stage.verify(issue)).toMatchObject({ outcome: "equal" });
  });

  it("turns the issue into a discussion: the ticket is parked, and asks for nothing there", async () => {
    const { stage, issue, pull } = await ready();
    stage.repo.convertToDiscussion("root", issue);
    await stage.settle();
    expect(await stage.phase(issue)).toBe("parked");
    expect(words(stage, pull)).toContain("Reopen the issue if it is still closed");
    const before = stage.forge.requests.length;
    for (let times = 0; times < 3; times++) await stage.wake(issue);
    expect(stage.forge.requests.length - before).toBeLessThan(20);
    expect((await stage.kinds(issue)).filter((kind) => kind === "halted")).toHaveLength(1);
    await says(stage, "mona", pull, "/coop stop");
    expect(await stage.phase(issue)).toBe("stopped");
  });
});

it("issues of parts are opened and listed where GitHub knows no issues below issues", async () => {
  const waived = REVIEWS_ONLY[".github/coop.yml"].replace(
    "waive: [",
    "waive: [{ item: merge-result, why: as above }, ",
  );
  const stage = await raiseChecked(partsStoryIn({ a: [], b: [1] }), { files: { ".github/coop.yml": waived } });
  stage.forge.fail({ method: "POST", path: /sub_issues$/, times: 100, status: 404, message: "Not Found" });
  const issue = await labelled(stage, "coop:docs", { title: "Document all of it", body: "As a reader I want all of it in files of its own, since one is long." }); // prettier-ignore
  await says(stage, "mona", issue, "/coop split");
  const parts = (await stage.ticket(issue)).epic?.parts ?? [];
  expect(parts.map(({ state }) => state)).toEqual(["begun", "waiting"]);
  expect(stage.repo.subIssues(issue)).toEqual([]);
  for (const part of parts) expect(words(stage, issue)).toContain(`- [ ] #${part.issue}`);
  expect((await stage.kinds(issue)).filter((kind) => /halted|step_failed/.test(kind))).toEqual([]);
});

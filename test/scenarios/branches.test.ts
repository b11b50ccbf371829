import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import { closeShared, scripted, type Stage, strike } from "../support/scenario.ts";
import { labelled, loudStory, noting, policy, pullOf, raiseChecked, says, words } from "../support/stories.ts";

/** Branches that stand in the way, and a default branch that gets another name. */
afterEach(strike);
afterAll(closeShared);

describe("a branch in the way", () => {
  it.each(["coop", "coop/issue-1"])("is named before anything is paid for: %s", async (branch) => {
    const { models, asked } = noting(scripted(loudStory()));
    const stage = await raiseChecked(models);
    stage.repo.push("mona", branch, { "left.txt": "left over" });
    const issue = await labelled(stage);
    expect(await stage.phase(issue)).toBe("blocked");
    expect(words(stage, issue)).toContain(`The branch \`${branch}\` already exists`);
    expect(asked).toEqual([]);
    stage.repo.deleteBranch("mona", branch);
    await says(stage, "mona", issue, "/coop retry");
    expect(await stage.phase(issue)).toBe("ready");
  });
});

describe("a default branch that gets another name", () => {
  const upToTheMerge = async (stage: Stage, issue: number) => {
    await says(stage, "mona", pullOf(stage), "/coop approve");
    expect(await stage.phase(issue)).toBe("merged");
    expect(stage.repo.pull(pullOf(stage)).mergedSha).not.toBeNull();
  };

  it("before the pull request is opened", async () => {
    const stage = await raiseChecked(loudStory(), { files: policy("planGate: always") });
    const issue = await labelled(stage);
    stage.repo.renameDefaultBranch("acme", "trunk");
    await says(stage, "mona", issue, "/coop approve");
    expect(await stage.phase(issue)).toBe("ready");
    await upToTheMerge(stage, issue);
  });

  it("after the pull request was opened", async () => {
    const stage = await raiseChecked(loudStory());
    const issue = await labelled(stage);
    stage.repo.renameDefaultBranch("acme", "trunk");
    await stage.settle();
    expect(await stage.phase(issue)).toBe("ready");
    await upToTheMerge(stage, issue);
  });
});

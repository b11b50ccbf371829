import { afterAll, afterEach, expect, it } from "@jest/globals";
import { closeShared, raise, strike } from "../support/scenario.ts";
import { GREETER, ISSUE, loudStory } from "../support/stories.ts";

afterEach(strike);
afterAll(closeShared);

it("says nothing twice when every webhook comes twice", async () => {
  const stage = await raise(loudStory(), { files: GREETER });
  stage.forge.setDelivery("duplicate");
  const issue = stage.repo.openIssue("mona", ISSUE);
  stage.repo.addLabel("mona", issue, "coop");
  await stage.settle();
  expect(await stage.phase(issue)).toBe("ready");
  // The status comment and the plan on the issue; on the pull request one review, which holds both reviews and the proof.
  expect(stage.said(issue)).toHaveLength(2);
  const pull = stage.repo.numbers("pull")[0] ?? 0;
  expect(stage.said(pull)).toHaveLength(0);
  expect(stage.repo.pull(pull).reviews).toHaveLength(1);
});

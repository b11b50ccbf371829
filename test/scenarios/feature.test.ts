import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import { closeShared, raise, strike } from "../scenario.ts";
import { GREETER, ISSUE, loudStory } from "../stories.ts";

afterEach(strike);
afterAll(closeShared);

describe("a feature without fix rounds", () => {
  it("goes from the label to the merge", async () => {
    const stage = await raise(loudStory(), { files: GREETER });
    const issue = stage.repo.openIssue("mona", ISSUE);
    stage.repo.addLabel("mona", issue, "coop");
    await stage.settle();
    console.log(await stage.kinds(issue), stage.labels(issue));
    for (const one of stage.said(issue)) console.log(one.replace(/<!--[\s\S]*-->/, "<marker>"));
    expect(await stage.phase(issue)).toBe("ready");
    const pull = stage.repo.numbers("pull")[0] ?? 0;
    for (const one of [...stage.said(pull), ...stage.repo.pull(pull).reviews.map((r) => r.body)]) console.log(one.replace(/<!--[\s\S]*-->/, "<marker>"));
    stage.repo.comment("mona", pull, "/coop approve");
    await stage.settle();
    expect(await stage.phase(issue)).toBe("merged");
    console.log(await stage.kinds(issue), stage.labels(issue), stage.forge.counts(), stage.forge.requests.map((r) => `${r.method} ${r.path} ${r.status}`).join("\n"));
  });
});

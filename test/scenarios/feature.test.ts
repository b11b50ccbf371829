import { afterAll, afterEach, expect, it } from "@jest/globals";
import { eachStore } from "../support/databases.ts";
import { validator } from "../support/openapi.ts";
import { closeShared, raise, strike } from "../support/scenario.ts";
import { GREETER, ISSUE, loudStory } from "../support/stories.ts";

afterEach(strike);
afterAll(closeShared);

/**
 * From the label to the merge without a fix round. Of what creates content: the status comment, the plan, the pull request,
 * three checks, one review that tells of the round, both reviews and the proof, the merge, and the closing comment.
 */
const REST_REQUESTS_MAX = 30;
const CONTENT_CREATING_MAX = 9;

eachStore((name, openDatabase) => {
  it(`takes a feature from the label to the merge, within its requests (${name})`, async () => {
    // Every request of ours and every answer is held against GitHub's own description.
    const { onExchange, violations } = validator();
    const stage = await raise(
      loudStory(),
      { files: GREETER },
      { database: await openDatabase(), forge: { onExchange } },
    );
    const issue = stage.repo.openIssue("mona", ISSUE);
    await stage.settle();
    const before = stage.forge.counts();

    stage.repo.addLabel("mona", issue, "coop");
    await stage.settle();
    expect(await stage.phase(issue)).toBe("ready");
    expect(stage.labels(issue)).toEqual(["coop", "coop:ready"]);
    expect(stage.repo.label("coop:ready")).toMatchObject({ color: "0e8a16", description: /proven/ });
    const [, plan = ""] = stage.said(issue);
    expect(plan.match(/- \[x\] \*\*D\d\*\*/g)).toHaveLength(2);
    const pull = stage.repo.numbers("pull")[0] ?? 0;
    expect(stage.repo.pull(pull).stage).toBe("ready");
    expect(stage.repo.checks(stage.repo.pull(pull).headSha).map((check) => [check.name, check.conclusion])).toEqual([
      ["coop/review", "success"],
      ["coop/adversary", "success"],
      ["coop/proof", "success"],
    ]);

    expect(stage.repo.pull(pull).reviews.map(({ body }) => body.match(/@mona\b/g)?.length ?? 0)).toEqual([1]);
    stage.repo.comment("mona", pull, "/coop approve");
    await stage.settle();
    expect(await stage.phase(issue)).toBe("merged");
    expect(await stage.kinds(issue)).toEqual([
      "opened",
      "routed",
      "planned",
      "plan_approved",
      "implemented",
      "pull_request_opened",
      "reviewed",
      "reviewed",
      "proof_collected",
      "merge_approved",
      "merged",
    ]);
    expect(stage.repo.thread(issue).state).toBe("closed");
    expect(stage.labels(issue)).toEqual(["coop", "coop:merged"]);
    expect(stage.repo.files().get("src/greet.js")?.toString()).toContain("loud");

    const after = stage.forge.counts();
    // Nothing is asked for the guard's sake about what the App does to its own pull request.
    expect(stage.forge.requests.filter(({ path }) => path.includes("coop.yml"))).toEqual([]);
    expect(after.restRequests - before.restRequests).toBeLessThanOrEqual(REST_REQUESTS_MAX);
    expect(after.contentCreating - before.contentCreating).toBeLessThanOrEqual(CONTENT_CREATING_MAX);
    expect(violations).toEqual([]);
    // What was ticked afterwards is no edit by somebody else.
    expect(await stage.verify(issue)).toMatchObject({ outcome: "equal" });
  });
});

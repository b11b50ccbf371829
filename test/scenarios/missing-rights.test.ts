import { afterAll, afterEach, expect, it } from "@jest/globals";
import { closeShared, strike } from "../support/scenario.ts";
import { labelled, loudStory, pullOf, raiseChecked, REVIEWS_ONLY, says, words } from "../support/stories.ts";

/** The App lacks rights that a newer version asks for, or that somebody took away: the rest goes on, and it is said. */
afterEach(strike);
afterAll(closeShared);

const RIGHTS = { contents: "write", issues: "write", pull_requests: "write", metadata: "read" } as const;

it("goes on without the checks that it may neither write nor read, and says once where to grant them", async () => {
  const forge = { app: { permissions: { ...RIGHTS, statuses: "read" } } } as const;
  const stage = await raiseChecked(loudStory(), { files: REVIEWS_ONLY }, { forge });
  const issue = await labelled(stage);
  expect(await stage.phase(issue)).toBe("ready");
  const said = words(stage, issue);
  expect(said).toContain("**Missing permission:** `checks: write`.");
  expect(said).toContain("/settings/installations/");
  expect(said.match(/Missing permission/g)).toHaveLength(1);
  const pull = pullOf(stage);
  const ours = stage.repo.checks(stage.repo.pull(pull).headSha).filter((check) => check.name.startsWith("coop/"));
  expect(ours).toEqual([]);
  await says(stage, "mona", pull, "/coop approve");
  expect(await stage.phase(issue)).toBe("merged");
});

it("calls a pull request that it may not open a missing right, and no deleted branch", async () => {
  const forge = {
    app: { permissions: { ...RIGHTS, pull_requests: "read", checks: "write", statuses: "read" } },
  } as const;
  const stage = await raiseChecked(loudStory(), { files: REVIEWS_ONLY }, { forge });
  const issue = await labelled(stage);
  expect((await stage.ticket(issue)).halt?.reason).toBe("github-refused");
  const said = words(stage, issue);
  expect(said).toContain("**Missing permission:** `pull_requests: write`.");
  expect(said).toContain("give the App the permission, then say `/coop retry`");
  expect(said).not.toContain("Restore the branch");
});

it("never takes checks that it may not read for none", async () => {
  const forge = { app: { permissions: { ...RIGHTS, checks: "write" } } } as const;
  const stage = await raiseChecked(loudStory(), {}, { forge });
  const issue = await labelled(stage);
  expect(words(stage, issue)).toContain("**Missing permission:** `statuses: read`.");
  expect(["ready", "blocked"]).toContain(await stage.phase(issue));
  expect((await stage.ticket(issue)).proof?.items.find((item) => item.id === "checks")?.state).not.toBe(
    "not-applicable",
  );
});

it("leaves out checks that GitHub goes on refusing, and says everything else", async () => {
  let offsetMs = 0;
  const now = () => new Date(Date.now() + offsetMs);
  const stage = await raiseChecked(loudStory(), { files: REVIEWS_ONLY }, { now, readRetryMs: 1 });
  for (const method of ["POST", "PATCH"])
    stage.forge.fail({ method, path: /check-runs/, times: 1_000, status: 403, message: "Resource not accessible by integration" }); // prettier-ignore
  const issue = await labelled(stage);
  for (let minute = 0; minute < 8; minute++) {
    offsetMs += 61_000;
    await stage.wake(issue);
  }
  const pull = pullOf(stage);
  expect(words(stage, pull)).toContain("### Proof: complete");
  await says(stage, "mona", pull, "/coop approve");
  expect(await stage.phase(issue)).toBe("merged");
  expect(words(stage, pull)).toContain("Final status: merged");
  expect(await stage.kinds(issue)).not.toContain("halted");
});

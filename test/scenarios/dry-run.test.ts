import { afterAll, afterEach, expect, it } from "@jest/globals";
import { closeShared, type Stage, strike } from "../support/scenario.ts";
import { ISSUE, loudStory, raiseChecked, REVIEWS_ONLY, says } from "../support/stories.ts";

/** `dryRun: true` in the policy: everything is done but what would be written to GitHub, which the ticket's page shows. */
afterEach(strike);
afterAll(closeShared);

/** Whatever changed something there, or tried to. Tokens are how the App reads at all. */
function writes(stage: Stage): string[] {
  return stage.forge.requests
    .filter((one) => one.kind === "rest" && one.method !== "GET" && !one.template?.endsWith("/access_tokens"))
    .map((one) => `${one.method} ${one.template}`);
}

it("goes from the label to the proof and to a refused merge, and writes nothing", async () => {
  const stage = await raiseChecked(loudStory(), {
    files: { ".github/coop.yml": `dryRun: true\n${REVIEWS_ONLY[".github/coop.yml"]}` },
  });
  const issue = stage.repo.openIssue("mona", ISSUE);
  stage.repo.addLabel("mona", issue, "coop");
  await stage.settle();
  expect(await stage.phase(issue)).toBe("ready");
  await says(stage, "mona", issue, "/coop status");
  await says(stage, "mona", issue, "/coop approve");
  expect(await stage.phase(issue)).toBe("blocked");
  expect((await stage.ticket(issue)).halt?.because?.code).toBe("merge-refused");

  expect(writes(stage)).toEqual([]);
  expect(stage.repo.numbers("pull")).toEqual([]);
  expect(stage.labels(issue)).toEqual(["coop"]);
  expect(stage.said(issue)).toEqual(["/coop status", "/coop approve"]);

  const page = await (await fetch(`${stage.app().url}/tickets/${stage.repo.fullName}/${issue}`)).text();
  for (const line of ["Dry run", "Would comment on", "Would open a draft pull request", "Would review", "Would push"])
    expect(page).toContain(line);
  expect(page).toContain("+export function greet");
});

it("answers nobody in a repository where nothing may be written, ticket or not", async () => {
  const stage = await raiseChecked(loudStory(), { files: { ".github/coop.yml": "dryRun: true\n" } });
  const issue = stage.repo.openIssue("mona", ISSUE);
  await says(stage, "mona", issue, "/coop status");
  await says(stage, "rita", issue, "/coop");
  await says(stage, "rita", issue, "/coop approve");
  expect(writes(stage)).toEqual([]);
});

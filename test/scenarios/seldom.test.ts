import { afterAll, afterEach, expect, it } from "@jest/globals";
import { eventually } from "../support/eventually.ts";
import { hanging } from "../support/hanging-models.ts";
import { holds } from "../support/holds.ts";
import { closeShared, scripted, strike } from "../support/scenario.ts";
import { GREETER, ISSUE, labelled, loudStory, policy, pullOf, raiseChecked, says, words } from "../support/stories.ts";

/** What seldom happens to a ticket: somebody points its pull request elsewhere, lets an item pass, or is at the same files. */
afterEach(strike);
afterAll(closeShared);

it("a pull request that somebody points at another branch is looked at and proven anew, against that one", async () => {
  const stage = await raiseChecked(loudStory());
  const issue = await labelled(stage);
  const pull = pullOf(stage);
  stage.repo.push("mona", "release", { "docs/release.md": "# Release\n" });
  stage.repo.retarget("mona", pull, "release");
  await stage.settle();
  const changed = (await stage.entries(issue)).find(({ kind }) => kind === "base_changed");
  expect(changed?.data).toMatchObject({ from: "main", to: "release", by: "mona" });
  expect((await stage.ticket(issue)).pull?.baseBranch).toBe("release");
  expect(words(stage, pull)).toContain("release");
  const after = (await stage.kinds(issue)).slice((await stage.kinds(issue)).indexOf("base_changed") + 1);
  expect(after).toEqual(["reviewed", "reviewed", "proof_collected"]);
  await holds(stage, issue);
});

it("an item that nobody could show passes by a person's word, and stays named as accepted", async () => {
  // No check of this repository runs its tests, and no code is run here.
  const stage = await raiseChecked(loudStory(), {
    files: { ...GREETER, ".github/workflows/test.yml": "on: [push]\n" },
  });
  const issue = await labelled(stage);
  const pull = pullOf(stage);
  const { halt, proof } = await stage.ticket(issue);
  expect(halt?.reason).toBe("unproven");
  const open = (proof?.items ?? [])
    .filter(({ required, state }) => required && state === "unknown")
    .map(({ id }) => id);
  expect(open).toContain("verification");
  expect(stage.repo.pull(pull).stage).toBe("draft");
  await says(stage, "mona", pull, `/coop accept ${open.join(",")} I ran them here.`);
  expect([await stage.phase(issue), stage.repo.pull(pull).stage]).toEqual(["ready", "ready"]);
  expect((await stage.kinds(issue)).filter((kind) => kind === "proof_accepted")).toHaveLength(open.length);
  expect(words(stage, pull)).toContain("I ran them here.");
  await says(stage, "mona", pull, "/coop approve");
  expect(await stage.phase(issue)).toBe("merged");
  await holds(stage, issue);
});

it("of two tickets that write the same file the later one waits, and goes on when the earlier one is stopped", async () => {
  const models = hanging(scripted(loudStory()), (call) => call.role === "implementer" && call.turn === 3);
  const stage = await raiseChecked(models.models, { files: policy("planGate: never") });
  const first = stage.repo.openIssue("mona", ISSUE);
  stage.repo.addLabel("mona", first, "coop");
  await models.began;
  const second = stage.repo.openIssue("mona", { ...ISSUE, title: "Add a loud option to greet, for a larger hall" });
  stage.repo.addLabel("mona", second, "coop");
  await eventually(async () => (await stage.kinds(second)).includes("overlap_noticed"));
  await eventually(async () => words(stage, second).includes(`#${first}`));
  expect(await stage.kinds(second)).not.toContain("implemented");
  stage.repo.comment("mona", first, "/coop stop");
  await stage.settle();
  expect(await stage.phase(first)).toBe("stopped");
  const entries = await stage.entries(second);
  expect(entries.find(({ kind }) => kind === "overlap_ended")?.data).toMatchObject({ with: first, how: "gone" });
  expect(await stage.phase(second)).toBe("ready");
  await holds(stage, second);
});

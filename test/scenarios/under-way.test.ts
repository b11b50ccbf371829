import { afterAll, afterEach, expect, it } from "@jest/globals";
import { isStatusOf } from "../../src/messages/marker.ts";
import { eventually } from "../support/eventually.ts";
import { hanging, WRITTEN } from "../support/hanging-models.ts";
import { closeShared, scripted, strike } from "../support/scenario.ts";
import { ISSUE, loudStory, policy, pullOf, raiseChecked, replies, words } from "../support/stories.ts";
import { tapped } from "../support/tapped-models.ts";

/** What people see while nothing has ended yet. */
afterEach(strike);
afterAll(closeShared);

it("a review that lasts shows its check in progress, with what is happening", async () => {
  const models = hanging(scripted(loudStory()), ({ role }) => role === "reviewer");
  const stage = await raiseChecked(models.models, {}, { stepDrawnAfterMs: 1 });
  const issue = stage.repo.openIssue("mona", ISSUE);
  stage.repo.addLabel("mona", issue, "coop");
  await models.began;
  const ours = () =>
    stage.repo.checks(stage.repo.pull(pullOf(stage)).headSha).filter(({ name }) => name.startsWith("coop/"));
  await eventually(() => ours().length > 0);
  expect(ours()).toMatchObject([{ name: "coop/review", status: "in_progress", title: "In progress" }]);
  models.goOn();
  await stage.settle();
  expect(ours().map(({ name, conclusion }) => [name, conclusion])).toEqual([
    ["coop/review", "success"],
    ["coop/adversary", "success"],
    ["coop/proof", "success"],
  ]);
});

it("an open page follows a step turn by turn, and `/coop status` tells it, without another request to GitHub", async () => {
  const models = hanging(scripted(loudStory()), ({ role, turn }) => role === "implementer" && turn === 3);
  const stage = await raiseChecked(models.models, { files: policy("planGate: never") });
  const issue = stage.repo.openIssue("mona", ISSUE);
  stage.repo.addLabel("mona", issue, "coop");
  await models.began;
  const page = `${stage.app().url}/tickets/${stage.repo.fullName}/${issue}`;
  const [, source = ""] = /data-live="([^"]+)"/.exec(await (await fetch(page)).text()) ?? [];
  const before = { ...stage.app().github.counters };
  const stream = await fetch(`${stage.app().url}${source}`);
  let heard = "";
  for await (const piece of stream.body as ReadableStream<Uint8Array>) {
    heard += Buffer.from(piece).toString();
    if (heard.includes("event: now")) break;
  }
  const DOES =
    /waiting for an answer of .*opus.*\(Implementer\).* Turn 3: [\d,]+ tokens read and (\d+) written so far\./;
  expect(Number(DOES.exec(heard)?.[1])).toBeGreaterThan(WRITTEN);
  expect(await (await fetch(page)).text()).toMatch(DOES);
  expect(stage.app().github.counters).toEqual(before);
  stage.repo.comment("mona", issue, "/coop status");
  await eventually(async () => (await replies(stage, issue)).some((one) => DOES.test(one)));
  models.goOn();
  await stage.settle();
  const edited = stage.said(issue).find((one) => isStatusOf(one, `${stage.repo.fullName}#${issue}`)) ?? "";
  expect(edited).toContain("**Next:**");
  expect(edited).not.toContain("Right now");
  // It is gone with the step.
  expect(await (await fetch(page)).text()).not.toContain("right-now");
  expect(stage.app().world.rightNow?.(`${stage.repo.fullName}#${issue}`)).toBeNull();
});

it("a ticket whose turn has not come says so at once", async () => {
  let goOn = () => {};
  const gate = new Promise<null>((resolve) => (goOn = () => resolve(null)));
  const models = tapped(scripted(loudStory()), async ({ role }) => (role === "architect" ? gate : null));
  const stage = await raiseChecked(models.models);
  // Two at once is the limit of this stage.
  const issues = Array.from({ length: 4 }, () => stage.repo.openIssue("mona", ISSUE));
  for (const issue of issues) stage.repo.addLabel("mona", issue, "coop");
  const waiting = () => issues.filter((issue) => words(stage, issue).includes("In the queue: work begins as soon"));
  await eventually(() => waiting().length >= 2 && models.calls.length >= 2);
  for (const issue of waiting().slice(-2)) expect(stage.labels(issue)).toEqual(["coop", "coop:planning"]);
  goOn();
  await stage.settle();
  for (const issue of issues) expect(words(stage, issue)).not.toContain("In the queue");
});

import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import { UNSAID_DAYS_MAX } from "../../src/flow/halt-refused.ts";
import { closeShared, scripted, type Stage, strike } from "../support/scenario.ts";
import { hanging } from "../support/hanging-models.ts";
import { ISSUE, labelled, loudStory, policy, pullOf, raiseChecked, says, words } from "../support/stories.ts";

afterEach(strike);
afterAll(closeShared);

/** What GitHub does not show, or not to this App, or not any more: said where it can be said, and asked for no longer than it helps. */
let offsetMs = 0;
const now = () => new Date(Date.now() + offsetMs);
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const always = { times: 10_000, skip: 0 } as const;

const raise = (planGate: "always" | "never" = "never") =>
  raiseChecked(
    loudStory(),
    planGate === "always"
      ? { files: policy("planGate: always"), people: { root: "admin" } }
      : { people: { root: "admin" } },
    { now, readRetryMs: 1 },
  );

/** Time passes, and every so often somebody looks. */
const pass = async (stage: Stage, issue: number, allMs: number, stepMs: number) => {
  for (let ms = 0; ms < allMs; ms += stepMs) {
    offsetMs += stepMs;
    await stage.wake(issue);
  }
};
const last = async (stage: Stage, issue: number) => (await stage.entries(issue)).at(-1)?.data;
const halts = async (stage: Stage, issue: number) =>
  (await stage.kinds(issue)).filter((kind) => kind === "halted").length;

describe("an issue that is there no more", () => {
  it.each(["deleted", "transferred"] as const)("ends the ticket where GitHub only says 404: %s", async (what) => {
    const stage = await raise("always");
    const issue = await labelled(stage);
    const shown = { ...always, method: "GET", status: 404, message: "Not Found" };
    stage.forge.fail({ ...shown, path: /\/issues\/1$/ });
    if (what === "deleted") stage.repo.deleteIssue("root", issue);
    else
      stage.repo.transfer(
        "mona",
        issue,
        stage.forge.createRepo({ fullName: "other/there", people: { mona: "write" } }),
      );
    await stage.settle();
    expect(await stage.phase(issue)).toBe("stopped");
    expect(await last(stage, issue)).toMatchObject({ because: { code: "issue-gone" } });
    const [asked] = await stage.sql("SELECT count(*) AS n FROM inbox WHERE state = 'pending'");
    expect(asked).toEqual({ n: 0 });
  });
});

describe("a repository that the App is not let into", () => {
  const shut = async (stage: Stage) => {
    offsetMs += 61 * MINUTE_MS;
    stage.forge.fail({ ...always, method: "POST", path: /access_tokens$/, status: 404, message: "Not Found" });
  };

  it("stands still under a name, and goes on by itself when the App is let in again", async () => {
    const stage = await raise("always");
    const issue = await labelled(stage);
    await shut(stage);
    await says(stage, "mona", issue, "/coop approve");
    await pass(stage, issue, 30 * MINUTE_MS, 5 * MINUTE_MS);
    expect([await stage.phase(issue), await halts(stage, issue)]).toEqual(["blocked", 1]);
    expect(await last(stage, issue)).toMatchObject({ because: { code: "repository-away" } });
    stage.forge.clearFailures();
    await pass(stage, issue, 60 * MINUTE_MS, 60 * MINUTE_MS);
    expect(await stage.phase(issue)).toBe("plan-approval");
    await says(stage, "mona", issue, "/coop approve");
    expect(await stage.phase(issue)).toBe("ready");
    expect(words(stage, issue)).toContain("The App has not been able to reach this repository");
    expect(words(stage, issue)).toContain("Continues by itself");
    expect(await stage.verify(issue)).toMatchObject({ outcome: "equal" });
  });

  it("is suspended while a model writes: what was paid for is kept, and the ticket goes on when it may", async () => {
    const models = hanging(scripted(loudStory()), ({ role }) => role === "implementer");
    const stage = await raiseChecked(models.models, {}, { now, readRetryMs: 1 });
    const issue = stage.repo.openIssue("mona", ISSUE);
    stage.repo.addLabel("mona", issue, "coop");
    await models.began;
    const suspended = { ...always, status: 403, message: "This installation has been suspended" };
    for (const method of ["GET", "POST", "PATCH", "PUT", "DELETE"])
      stage.forge.fail({ ...suspended, method, path: /^\/repos\// });
    for (const path of [/access_tokens$/, /graphql$/]) stage.forge.fail({ ...suspended, method: "POST", path });
    models.goOn();
    await stage.settle();
    await pass(stage, issue, 60 * MINUTE_MS, 10 * MINUTE_MS);
    expect(await last(stage, issue)).toMatchObject({ because: { code: "repository-away" } });
    const paid = models.calls.length;
    stage.forge.clearFailures();
    await pass(stage, issue, 180 * MINUTE_MS, 60 * MINUTE_MS);
    expect(await stage.phase(issue)).toBe("ready");
    expect([models.repeated(), models.calls.length - paid]).toEqual([[], 2]);
    expect(words(stage, issue)).toContain("end its suspension");
    expect(words(stage, pullOf(stage))).toContain("Continues by itself");
  });

  it("ends the ticket after a month", async () => {
    const stage = await raise("always");
    const issue = await labelled(stage);
    await shut(stage);
    await says(stage, "mona", issue, "/coop approve");
    await pass(stage, issue, 30 * MINUTE_MS, 5 * MINUTE_MS);
    await pass(stage, issue, (UNSAID_DAYS_MAX + 1) * DAY_MS, DAY_MS);
    expect(await last(stage, issue)).toMatchObject({ because: { code: "refused-too-long" } });
    expect(await stage.phase(issue)).toBe("stopped");
  });
});

describe("a pull request that GitHub speaks of in two ways", () => {
  const ready = async () => {
    const stage = await raise();
    const issue = await labelled(stage);
    expect(await stage.phase(issue)).toBe("ready");
    return { stage, issue, pull: pullOf(stage) };
  };

  it("is merged although it was not found once", async () => {
    const { stage, issue, pull } = await ready();
    stage.forge.fail({ method: "PUT", path: /merge$/, times: 1, status: 404, message: "Not Found" });
    await says(stage, "mona", pull, "/coop approve");
    await pass(stage, issue, 10 * MINUTE_MS, 5 * MINUTE_MS);
    expect([await stage.phase(issue), await halts(stage, issue)]).toEqual(["merged", 0]);
  });

  it("halts where its head is said to have moved and is shown unmoved", async () => {
    const { stage, issue, pull } = await ready();
    const message = "Head branch was modified. Review and try the merge again.";
    stage.forge.fail({ ...always, method: "PUT", path: /merge$/, status: 409, message });
    await says(stage, "mona", pull, "/coop approve");
    await pass(stage, issue, 10 * MINUTE_MS, MINUTE_MS);
    expect([await stage.phase(issue), await halts(stage, issue)]).toEqual(["blocked", 1]);
    expect(words(stage, pull)).toContain("still shows the same head");
    stage.forge.clearFailures();
    await says(stage, "mona", pull, "/coop resume");
    await says(stage, "mona", pull, "/coop approve");
    await pass(stage, issue, 10 * MINUTE_MS, 5 * MINUTE_MS);
    expect(await stage.phase(issue)).toBe("merged");
  });

  it("is not called ready by a resume from the issue while it is closed", async () => {
    const { stage, issue, pull } = await ready();
    stage.repo.close("mona", pull);
    await stage.settle();
    await says(stage, "mona", issue, "/coop resume");
    expect([await stage.phase(issue), await halts(stage, issue)]).toEqual(["parked", 2]);
    stage.repo.reopen("mona", pull);
    await says(stage, "mona", issue, "/coop resume");
    expect(await stage.phase(issue)).toBe("ready");
  });
});

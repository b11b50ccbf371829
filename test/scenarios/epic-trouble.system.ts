import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import { partsStoryIn } from "../support/parts.ts";
import { holds } from "../support/holds.ts";
import { closeShared, type Stage, strike } from "../support/scenario.ts";
import { labelled, raiseChecked, replies, REVIEWS_ONLY, says, words } from "../support/stories.ts";

/** Epics to which something happens that their plan does not know: people close and merge by hand, words and nudges get lost. */
afterEach(strike);
afterAll(closeShared);

const TICKET = {
  title: "Document all of it",
  body: "As a reader I want all of it in files of its own, since one is long.",
};
const POLICY = REVIEWS_ONLY[".github/coop.yml"].replace("waive: [", "waive: [{ item: merge-result, why: as above }, ");
const THREE = { a: [], b: [1], c: [] };
const raised = (order: Readonly<Record<string, number[]>> = THREE) =>
  raiseChecked(partsStoryIn(order), { files: { ".github/coop.yml": POLICY } });

const parts = async (stage: Stage, parent: number) => (await stage.ticket(parent)).epic?.parts ?? [];
const states = async (stage: Stage, parent: number) => (await parts(stage, parent)).map(({ state }) => state);
const issueOf = async (stage: Stage, parent: number, part: number) => {
  const issue = (await parts(stage, parent))[part - 1]?.issue;
  if (!issue) throw new Error(`Part ${part} has no issue`);
  return issue;
};
const split = async (stage: Stage) => {
  const issue = await labelled(stage, "coop:docs", TICKET);
  await says(stage, "mona", issue, "/coop split");
  return issue;
};

describe("a part", () => {
  it("closed before its turn is left out, and waits for its turn again once it is reopened", async () => {
    const stage = await raised();
    const issue = await split(stage);
    const [a, b] = [await issueOf(stage, issue, 1), await issueOf(stage, issue, 2)];
    expect(await states(stage, issue)).toEqual(["begun", "waiting", "begun"]);
    stage.repo.close("mona", b);
    await stage.settle();
    expect(await states(stage, issue)).toEqual(["begun", "left-out", "begun"]);
    stage.repo.reopen("mona", b);
    await stage.settle();
    expect(await states(stage, issue)).toEqual(["begun", "waiting", "begun"]);
    expect(words(stage, issue)).toContain(`(#${b}) was reopened and waits for its turn again`);
    await says(stage, "mona", a, "/coop approve");
    expect(await states(stage, issue)).toEqual(["merged", "begun", "begun"]);
    await holds(stage, issue);
  });

  it("reopened while its epic stands still for it sets the epic going again", async () => {
    const stage = await raised({ a: [], b: [1] });
    const issue = await split(stage);
    const [a, b] = [await issueOf(stage, issue, 1), await issueOf(stage, issue, 2)];
    await says(stage, "mona", issue, "/coop park");
    stage.repo.close("mona", a);
    await stage.settle();
    await says(stage, "mona", issue, "/coop resume");
    expect(await stage.phase(issue)).toBe("blocked");
    stage.repo.reopen("mona", a);
    await says(stage, "mona", a, "/coop resume");
    expect([await stage.phase(issue), await states(stage, issue)]).toEqual(["epic", ["begun", "waiting"]]);
    await says(stage, "mona", a, "/coop approve");
    await says(stage, "mona", b, "/coop approve");
    expect(await stage.phase(issue)).toBe("merged");
    await holds(stage, issue);
  });

  it.each([
    ["while it waits for a yes", null],
    ["after it was stopped", "/coop stop"],
  ])("whose pull request a person merges by hand %s is merged", async (_when, before) => {
    const stage = await raised({ a: [], b: [1] });
    const issue = await split(stage);
    const a = await issueOf(stage, issue, 1);
    const pull = (await stage.ticket(a)).pull?.number ?? 0;
    if (before !== null) await says(stage, "mona", a, before);
    if (before !== null) expect(await states(stage, issue)).toEqual(["left-out", "waiting"]);
    stage.repo.merge("mona", pull);
    await stage.settle();
    expect(await states(stage, issue)).toEqual(["merged", "begun"]);
    expect(words(stage, issue)).toContain(`(#${a}) is merged`);
    await holds(stage, issue);
  });

  it("is left out by a person's word in its epic, and its issue stays open", async () => {
    const stage = await raised();
    const issue = await split(stage);
    const [b, c] = [await issueOf(stage, issue, 2), await issueOf(stage, issue, 3)];
    await says(stage, "rita", issue, "/coop skip 2");
    await says(stage, "mona", issue, "/coop skip 3");
    expect((await replies(stage, issue)).slice(-2)).toEqual([
      expect.stringContaining("write permission"),
      expect.stringContaining(`Part 3 is at work as #${c}`),
    ]);
    await says(stage, "mona", issue, "/coop skip 2");
    expect(await states(stage, issue)).toEqual(["begun", "left-out", "begun"]);
    expect(stage.repo.thread(b).state).toBe("open");
    expect(words(stage, issue)).toContain("mona said so");
    await says(stage, "mona", b, "/coop status");
    expect(words(stage, b)).toContain("take the label off this issue and put it on again");
    for (const one of [await issueOf(stage, issue, 1), c]) await says(stage, "mona", one, "/coop approve");
    expect([await stage.phase(issue), words(stage, issue).includes("2 parts merged, 1 part left out")]).toEqual(["merged", true]); // prettier-ignore
    await holds(stage, issue);
  });
});

describe("what an epic is not told", () => {
  it("is looked up before a part is skipped that a label began meanwhile", async () => {
    const stage = await raised();
    const issue = await split(stage);
    const b = await issueOf(stage, issue, 2);
    const { key } = await stage.ticket(issue);
    await stage.sql(`CREATE TRIGGER lost BEFORE INSERT ON jobs WHEN NEW.ticket = '${key}' BEGIN SELECT RAISE(IGNORE); END`); // prettier-ignore
    stage.repo.removeLabel("mona", b, "coop:docs");
    stage.repo.addLabel("mona", b, "coop:docs");
    await stage.settle();
    expect((await states(stage, issue))[1]).toBe("waiting");
    await stage.sql("DROP TRIGGER lost");
    await says(stage, "mona", issue, "/coop skip 2");
    expect((await replies(stage, issue)).at(-1)).toContain(`Part 2 is at work as #${b}`);
    expect(await states(stage, issue)).toEqual(["begun", "begun", "begun"]);
    await holds(stage, issue);
  });

  it("about one part holds up no other part", async () => {
    const stage = await raised();
    const issue = await split(stage);
    const [a, c] = [await issueOf(stage, issue, 1), await issueOf(stage, issue, 3)];
    const pull = (await stage.ticket(a)).pull?.number ?? 0;
    const path = new RegExp(`/pulls/${pull}$`);
    await says(stage, "mona", a, "/coop stop");
    expect(await states(stage, issue)).toEqual(["left-out", "waiting", "begun"]);
    stage.forge.fail({
      method: "GET",
      path,
      times: 99,
      status: 403,
      message: "Resource not accessible by integration",
    });
    await says(stage, "mona", c, "/coop approve");
    expect([await stage.phase(issue), await states(stage, issue)]).toEqual([
      "blocked",
      ["left-out", "waiting", "merged"],
    ]);
    expect(words(stage, issue)).toContain("was left out and the plan says that it comes first");
  });

  it("about a pull request that was closed without a merge is not looked up each time", async () => {
    const stage = await raised();
    const issue = await split(stage);
    const a = await issueOf(stage, issue, 1);
    const pull = (await stage.ticket(a)).pull?.number ?? 0;
    await says(stage, "mona", a, "/coop stop");
    const asked = () => stage.forge.requests.filter(({ path }) => path.endsWith(`/pulls/${pull}`)).length;
    const perLook = async () => {
      const before = asked();
      await stage.wake(issue);
      return asked() - before;
    };
    expect(await perLook()).toBeGreaterThan(0);
    stage.repo.close("mona", pull);
    await stage.settle();
    await stage.wake(issue);
    expect(await perLook()).toBe(0);
    await holds(stage, issue);
  });
});

describe("a split", () => {
  it("that GitHub breaks off half-way opens no issue twice and loses none", async () => {
    const stage = await raised();
    const issue = await labelled(stage, "coop:docs", TICKET);
    // The first one is opened and its answer is lost; the next try finds it.
    stage.forge.fail({ method: "POST", path: /\/issues$/, times: 1, status: 502, after: "done" });
    await says(stage, "mona", issue, "/coop split");
    await stage.wake(issue);
    expect(await states(stage, issue)).toEqual(["begun", "waiting", "begun"]);
    expect(stage.repo.numbers("issue")).toHaveLength(4);
  });

  it("that is refused half-way says which issues there are, and goes on with the others", async () => {
    const stage = await raised();
    const issue = await labelled(stage, "coop:docs", TICKET);
    stage.forge.fail({
      method: "POST",
      path: /\/issues$/,
      skip: 1,
      times: 1,
      status: 403,
      message: "Not now",
    });
    await says(stage, "mona", issue, "/coop split");
    expect(await stage.phase(issue)).toBe("blocked");
    expect(words(stage, issue)).toContain("1 of 3 parts opened");
    await says(stage, "mona", issue, "/coop retry");
    expect(await states(stage, issue)).toEqual(["begun", "waiting", "begun"]);
    expect(stage.repo.numbers("issue")).toHaveLength(4);
    expect(stage.repo.subIssues(issue)).toHaveLength(3);
    await holds(stage, issue);
  });

  it("that GitHub goes away from half-way knows what it opened, also when a person stops it in the pause", async () => {
    const stage = await raised();
    const issue = await labelled(stage, "coop:docs", TICKET);
    stage.forge.fail({ method: "POST", path: /\/issues$/, skip: 2, times: 1, status: 502 });
    await says(stage, "mona", issue, "/coop split");
    const known = (await parts(stage, issue)).map((part) => part.issue);
    expect(known).toEqual([issue + 1, issue + 2, null]);
    expect(stage.repo.subIssues(issue)).toEqual(known.slice(0, 2));
    await says(stage, "mona", issue, "/coop stop");
    expect(await stage.phase(issue)).toBe("stopped");
    expect(words(stage, issue)).toContain(`#${issue + 2}`);
    await holds(stage, issue);
  });
});

describe("a word that gets lost between an epic and its parts", () => {
  it("is said again when it could not be heard and was set aside", async () => {
    const stage = await raised({ a: [], b: [1] });
    const issue = await labelled(stage, "coop:docs", TICKET);
    const { key } = await stage.ticket(issue);
    // As a trigger stands that an older server could not read.
    await stage.sql(
      "INSERT INTO inbox (ticket, source, kind, payload, received_at, ledger_length, state) VALUES ($1, $2, 'part-due', '{}', $3, 0, 'set-aside')",
      ...[key.replace(/\d+$/, String(issue + 1)), `part:${key}`, new Date()],
    );
    await says(stage, "mona", issue, "/coop split");
    expect(await issueOf(stage, issue, 1)).toBe(issue + 1);
    expect(await stage.phase(issue + 1)).toBe("ready");
  });

  it.each([
    ["to a part", 1],
    ["to its epic", 0],
  ])("%s is found by the sweep after a restart", async (_what, offset) => {
    const stage = await raised({ a: [], b: [1] });
    const issue = await labelled(stage, "coop:docs", TICKET);
    const { key } = await stage.ticket(issue);
    const deaf = key.replace(/\d+$/, String(issue + offset));
    const lose = () =>
      stage.sql(
        `CREATE TRIGGER lost BEFORE INSERT ON jobs WHEN NEW.ticket = '${deaf}' BEGIN SELECT RAISE(IGNORE); END`,
      );
    if (offset === 1) await lose();
    await says(stage, "mona", issue, "/coop split");
    const a = issue + 1;
    if (offset === 0) await lose();
    if (offset === 0) await says(stage, "mona", a, "/coop approve");
    expect(await states(stage, issue)).toEqual(["begun", "waiting"]);
    expect(await stage.kinds(a)).toHaveLength(offset === 1 ? 0 : (await stage.kinds(a)).length);
    await stage.sql("DROP TRIGGER lost");
    await stage.restart();
    await stage.settle();
    expect(await states(stage, issue)).toEqual(offset === 1 ? ["begun", "waiting"] : ["merged", "begun"]);
    expect(await stage.phase(offset === 1 ? a : a + 1)).toBe("ready");
    await holds(stage, issue);
  });
});

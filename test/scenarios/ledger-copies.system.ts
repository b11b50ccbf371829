import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import { verifyThread } from "../../src/audit/verify-thread.ts";
import { threadOnGitHub } from "../../src/cli/public-thread.ts";
import { replay } from "../../src/audit/replay.ts";
import { closeShared, type Stage, strike } from "../support/scenario.ts";
import { CHECKED_GREETER, ISSUE, loudStory, policy, raiseChecked } from "../support/stories.ts";

afterEach(strike);
afterAll(closeShared);

const LEDGER = "<!-- coop:ledger";

type Ready = { readonly stage: Stage; readonly issue: number; readonly pull: number };

/** A ticket that waits for a person's yes to the merge, so that most of its ledger is published. */
async function ready(files: Readonly<Record<string, string>> = CHECKED_GREETER): Promise<Ready> {
  const stage = await raiseChecked(loudStory(), { files, people: { mallory: "read" } });
  const issue = stage.repo.openIssue("mona", ISSUE);
  stage.repo.addLabel("mona", issue, "coop");
  await stage.settle();
  expect(await stage.phase(issue)).toBe("ready");
  return { stage, issue, pull: stage.repo.numbers("pull")[0] ?? 0 };
}

function ledgerComment(stage: Stage, number: number) {
  const found = stage.repo.thread(number).comments.find((one) => one.body.includes(LEDGER));
  if (!found) throw new Error(`Thread ${number} has no ledger comment`);
  return found;
}

async function count(stage: Stage, issue: number, kind: string): Promise<number> {
  return (await stage.kinds(issue)).filter((one) => one === kind).length;
}

async function goesOnToMerge({ stage, issue, pull }: Ready): Promise<void> {
  stage.repo.comment("mona", pull, "/coop approve");
  await stage.settle();
  expect(await stage.phase(issue)).toBe("merged");
  expect(stage.repo.pull(pull).mergedSha).not.toBeNull();
}

/** Every row of the database, as it is now. @returns puts them back */
async function backup({ sql }: Stage): Promise<() => Promise<void>> {
  const names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
  const tables = (await sql(names)) as { name: string }[];
  for (const { name } of tables) await sql(`CREATE TEMP TABLE "kept_${name}" AS SELECT * FROM "${name}"`);
  return async () => {
    for (const { name } of tables) {
      await sql(`DELETE FROM "${name}"`);
      await sql(`INSERT INTO "${name}" SELECT * FROM "kept_${name}"`);
      await sql(`DROP TABLE "kept_${name}"`);
    }
  };
}

/** A backup was taken while the plan waited for a yes, and mona said yes. */
async function wentOnAfterBackup() {
  const stage = await raiseChecked(loudStory(), { files: policy("planGate: always") });
  const issue = stage.repo.openIssue("mona", ISSUE);
  stage.repo.addLabel("mona", issue, "coop");
  await stage.settle();
  expect(await stage.phase(issue)).toBe("plan-approval");
  const putBack = await backup(stage);
  stage.repo.comment("mona", issue, "/coop approve");
  await stage.settle();
  expect(await stage.phase(issue)).toBe("ready");
  return { stage, issue, putBack, pull: stage.repo.numbers("pull")[0] ?? 0 };
}

function publishedIn({ repo }: Stage): string[] {
  const threads = [...repo.numbers("issue"), ...repo.numbers("pull")].flatMap((one) => repo.thread(one).comments);
  const reviews = repo.numbers("pull").flatMap((one) => repo.pull(one).reviews);
  const mark = /coop:(?:ledger v\d+ \S+|status \S+|reply \S+|said \S+)/;
  return [...threads, ...reviews].flatMap(({ body }) => mark.exec(body)?.[0] ?? []);
}

describe("a backup that is put back", () => {
  it("catches up with the thread before anything is written, and says nothing twice", async () => {
    const { stage, issue, putBack, pull } = await wentOnAfterBackup();
    const before = await stage.entries(issue);
    await stage.restart(undefined, putBack);
    await stage.settle();
    await goesOnToMerge({ stage, issue, pull });
    const now = await stage.entries(issue);
    const rebuilt = now.findIndex(({ kind }) => kind === "ledger_rebuilt");
    expect(now.slice(0, rebuilt)).toEqual(before.slice(0, rebuilt));
    expect(rebuilt).toBe(before.length);
    expect(stage.repo.numbers("pull")).toEqual([pull]);
    const published = publishedIn(stage);
    expect(published).toEqual([...new Set(published)]);
    expect(await stage.verify(issue)).toMatchObject({ outcome: "equal" });
    expect(replay(now).filter((one) => one.verdict === "unexplained")).toEqual([]);
  });
});

describe("a ledger that was rebuilt past a hole in the thread", () => {
  it("goes on: what stood behind the hole follows on nothing any more", async () => {
    const at = await ready();
    const { stage, issue } = at;
    for (const said of ["/coop explain", "/coop status", "/coop help"]) {
      stage.repo.comment("mona", issue, said);
      await stage.settle();
    }
    const answers = stage.repo.thread(issue).comments.filter(({ body }) => body.includes(LEDGER)).slice(-3); // prettier-ignore
    stage.forge.setDelivery("drop");
    stage.repo.deleteComment("mona", answers[0]?.id ?? 0);
    await stage.restart(undefined, () => stage.wipe(issue));
    stage.forge.setDelivery("send");
    stage.repo.comment("mona", issue, "/coop status");
    await stage.settle();
    expect(await stage.kinds(issue)).toContain("ledger_rebuilt");
    await goesOnToMerge(at);
  });
});

describe("the two copies of a ledger", () => {
  it("are equal on a ticket that nobody touched, and every decision follows", async () => {
    const at = await ready();
    expect(await at.stage.verify(at.issue)).toMatchObject({ outcome: "equal", unpublished: 0 });
    await goesOnToMerge(at);
    const entries = await at.stage.entries(at.issue);
    expect(await at.stage.verify(at.issue)).toEqual({ outcome: "equal", entries: entries.length, unpublished: 0 });
    expect(replay(entries).filter((one) => one.verdict !== "follows")).toEqual([]);
  });

  it("can be verified by a visitor with the public key, and the merge commit says how the ledger was", async () => {
    const at = await ready();
    await goesOnToMerge(at);
    const { stage, issue } = at;
    const key = `${stage.repo.fullName}#${issue}`;
    const visitor = { GITHUB_API_URL: stage.forge.url, GITHUB_TOKEN: stage.forge.tokenFor("mallory") };
    const entries = await stage.entries(issue);
    const { trusted } = stage.app().world.ledgerKeys;
    const { comments, anchor } = await threadOnGitHub(key, visitor);
    expect(entries.find((one) => one.hash === anchor)?.kind).toBe("merge_approved");
    const whole = { outcome: "holds", strangers: [], unsignedComments: 0, signedFrom: 1 };
    expect(verifyThread(key, comments, trusted, [anchor ?? ""])).toMatchObject({ ...whole, entries });
    // The server puts back what is deleted; here it has stopped, and somebody deletes the comment that ends the ledger.
    const last = comments.findIndex(({ body }) => body.includes("coop:ledger v2"));
    const cut = comments.slice(0, last + 1);
    expect(verifyThread(key, cut, trusted, [anchor ?? ""])).toMatchObject({
      outcome: "different",
      problems: [expect.stringContaining("taken off the end")],
    });
  });

  it("put back what somebody deleted", async () => {
    const at = await ready();
    const { stage, issue } = at;
    const { id, body } = ledgerComment(stage, issue);
    stage.forge.setDelivery("drop");
    stage.repo.deleteComment("mona", id);
    expect(await stage.verify(issue)).toMatchObject({
      outcome: "different",
      first: { seq: 1, kind: "opened", where: "thread", how: expect.stringContaining("missing in the thread") },
    });
    stage.forge.setDelivery("send");
    for (const lost of stage.forge.deliveries.filter((one) => one.statusCode !== 200 && one.statusCode !== 202))
      stage.forge.redeliver(lost);
    await stage.settle();
    expect(stage.said(issue).filter((one) => one === body)).toHaveLength(1);
    expect(await stage.verify(issue)).toMatchObject({ outcome: "equal" });
    expect(await stage.kinds(issue)).not.toContain("ledger_fault");
    await goesOnToMerge(at);
  });

  it("report an edited comment once and believe the database", async () => {
    const at = await ready();
    const { stage, issue } = at;
    const { id, body } = ledgerComment(stage, issue);
    stage.repo.editComment("mona", id, body.replace(/\w/, "X"));
    await stage.settle();
    expect(await stage.verify(issue)).toMatchObject({
      outcome: "different",
      first: { seq: 1, kind: "opened", where: "thread", how: expect.stringContaining(`comment ${id} was edited`) },
    });
    expect(await count(stage, issue, "ledger_fault")).toBe(1);
    stage.repo.deleteComment("mona", stage.repo.comment("mona", issue, "Somebody looks again."));
    await stage.settle();
    expect(await count(stage, issue, "ledger_fault")).toBe(1);
    await goesOnToMerge(at);
  });

  it("put back and report a comment whose marker was broken", async () => {
    const at = await ready();
    const { stage, issue } = at;
    const { id, body } = ledgerComment(stage, issue);
    stage.repo.editComment("mona", id, body.replace(/coop:ledger v2 ./, "coop:ledger v2 "));
    await stage.settle();
    expect(stage.said(issue)).toContain(body);
    expect(await count(stage, issue, "ledger_fault")).toBe(1);
    const verified = await stage.verify(issue);
    expect(verified).toMatchObject({ outcome: "different", first: { how: expect.stringContaining("not believed") } });
    expect(verified).toMatchObject({ others: [] });
    await goesOnToMerge(at);
  });

  it("report a stranger's copy of a ledger comment once and do not believe it", async () => {
    const at = await ready();
    const { stage, issue, pull } = at;
    const before = await stage.entries(issue);
    stage.repo.comment("mallory", pull, ledgerComment(stage, issue).body);
    await stage.settle();
    // A new comment is no reason to read the thread again; one that changes is.
    stage.repo.deleteComment("mona", stage.repo.comment("mona", issue, "A word."));
    await stage.settle();
    expect((await stage.entries(issue)).slice(0, before.length)).toEqual(before);
    expect(await stage.verify(issue)).toMatchObject({
      outcome: "different",
      first: { where: "thread", how: expect.stringContaining("by mallory carries a ledger marker") },
    });
    expect(await count(stage, issue, "ledger_fault")).toBe(1);
    await goesOnToMerge(at);
  });

  it("name a row that somebody changed in the database, and nothing is done on it", async () => {
    const { stage, issue, pull } = await ready();
    const key = `${stage.repo.fullName}#${issue}`;
    await stage.sql(
      "UPDATE ledger_entries SET content = replace(content, 'mona', 'mallory') WHERE ticket = $1 AND seq = 1",
      key,
    );
    expect(await stage.verify(issue)).toMatchObject({
      outcome: "different",
      first: { seq: 1, kind: "opened", where: "database", how: expect.stringContaining("was changed") },
    });
    stage.repo.comment("mona", pull, "/coop approve");
    await stage.forge.idle();
    expect(stage.repo.pull(pull).mergedSha).toBeNull();
    await stage.sql(
      "UPDATE ledger_entries SET content = replace(content, 'mallory', 'mona') WHERE ticket = $1 AND seq = 1",
      key,
    );
    await stage.app().world.nudge(key, { lane: "hearing", reason: "mended" });
    await stage.settle();
    expect(await stage.phase(issue)).toBe("merged");
  });

  it("name a chain that was shortened in the database", async () => {
    const { stage, issue } = await ready();
    const key = `${stage.repo.fullName}#${issue}`;
    const last = (await stage.entries(issue)).at(-1);
    await stage.sql("DELETE FROM ledger_entries WHERE ticket = $1 AND seq = $2", key, last?.seq);
    expect(await stage.verify(issue)).toMatchObject({
      outcome: "different",
      first: { seq: last?.seq, kind: last?.kind, where: "database", how: expect.stringContaining("chain is shorter") },
    });
  });
});

describe("a wiped database", () => {
  it("is rebuilt from the thread when a person says something, and the ticket goes on to the merge", async () => {
    const at = await ready();
    const { stage, issue } = at;
    const before = await stage.entries(issue);
    await stage.wipe(issue);
    expect(await stage.verify(issue)).toMatchObject({ outcome: "different", first: { seq: 1, where: "database" } });
    await goesOnToMerge(at);
    const after = await stage.entries(issue);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after[before.length]).toMatchObject({ kind: "ledger_rebuilt", data: { entries: before.length } });
    expect(await stage.verify(issue)).toMatchObject({ outcome: "equal" });
    expect(replay(after).filter((one) => one.verdict !== "follows")).toEqual([]);
  });

  it("is rebuilt by the sweep after a start, and the ticket goes on to the merge", async () => {
    const at = await ready();
    const { stage, issue } = at;
    const before = await stage.entries(issue);
    await stage.wipe(issue);
    await stage.restart();
    await stage.settle();
    expect((await stage.kinds(issue)).slice(0, before.length + 1)).toEqual([
      ...before.map((one) => one.kind),
      "ledger_rebuilt",
    ]);
    expect(await stage.phase(issue)).toBe("ready");
    await goesOnToMerge(at);
    expect(await stage.verify(issue)).toMatchObject({ outcome: "equal" });
  });
});

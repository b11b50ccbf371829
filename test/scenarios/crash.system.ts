import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import type { LedgerStore } from "../../src/store/ledger-store.ts";
import { eachDatabase } from "../support/databases.ts";
import { closeShared, scripted, type Stage, type StageOptions, strike } from "../support/scenario.ts";
import {
  fixes,
  ISSUE,
  labelled,
  loudStory,
  NAMED,
  policy,
  pullOf,
  raiseChecked,
  says,
  write,
} from "../support/stories.ts";
import { tapped } from "../support/tapped-models.ts";

afterEach(strike);
afterAll(closeShared);

/** Markers of ledger and status comments that stand more than once. Nothing may ever stand here. */
const doubled = (stage: Stage) => {
  const threads = [...stage.repo.numbers("issue"), ...stage.repo.numbers("pull")];
  const reviews = stage.repo.numbers("pull").flatMap((pull) => stage.repo.pull(pull).reviews.map((one) => one.body));
  const texts = [...threads.flatMap((one) => stage.said(one)), ...reviews];
  const marks = texts.map((text) => /coop:ledger v2 \S+|coop:status \S+/.exec(text)?.[0] ?? text);
  return marks.filter((mark, index) => marks.indexOf(mark) < index);
};

/** Breaks one method of a port of the running program: an object is shared by all who use it. */
const breakAppend = (stage: Stage, dies: (count: number) => boolean) => {
  const ledgers = stage.app().world.ledgers as { append: LedgerStore["append"] };
  const append = ledgers.append;
  let count = 0;
  ledgers.append = (...args) =>
    dies(++count) ? Promise.reject(new Error("The process died before this append")) : append(...args);
};

/** Nobody is spared by it. */
const RETRY_MS = 10;

/** Named by the databases whose every append and note is a place to die at. */
function deaths(over: () => Promise<StageOptions>): void {
  const raised = async (...[script, wanted]: Parameters<typeof raiseChecked>) =>
    raiseChecked(script, wanted, { jobRetryMs: RETRY_MS, ...(await over()) });

  it("in the middle of the Implementer's loop pays for no call twice", async () => {
    let stage: Stage | null = null;
    let dead = false;
    const tap = tapped(scripted(loudStory()), (call) => {
      if (dead || call.role !== "implementer" || call.turn !== 3) return null;
      dead = true;
      throw new Error("The process died while this call was on its way");
    });
    stage = await raised(tap.models);
    const issue = await labelled(stage);
    await stage.restart();
    await stage.wake(issue);
    expect(dead).toBe(true);
    expect(await stage.phase(issue)).toBe("ready");
    const turns = tap.calls.filter((call) => call.role === "implementer").map((call) => call.turn);
    expect(turns.slice(0, 2)).toEqual([1, 2]);
    expect(turns.filter((turn) => turn < 3)).toEqual([1, 2]);
    expect((await stage.ticket(issue)).spend.calls).toBe(tap.calls.length);
    expect(doubled(stage)).toEqual([]);
  });

  it("before every single append loses nothing and doubles nothing", async () => {
    const tap = tapped(scripted(loudStory()));
    const stage = await raised(tap.models);
    // Odd ones die: each append is tried, dies, and is tried again by a pass that begins anew.
    breakAppend(stage, (count) => count % 2 === 1);
    const issue = await labelled(stage);
    for (let lap = 0; lap < 30 && (await stage.phase(issue).catch(() => "none")) !== "ready"; lap++)
      await stage.wake(issue);
    expect(await stage.phase(issue)).toBe("ready");
    const pulls = stage.repo.numbers("pull");
    await says(stage, "mona", pulls[0] ?? 0, "/coop approve");
    for (let lap = 0; lap < 10 && (await stage.phase(issue)) !== "merged"; lap++) await stage.wake(issue);
    expect(await stage.phase(issue)).toBe("merged");
    expect(pulls).toHaveLength(1);
    expect(stage.repo.pull(pulls[0] ?? 0).reviews).toHaveLength(1);
    expect(doubled(stage)).toEqual([]);
    expect(tap.repeated()).toEqual([]);
    expect(await stage.kinds(issue)).toEqual([
      ...["opened", "routed", "planned", "plan_approved", "implemented", "pull_request_opened"],
      ...["reviewed", "reviewed", "proof_collected", "merge_approved", "merged"],
    ]);
  });

  it("between a reply and its note says nothing twice, in a thread or below a person's inline comment", async () => {
    const story = loudStory(fixes(1, [], write("src/greet.js", NAMED)));
    const stage = await raised(story, { files: policy("planGate: never") });
    const seen = new Set<string>();
    const { projections } = stage.app().world;
    const put = projections.put;
    (projections as { put: typeof put }).put = (ticket, kind, projection) => {
      const isNote = /^(answer|reply):/.test(kind) && projection.remoteId !== null;
      if (!isNote || seen.has(kind)) return put(ticket, kind, projection);
      seen.add(kind);
      return Promise.reject(new Error("The process died before the reply's id was noted"));
    };
    const talk = stage.repo.openIssue("mona", ISSUE);
    await says(stage, "mona", talk, "/coop status");
    await stage.wake(talk);
    expect(stage.said(talk).filter((body) => body.includes("<!-- coop:reply"))).toHaveLength(1);
    const issue = await labelled(stage);
    const pull = pullOf(stage);
    const comments = [{ path: "src/greet.js", line: 1, body: "Name it better." }];
    stage.repo.review("mona", pull, { event: "REQUEST_CHANGES", body: "Please.", comments });
    await stage.settle();
    await stage.wake(issue);
    expect([...seen].map((kind) => kind.split(":")[0])).toEqual(["answer", "reply"]);
    const [asked, ...replies] = stage.repo.pull(pull).inline;
    expect(replies.map((one) => one.inReplyTo)).toEqual([asked?.id]);
  });

  it("between the record of a comment and its id finds the comment again", async () => {
    const stage = await raised(loudStory());
    const publications = stage.app().world.publications;
    const posted = publications.posted;
    const seen = new Set<string>();
    (publications as { posted: typeof posted }).posted = (...args) => {
      const once = `${args[0]} ${args[1]}`;
      if (seen.has(once)) return posted(...args);
      seen.add(once);
      return Promise.reject(new Error("The process died before the comment's id was noted"));
    };
    const issue = await labelled(stage);
    for (let lap = 0; lap < 20 && (await stage.phase(issue)) !== "ready"; lap++) await stage.wake(issue);
    expect(await stage.phase(issue)).toBe("ready");
    await stage.wake(issue);
    // The plan, and the review that tells of the rest.
    expect(seen.size).toBe(2);
    expect(doubled(stage)).toEqual([]);
    expect(stage.repo.pull(stage.repo.numbers("pull")[0] ?? 0).reviews).toHaveLength(1);
  });
}

describe("a process that dies, over SQLite", () => deaths(async () => ({})));
eachDatabase((_name, open) => {
  describe("a process that dies", () => deaths(async () => ({ database: await open() })));
});

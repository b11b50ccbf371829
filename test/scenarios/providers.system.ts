import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import type { Reply } from "../../src/models/model.ts";
import { closeShared, POOL, scripted, type Stage, strike } from "../support/scenario.ts";
import { placeOf } from "../../src/models/scripted.ts";
import { aPlan, IMPLEMENT, labelled, loudStory, raiseChecked, says, write } from "../support/stories.ts";
import { tapped } from "../support/tapped-models.ts";

afterEach(strike);
afterAll(closeShared);

const USAGE = { inputTokens: 10, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 1, costMicroUsd: 15 };
const NONSENSE: Reply = { outcome: "answered", text: "Sure! Here you go.", toolCalls: [], echo: null, usage: USAGE };
const REFUSED: Reply = { outcome: "refused", reason: "I cannot help with that.", usage: USAGE };
const CUT_OFF: Reply = { outcome: "cut-off", text: '{"goal": "gre', usage: USAGE };
const REVOKED: Reply = {
  outcome: "rejected",
  status: 401,
  cause: "key",
  reason: "The model was not asked: the provider does not accept the API key (HTTP 401).",
};
const away = (retryAfterMs: number | null = null): Reply => ({
  outcome: "unavailable",
  reason: "The model is overloaded at its provider (HTTP 529).",
  retryAfterMs,
});
const halt = async (stage: Stage, issue: number) => (await stage.ticket(issue)).halt;
const failures = async (stage: Stage, issue: number) =>
  (await stage.entries(issue)).flatMap((entry) => (entry.kind === "step_failed" ? [entry.data] : []));
const changes = async (stage: Stage, issue: number) =>
  (await stage.entries(issue)).flatMap((entry) => (entry.kind === "assignment_changed" ? [entry.data] : []));
/** Longer than any pause between two tries. */
const PAUSE_MS = 13 * 60_000;
let offsetMs = 0;
const now = () => new Date(Date.now() + offsetMs);
/** Lets every pause pass until nothing more happens by itself. */
const letTimePass = async (stage: Stage, issue: number) => {
  for (let before = -1; before !== (await stage.entries(issue)).length;) {
    before = (await stage.entries(issue)).length;
    offsetMs += PAUSE_MS;
    await stage.wake(issue);
  }
};

describe("a model that answers nonsense", () => {
  it("is told once what did not fit, then another model takes its seat", async () => {
    let first = "";
    const tap = tapped(scripted(loudStory()), (call) => {
      if (call.role === "architect") first ||= call.model;
      return call.role === "architect" && call.model === first ? NONSENSE : null;
    });
    const stage = await raiseChecked(tap.models);
    const issue = await labelled(stage);
    expect(await stage.phase(issue)).toBe("ready");
    expect(tap.calls.filter((call) => call.model === first && call.role === "architect")).toHaveLength(4);
    expect((await failures(stage, issue)).map((one) => one.reason)).toEqual(["model-unusable", "model-unusable"]);
    expect(await changes(stage, issue)).toMatchObject([
      { role: "architect", because: { code: "model-failed", facts: { model: first, times: 2 } } },
    ]);
  });

  it("stops the ticket when every model does it, and /coop retry really asks again", async () => {
    let mended = false;
    const tap = tapped(scripted(loudStory()), (call) => (call.role === "architect" && !mended ? NONSENSE : null));
    const stage = await raiseChecked(tap.models);
    const issue = await labelled(stage);
    expect(await halt(stage, issue)).toMatchObject({ as: "blocked", reason: "model-unusable" });
    expect(stage.said(issue).join("\n")).toContain("`/coop retry` runs the step again");
    expect(tap.repeated().length).toBeLessThan(tap.calls.length);
    mended = true;
    await says(stage, "mona", issue, "/coop retry");
    expect(await stage.phase(issue)).toBe("ready");
  });

  it.each([
    ["refuses", REFUSED, "refused to answer: I cannot help with that."],
    ["is cut off twice", CUT_OFF, "was cut off twice in a row at its output limit"],
  ])("counts as failed when it %s", async (_, reply, sentence) => {
    let first = "";
    const tap = tapped(scripted(loudStory()), (call) => {
      if (call.role === "reviewer") first ||= call.model;
      return call.role === "reviewer" && call.model === first ? reply : null;
    });
    const stage = await raiseChecked(tap.models);
    const issue = await labelled(stage);
    expect(await stage.phase(issue)).toBe("ready");
    expect((await failures(stage, issue))[0]?.sentence).toContain(sentence);
    expect((await failures(stage, issue))[0]?.spend.calls).toBeGreaterThan(0);
    const reviewed = (await stage.entries(issue)).flatMap((entry) => (entry.kind === "reviewed" ? [entry.data] : []));
    expect(reviewed.map((one) => one.model)).not.toContain(first);
  });

  it("answers again, shorter, when one answer was cut off", async () => {
    const plan = { role: "architect" as const, turns: [{ cutOff: "" }, { answer: aPlan() }] };
    const stage = await raiseChecked(loudStory(plan));
    const issue = await labelled(stage);
    expect(await stage.phase(issue)).toBe("ready");
    expect(await failures(stage, issue)).toEqual([]);
  });
});

describe("a provider that is down", () => {
  it("is waited for, then another model takes the seat, and the ledger says so", async () => {
    let first = "";
    const tap = tapped(scripted(loudStory()), (call) => {
      if (call.role === "architect") first ||= call.model;
      return call.model === first && call.role === "architect" ? away() : null;
    });
    const stage = await raiseChecked(tap.models, {}, { now });
    const issue = await labelled(stage);
    for (let knock = 0; knock < 3; knock++) await stage.wake(issue);
    const [failed] = await failures(stage, issue);
    expect(failed).toMatchObject({ reason: "model-unavailable" });
    expect(failed?.againInMs).toBeGreaterThanOrEqual(10_000);
    expect(tap.calls).toHaveLength(1);
    await letTimePass(stage, issue);
    expect(await stage.phase(issue)).toBe("ready");
    expect(await changes(stage, issue)).toMatchObject([{ role: "architect", by: "policy" }]);
    expect((await stage.ticket(issue)).spend.calls).toBe(tap.calls.length - 2);
  });

  it("blocks the ticket when all are down, and /coop retry goes on where it was", async () => {
    let down = false;
    const tap = tapped(scripted(loudStory()), (call) => {
      if (call.role === "implementer" && call.turn === 2 && !mended) down = true;
      return down ? away() : null;
    });
    let mended = false;
    const stage = await raiseChecked(tap.models, {}, { now });
    const issue = await labelled(stage);
    await letTimePass(stage, issue);
    expect(await halt(stage, issue)).toMatchObject({ as: "blocked", reason: "model-unavailable" });
    expect(stage.said(issue).join("\n")).toContain("`/coop retry` asks again, once the provider is back");
    mended = true;
    down = false;
    await says(stage, "mona", issue, "/coop retry");
    expect(await stage.phase(issue)).toBe("ready");
    const opening = tap.calls.filter((call) => call.role === "implementer" && call.turn === 1);
    expect(new Set(opening.map((call) => call.model)).size).toBe(opening.length);
  });
});

describe("a provider that is away in the middle of a step", () => {
  const MINUTE_MS = 60_000;

  it("for twenty minutes is waited for; the step goes on by itself and nothing is paid twice", async () => {
    let since: number | null = null;
    let refused = 0;
    const tap = tapped(scripted(loudStory()), (call) => {
      if (call.role === "implementer" && call.turn === 2) since ??= now().getTime();
      const isAway = since !== null && now().getTime() - since < 20 * MINUTE_MS;
      refused += isAway ? 1 : 0;
      return isAway ? away() : null;
    });
    const stage = await raiseChecked(tap.models, {}, { now });
    const issue = await labelled(stage);
    await letTimePass(stage, issue);
    expect(await stage.phase(issue)).toBe("ready");
    expect(await stage.kinds(issue)).not.toContain("halted");
    const opening = tap.calls.filter((call) => call.role === "implementer" && call.turn === 1);
    expect(opening).toHaveLength(1);
    expect((await stage.ticket(issue)).spend.calls).toBe(tap.calls.length - refused);
  });

  it("because its key was revoked gives its seat to another one, and the ticket goes on", async () => {
    // With a fourth model, somebody is left who neither wrote nor reviews.
    const pool = [...POOL, { name: "luna", vendor: "acme" }];
    let revoked = "";
    const tap = tapped(scripted(loudStory(), pool), (call) => {
      if (call.role === "implementer" && call.turn === 2) revoked ||= call.model;
      return call.model === revoked ? REVOKED : null;
    });
    const stage = await raiseChecked(tap.models, {}, { now, pool });
    const issue = await labelled(stage);
    await letTimePass(stage, issue);
    expect(await changes(stage, issue)).toContainEqual(expect.objectContaining({ role: "implementer", by: "policy" }));
    expect((await failures(stage, issue))[0]?.sentence).toContain("does not accept the API key");
    expect(await stage.phase(issue)).toBe("ready");
  });
});

describe("an Implementer that changes nothing", () => {
  it("is told so, and the ticket stops with the next command", async () => {
    const idle = { ...IMPLEMENT, turns: IMPLEMENT.turns.slice(-1).flatMap((turn) => Array(6).fill(turn)) };
    const stage = await raiseChecked(loudStory(idle));
    const issue = await labelled(stage);
    expect(await halt(stage, issue)).toMatchObject({ reason: "nothing-changed" });
    expect(stage.said(issue).join("\n")).toContain("The Implementer finished without changing a file.");
    expect(stage.repo.numbers("pull")).toEqual([]);
  });

  it("does not get out of the repository by a path", async () => {
    const evil = { ...IMPLEMENT, turns: [write("../outside.txt", "x"), ...IMPLEMENT.turns] };
    const stage = await raiseChecked(loudStory(evil));
    const issue = await labelled(stage);
    expect(await stage.phase(issue)).toBe("ready");
    expect(stage.repo.pull(stage.repo.numbers("pull")[0] ?? 0).files).not.toContain("../outside.txt");
  });
});

describe("a router that has the author's model review", () => {
  /** Every review by one of these is answered by the model that wrote. */
  async function routed(isWrong: (model: string) => boolean) {
    let author = "";
    const models = scripted(loudStory()).map((model) => ({
      ...model,
      ask: async (...asked: Parameters<typeof model.ask>) => {
        const { role } = placeOf(asked[0]);
        if (role === "implementer") author = model.name;
        const reply = await model.ask(...asked);
        const served = role === "adversary" && isWrong(model.name) ? author : model.name;
        return "usage" in reply ? { ...reply, served } : reply;
      },
    }));
    const stage = await raiseChecked(models, {}, { now });
    const issue = await labelled(stage);
    await letTimePass(stage, issue);
    return { stage, issue, sentences: (await failures(stage, issue)).map(({ sentence }) => sentence) };
  }

  it("has another model asked at once, and goes on with its review", async () => {
    const first: string[] = [];
    const { stage, issue, sentences } = await routed((model) => model === (first[0] ??= model));
    expect(sentences).toEqual([expect.stringContaining("Its review is not independent")]);
    expect(await changes(stage, issue)).toEqual([
      expect.objectContaining({
        role: "adversary",
        because: expect.objectContaining({ code: "review-did-not-count" }),
      }),
    ]);
    expect(await stage.phase(issue)).toBe("ready");
  });

  it("gives no independent review, whoever is asked, and nothing is proven by it", async () => {
    const { stage, issue, sentences } = await routed(() => true);
    expect(await stage.phase(issue)).toBe("blocked");
    expect(sentences.every((one) => one.includes("Its review is not independent"))).toBe(true);
    // Each was asked once.
    expect(new Set(sentences).size).toBe(sentences.length);
    expect(sentences.length).toBeGreaterThan(1);
    expect((await stage.ticket(issue)).proof).toBeNull();
  });
});

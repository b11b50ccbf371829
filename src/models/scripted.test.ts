import { describe, expect, it } from "@jest/globals";
import { seen } from "../hygiene/seen.ts";
import type { Question, Turn } from "./model.ts";
import { type Script, scriptSchema } from "./script.ts";
import { placeOf, scriptedModel } from "./scripted.ts";

const question = (over: Partial<Question> = {}, header = "Task: fix\nRound: 2\nTicket: acme/shop#7"): Question => ({
  system: seen("Role: implementer\nYou write.", "code"),
  context: [`${header}\n\nThe task. Round: 9`, "Finding F-1: the cart forgets its items."].map((one) =>
    seen(one, "code"),
  ),
  turns: [],
  tools: [],
  answer: null,
  outputTokensMax: 100,
  timeoutMs: 1_000,
  ...over,
});
const model = (script: Script) => scriptedModel({ name: "script", vendor: "acme", script });
const said: Turn = { from: "model", text: "one", toolCalls: [], echo: null };
const results: Turn = { from: "tools", results: [{ id: "call-1-1", text: seen("ok", "line"), failed: false }] };

describe("scriptedModel", () => {
  it.each<[string, NonNullable<Script[number]["when"]>]>([
    ["task", { task: "fix" }],
    ["round", { round: 2 }],
    ["attempt", { attempt: 1 }],
    ["text of the context", { includes: "F-1" }],
  ])("takes the first entry that fits by %s", async (_what, when) => {
    const script: Script = [
      { role: "reviewer", turns: [{ say: "other role" }] },
      { role: "implementer", when: { task: "implement" }, turns: [{ say: "other task" }] },
      { role: "implementer", when: { round: 1 }, turns: [{ say: "other round" }] },
      { role: "implementer", when: { attempt: 2 }, turns: [{ say: "other attempt" }] },
      { role: "implementer", when: { includes: "F-2" }, turns: [{ say: "other text" }] },
      { role: "implementer", when, turns: [{ say: "this one" }] },
      { role: "implementer", turns: [{ say: "too late" }] },
    ];
    expect(await model(script).ask(question())).toMatchObject({ outcome: "answered", text: "this one" });
  });

  it("finds its place by the turns already taken, and says the same each time", async () => {
    const script: Script = [
      {
        role: "implementer",
        turns: [{ say: "one" }, { call: [{ name: "run", args: {} }] }, { answer: { done: true } }],
      },
    ];
    const second = question({ turns: [said, { from: "user", text: seen("Go on.", "line") }] });
    const third = question({ turns: [said, results, said, results] });
    const call = { id: "call-2-1", name: "run", args: {} };
    expect(await model(script).ask(second)).toMatchObject({ toolCalls: [call] });
    expect(await model(script).ask(third)).toMatchObject({ text: '{"done":true}' });
    expect(await model(script).ask(second)).toEqual(await model(script).ask(second));
  });

  it.each<[Script, string]>([
    [[], "has no entry for role implementer, task fix, round 2, attempt 1, turn 2."],
    [[{ role: "implementer", turns: [{ say: "one" }] }], "ends before turn 2 for role implementer, task fix, round 2"],
  ])("rejects what is not in the script and names it", async (script, sentence) => {
    const reply = await model(script).ask(question({ turns: [said] }));
    expect(reply).toMatchObject({ outcome: "rejected", reason: expect.stringContaining(sentence) });
  });

  it("can be away", async () => {
    const script: Script = [{ role: "implementer", turns: [{ unavailable: "Down.", retryAfterMs: 5 }] }];
    expect(await model(script).ask(question())).toEqual({ outcome: "unavailable", reason: "Down.", retryAfterMs: 5 });
  });

  it("counts four characters a token and prices them", async () => {
    const prices = { input: 1_000_000, cachedInput: null, cacheWrite: null, output: 2_000_000 };
    const priced = scriptedModel({
      name: "s",
      vendor: "v",
      prices,
      script: [{ role: "implementer", turns: [{ say: "12345678" }] }],
    });
    const reply = await priced.ask(
      question({ system: seen("Role: implementer", "line"), context: [seen("Task: fix", "line")] }),
    );
    // "Role: implementer" and "Task: fix" with a line end between them: 27 characters.
    expect(reply).toMatchObject({ usage: { inputTokens: 7, outputTokens: 2, costMicroUsd: 11 } });
  });
});

describe("placeOf", () => {
  it("reads headers only, not what stands in the text below", () => {
    const asked = question({ context: [seen("Task: fix\nRound: 2\n\nRound: 7\nAttempt: 4", "code")] });
    expect(placeOf(asked)).toEqual({ role: "implementer", task: "fix", round: 2, attempt: 1, turn: 1 });
  });

  it("reads the attempt where there is one", () => {
    expect(placeOf(question({}, "Task: fix\nRound: 2\nAttempt: 3"))).toMatchObject({ attempt: 3 });
  });
});

describe("scriptSchema", () => {
  it("takes every kind of turn", () => {
    const turns = [
      { say: "a" },
      { answer: [] },
      { call: [{ name: "run", args: null }], words: "w" },
      { unavailable: "x" },
      { refuse: "x" },
      { cutOff: "x" },
      { garbage: "x" },
    ];
    expect(scriptSchema.parse([{ role: "navigator", turns }])[0]?.turns).toEqual(turns);
  });

  it.each([{ shout: "x" }, { say: "a", refuse: "b" }, { call: [] }])("refuses the turn %j", (turn) => {
    expect(scriptSchema.safeParse([{ role: "navigator", turns: [turn] }]).success).toBe(false);
  });
});

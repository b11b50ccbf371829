import { describe, expect, it } from "@jest/globals";
import { seen } from "../hygiene/seen.ts";
import type { Journal, JournalRecord } from "./journal.ts";
import { journaled, type JournaledCall, type JournalScope, questionHash } from "./journaled.ts";
import type { Model, Question, Reply, Turn } from "./model.ts";
import { wholeQuestion } from "./question-key.ts";

const QUESTION: Question = {
  system: seen("Role: reviewer\nAttack.", "code"),
  context: [seen("Task: review\nRound: 1\nTicket: acme/shop#7\n", "code")],
  turns: [],
  tools: [],
  answer: null,
  outputTokensMax: 100,
  timeoutMs: 1_000,
};
const USAGE = { inputTokens: 10, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 5, costMicroUsd: 70 };
const answered = (text: string): Reply => ({ outcome: "answered", text, toolCalls: [], echo: null, usage: USAGE });

/** A provider that gives these replies in order and counts how often it was paid. */
function provider(...replies: Reply[]) {
  const asked: Question[] = [];
  const model: Model = {
    ...{ name: "opus", vendor: "acme", contextTokensMax: 1_000, prices: null },
    ask: (question) => {
      asked.push(question);
      const reply = replies[asked.length - 1];
      return reply ? Promise.resolve(reply) : Promise.reject(new Error("asked too often"));
    },
  };
  return { model, asked };
}

/** Keeps records as a database does: as JSON, and the first of a hash for ever. */
function memoryJournal() {
  const records = new Map<string, string>();
  const read = (hash: string) => JSON.parse(records.get(hash) ?? "null") as JournalRecord | null;
  const journal: Journal = {
    find: (hash) => Promise.resolve(read(hash)),
    write: (record) => {
      if (!records.has(record.hash)) records.set(record.hash, JSON.stringify(record));
      return Promise.resolve(read(record.hash) ?? record);
    },
  };
  return { journal, records };
}

function scope(over: Partial<JournalScope> = {}): JournalScope {
  let ms = Date.UTC(2026, 0, 1);
  const now = () => new Date((ms += 250));
  return { ticket: "acme/shop#7", step: "review", attempt: 1, now, ...over };
}

describe("journaled", () => {
  it("pays for a question once and answers it from the journal ever after", async () => {
    const { model, asked } = provider(answered("Fine."));
    const { journal } = memoryJournal();
    const calls: JournaledCall[] = [];
    const onCall = (call: JournaledCall) => void calls.push(call);
    const first = await journaled(model, journal, scope({ onCall })).ask(QUESTION);
    const second = await journaled(model, journal, scope({ onCall })).ask(structuredClone(QUESTION));
    expect(second).toEqual(first);
    expect(asked).toHaveLength(1);
    expect(calls.map(({ hit, usage, latencyMs }) => ({ hit, usage, latencyMs }))).toEqual([
      { hit: false, usage: USAGE, latencyMs: 250 },
      { hit: true, usage: USAGE, latencyMs: 250 },
    ]);
  });

  it("has written the record when the reply is returned", async () => {
    const { journal, records } = memoryJournal();
    await journaled(provider(answered("Fine.")).model, journal, scope()).ask(QUESTION);
    const hash = questionHash("opus", scope(), QUESTION);
    expect(JSON.parse(records.get(hash) ?? "")).toEqual({
      ...{ hash, ticket: "acme/shop#7", step: "review", attempt: 1, kind: "model", model: "opus" },
      ...{ question: QUESTION, reply: answered("Fine."), latencyMs: 250, at: "2026-01-01T00:00:00.500Z" },
    });
  });

  it("keeps of a question that goes on only what is new, and gives the whole one back", async () => {
    const { journal, records } = memoryJournal();
    const model = journaled(provider(...["a", "b", "c"].map(answered)).model, journal, scope());
    const said: Turn[] = ["one", "two", "three"].map((text) => ({ from: "user", text: seen(text, "line") }));
    const dropped: Turn = { from: "user", text: seen("(dropped)", "line") };
    const histories = [[], said.slice(0, 2), [said[0] ?? dropped, dropped, ...said.slice(2)]];
    for (const turns of histories) await model.ask({ ...QUESTION, turns });
    const kept = [...records.values()].map((text) => JSON.parse(text) as JournalRecord);
    const [first, second, third] = kept;
    expect(second?.question).toEqual({ after: first?.hash, turnsKept: 0, turns: histories[1] });
    expect(third?.question).toEqual({ after: second?.hash, turnsKept: 1, turns: histories[2]?.slice(1) });
    for (const [index, turns] of histories.entries())
      expect(await wholeQuestion(kept[index]?.question, journal.find)).toEqual({ ...QUESTION, turns });
    expect(await wholeQuestion({ after: "gone", turnsKept: 0, turns: [] }, journal.find)).toBeNull();
  });

  it("goes on from a question that the journal answered", async () => {
    const { journal, records } = memoryJournal();
    await journaled(provider(answered("a")).model, journal, scope()).ask(QUESTION);
    const again = journaled(provider(answered("b")).model, journal, scope());
    await again.ask(structuredClone(QUESTION));
    await again.ask({ ...QUESTION, turns: [{ from: "user", text: seen("on", "line") }] });
    expect(records.size).toBe(2);
  });

  it("gives nothing away when the journal cannot be written", async () => {
    const journal: Journal = { find: () => Promise.resolve(null), write: () => Promise.reject(new Error("disk full")) };
    const asking = journaled(provider(answered("Fine.")).model, journal, scope()).ask(QUESTION);
    await expect(asking).rejects.toThrow("disk full");
  });

  it("lets two who ask at the same time go on with the same answer", async () => {
    const { model, asked } = provider(answered("first"), answered("second"));
    const one = journaled(model, memoryJournal().journal, scope());
    const replies = await Promise.all([one.ask(QUESTION), one.ask(QUESTION)]);
    expect(asked).toHaveLength(2);
    expect(replies).toEqual([answered("first"), answered("first")]);
  });

  it.each<Reply>([
    { outcome: "unavailable", reason: "busy", retryAfterMs: null },
    { outcome: "rejected", reason: "no such model", status: 404 },
  ])("keeps no $outcome, and asks again", async (reply) => {
    const { model } = provider(reply, answered("Fine."));
    const { journal, records } = memoryJournal();
    expect(await journaled(model, journal, scope()).ask(QUESTION)).toEqual(reply);
    expect(records.size).toBe(0);
    expect(await journaled(model, journal, scope()).ask(QUESTION)).toEqual(answered("Fine."));
  });

  it.each<Reply>([
    { outcome: "refused", reason: "no", usage: USAGE },
    { outcome: "cut-off", text: "ha", usage: USAGE },
  ])("keeps what was paid for: $outcome", async (reply) => {
    const { model, asked } = provider(reply);
    const { journal } = memoryJournal();
    await journaled(model, journal, scope()).ask(QUESTION);
    expect(await journaled(model, journal, scope()).ask(QUESTION)).toEqual(reply);
    expect(asked).toHaveLength(1);
  });
});

describe("questionHash", () => {
  const hash = questionHash("opus", scope(), QUESTION);

  it("does not depend on the order of keys", () => {
    const turned = Object.fromEntries(Object.entries(QUESTION).reverse()) as unknown as Question;
    expect(questionHash("opus", scope(), turned)).toBe(hash);
  });

  it.each([
    ["another model", questionHash("sol", scope(), QUESTION)],
    ["another ticket", questionHash("opus", scope({ ticket: "acme/shop#8" }), QUESTION)],
    ["another step", questionHash("opus", scope({ step: "fix" }), QUESTION)],
    ["another attempt", questionHash("opus", scope({ attempt: 2 }), QUESTION)],
    ["another word", questionHash("opus", scope(), { ...QUESTION, system: seen(`${QUESTION.system}!`, "code") })],
  ])("differs for %s", (_what, other) => {
    expect(other).not.toBe(hash);
  });
});

import { describe, expect, it } from "@jest/globals";
import { seen } from "../../src/hygiene/seen.ts";
import type { Model, Question, Reply, Turn } from "../../src/models/model.ts";

/** What the provider is to do with the next question; each subject says it in its own protocol. */
export type Staged =
  | { readonly say: string }
  | { readonly call: readonly { readonly id: string; readonly name: string; readonly args: unknown }[] }
  | { readonly refuse: string }
  | { readonly cutOff: string };

export type Subject = {
  readonly name: string;
  /** A model that does this once, on the next question. */
  stage(staged: Staged): Model;
};

export const question = (over: Partial<Question> = {}): Question => ({
  system: seen("Role: reviewer\nYou attack what others wrote.", "code"),
  context: [
    "Task: review\nRound: 1\nTicket: acme/shop#7\n\nReview this change.",
    "The files.",
    "What happened last.",
  ].map((one) => seen(one, "code")),
  turns: [],
  tools: [],
  answer: null,
  outputTokensMax: 2_000,
  timeoutMs: 5_000,
  ...over,
});

export const READ_TOOL = {
  name: "read_file",
  description: seen("Reads a file.", "line"),
  parameters: {
    type: "object",
    properties: { path: { type: "string" } },
    required: ["path"],
    additionalProperties: false,
  },
};
export const ANSWER = {
  name: "verdict",
  schema: {
    type: "object",
    properties: { good: { type: "boolean" } },
    required: ["good"],
    additionalProperties: false,
  },
};
export const TWO_CALLS = [
  { id: "call_a", name: "read_file", args: { path: "a.ts" } },
  { id: "call_b", name: "read_file", args: { path: "b.ts" } },
];

/** The turn that follows from a reply, and the results that the tools gave. */
export function continued(reply: Reply): Turn[] {
  if (reply.outcome !== "answered") throw new Error(`Not answered: ${JSON.stringify(reply)}`);
  const { text, toolCalls, echo } = reply;
  const results = toolCalls.map(({ id }, index) => ({ id, text: seen(`text ${index}`, "line"), failed: index === 1 }));
  return [
    { from: "model", text, toolCalls, echo },
    { from: "tools", results },
  ];
}

/** What every model owes to whoever asks, whatever is behind it. */
export function modelContract(subject: Subject): void {
  describe(`${subject.name} keeps the model contract`, () => {
    it("answers with text and says what it cost", async () => {
      const reply = await subject.stage({ say: "Looks right." }).ask(question());
      expect(reply).toMatchObject({ outcome: "answered", text: "Looks right.", toolCalls: [] });
      expectPaid(reply);
    });

    it("calls two tools in one turn, with parsed arguments and different ids", async () => {
      const reply = await subject.stage({ call: TWO_CALLS }).ask(question({ tools: [READ_TOOL] }));
      expect(reply.outcome).toBe("answered");
      if (reply.outcome !== "answered") return;
      expect(reply.toolCalls.map(({ name, args }) => ({ name, args }))).toEqual(
        TWO_CALLS.map(({ name, args }) => ({ name, args })),
      );
      expect(new Set(reply.toolCalls.map((call) => call.id)).size).toBe(2);
      expectPaid(reply);
    });

    it("gives JSON where a schema is asked for", async () => {
      const reply = await subject.stage({ say: '{"good":true}' }).ask(question({ answer: ANSWER }));
      expect(reply).toMatchObject({ outcome: "answered", text: '{"good":true}' });
    });

    it("tells a refusal from an answer, with its cost", async () => {
      const reply = await subject.stage({ refuse: "I cannot help with that." }).ask(question());
      expect(reply).toMatchObject({ outcome: "refused", reason: "I cannot help with that." });
      expectPaid(reply);
    });

    it("tells a cut-off answer from a whole one, with its cost", async () => {
      const reply = await subject.stage({ cutOff: '{"good":tr' }).ask(question());
      expect(reply).toMatchObject({ outcome: "cut-off", text: '{"good":tr' });
      expectPaid(reply);
    });

    it("is not asked when it was stopped before", async () => {
      const reply = await subject.stage({ say: "too late" }).ask(question(), AbortSignal.abort());
      expect(reply).toMatchObject({ outcome: "unavailable", retryAfterMs: null });
    });

    it("gives what survives being kept as JSON", async () => {
      const reply = await subject.stage({ call: TWO_CALLS }).ask(question({ tools: [READ_TOOL] }));
      expect(JSON.parse(JSON.stringify(reply))).toEqual(reply);
    });
  });
}

function expectPaid(reply: Reply): void {
  if (!("usage" in reply)) throw new Error(`No usage: ${JSON.stringify(reply)}`);
  expect(reply.usage.inputTokens).toBeGreaterThan(0);
  expect(reply.usage.outputTokens).toBeGreaterThan(0);
  expect(Number.isInteger(reply.usage.costMicroUsd)).toBe(true);
  expect(reply.usage.costMicroUsd).toBeGreaterThan(0);
}

import { expect, it } from "@jest/globals";
import { Elsewhere, TELL_EVERY_MS, Teller } from "./elsewhere.ts";
import { telemetryTo } from "./telemetry.ts";
import { UnderWay } from "./under-way.ts";

const KEY = "acme/tally#1";
const CALL = { kind: "model-call", model: "opus", vendor: "anthropic" } as const;

const DOING = { turn: 3, tool: "read_file", inputTokens: 9_000, outputTokens: 400 };

/** What one process tells in the middle of a model's call of a step, and after it. */
async function inTheMiddle(): Promise<{ readonly messages: string[]; readonly after: string[][] }> {
  const underWay = new UnderWay();
  const teller = new Teller(underWay, "worker 1");
  const { part } = telemetryTo([underWay.listener], [underWay.follower]);
  const step = { kind: "step", ticket: KEY, step: "implement", attempt: 1 } as const;
  const seat = { kind: "consultation", role: "implementer", model: "opus" } as const;
  const messages = await part(step, () =>
    part(seat, (tell) => {
      tell(DOING);
      return part(CALL, async () => teller.messages(Date.now() + 5_000));
    }),
  );
  return { messages, after: [teller.messages(Date.now()), teller.messages(Date.now())] };
}

it("shows what another process does, by durations and for as long as it is told", async () => {
  const { messages } = await inTheMiddle();
  expect(messages).toHaveLength(1);
  const elsewhere = new Elsewhere("worker 2");
  // Another machine, whose clock is years behind.
  elsewhere.hear(messages[0] ?? "", 1_000_000);
  const now = elsewhere.of(KEY, 1_000_000);
  expect(now).toMatchObject({ step: "implement", waitsFor: { what: CALL, role: "implementer" }, doing: DOING });
  expect(1_000_000 - (now?.since ?? 0)).toBeGreaterThanOrEqual(5_000);
  // The next message is late; the page must not jump.
  elsewhere.hear(messages[0] ?? "", 1_000_900);
  expect(elsewhere.of(KEY, 1_000_900)?.since).toBe(now?.since);
  expect(elsewhere.of(KEY, 1_000_900 + 4 * TELL_EVERY_MS)).toBeNull();
  expect(elsewhere.of("acme/tally#2", 1_000_900)).toBeNull();
});

it("forgets a step that has ended at once, but not the one that another process has begun since", async () => {
  const { messages, after } = await inTheMiddle();
  expect(after.map((one) => one.length)).toEqual([1, 0]);
  const over = after[0]?.[0] ?? "";
  const elsewhere = new Elsewhere("worker 2");
  elsewhere.hear(messages[0] ?? "", 0);
  elsewhere.hear(over, 1);
  expect(elsewhere.of(KEY, 1)).toBeNull();
  elsewhere.hear((messages[0] ?? "").replace("worker 1", "worker 3"), 2);
  elsewhere.hear(over, 3);
  expect(elsewhere.of(KEY, 3)).toMatchObject({ step: "implement" });
});

it("understands a message of a version that does not say how far it is", async () => {
  const { messages } = await inTheMiddle();
  const { doing, ...before } = JSON.parse(messages[0] ?? "") as { doing: unknown };
  expect(doing).toEqual(DOING);
  const elsewhere = new Elsewhere("worker 2");
  elsewhere.hear(JSON.stringify(before), 0);
  expect(elsewhere.of(KEY, 0)).toMatchObject({ step: "implement", doing: null });
});

it("passes over what this process told itself: it knows that its step has ended, and the message does not", async () => {
  const { messages } = await inTheMiddle();
  const heardBy = (own: string) => {
    const elsewhere = new Elsewhere(own);
    elsewhere.hear(messages[0] ?? "", 0);
    return elsewhere.of(KEY, 0);
  };
  expect(heardBy("worker 1")).toBeNull();
  expect(heardBy("worker 2")).toMatchObject({ step: "implement" });
});

it.each(["", "{", "[]", '{"ticket":"acme/tally#1","step":"implement"}'])(
  "passes over %j, which is no message",
  (text) => {
    const elsewhere = new Elsewhere("worker 2");
    elsewhere.hear(text, 0);
    expect(elsewhere.of(KEY, 0)).toBeNull();
  },
);

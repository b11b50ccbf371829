import { describe, expect, it } from "@jest/globals";
import { seen } from "../../src/hygiene/seen.ts";
import type { Reply } from "../../src/models/model.ts";
import { question } from "./model.contract.ts";
import { ANTHROPIC, CHAT, RESPONSES, type Wire, wireModel, WIRES } from "./model-wires.ts";

/** What servers count, and what an answer may cost for it: never nothing, and never what no answer can cost. */
const WORDS = "Read the file and say what is wrong with it. ".repeat(200);
const asked = question({ context: [seen(WORDS, "code")] });
const SAID = "It counts too little. ".repeat(20);

const replyTo = async (wire: Wire, usage: unknown, prices: "known" | "unknown" = "known"): Promise<Reply> => {
  const page = JSON.stringify({ ...wire.body({ say: SAID }), usage });
  const answering: typeof fetch = () => Promise.resolve(new Response(page));
  const over = prices === "known" ? {} : { prices: null };
  return wireModel(wire, { fetch: answering, contextTokensMax: 100_000, ...over }).ask(asked);
};
const usageOf = (reply: Reply) => {
  if (!("usage" in reply)) throw new Error(JSON.stringify(reply));
  return reply.usage;
};
const counted = (input: unknown, output: unknown) => ({
  ...{ prompt_tokens: input, completion_tokens: output },
  ...{ input_tokens: input, output_tokens: output },
});

describe.each(WIRES.map((wire) => [wire.api, wire] as const))("counts that cannot be, over %s", (_api, wire) => {
  // 9,000 characters in and 440 out, at 4 and 20 dollars a million: about 2,250 and 110 tokens.
  it.each([
    ["one token for everything", counted(1, 1)],
    ["a handful", counted(20, 2)],
    ["beyond any window", counted(500_000_000, 500_000_000)],
    ["twice the window and one", counted(200_001, 200_001)],
    ["one token, as text", counted("1", "1")],
  ])("%s: are estimated, and said to be", async (_name, usage) => {
    const { costMicroUsd, estimated } = usageOf(await replyTo(wire, usage));
    expect(estimated).toBe(true);
    expect(costMicroUsd).toBeGreaterThan(9_000);
    expect(costMicroUsd).toBeLessThan(40_000);
  });

  it("believes what can be", async () => {
    expect(usageOf(await replyTo(wire, counted(1_800, 90)))).toMatchObject({ inputTokens: 1_800, outputTokens: 90 });
    expect(usageOf(await replyTo(wire, counted(1_800, 90)))).not.toHaveProperty("estimated");
    expect(usageOf(await replyTo(wire, counted(150_000, 30_000)))).toMatchObject({ inputTokens: 150_000 });
  });
});

describe("cached tokens that a gateway counts beside the others", () => {
  it.each([
    [{ cache_read_input_tokens: 1_800, cache_creation_input_tokens: 1_300 }],
    [{ prompt_tokens_details: { cached_tokens: 1_800 }, cache_creation_input_tokens: 1_300 }],
    [{ prompt_tokens_details: { cached_tokens: 1_800, cache_write_tokens: 1_300 } }],
  ])("%j: cost what each kind costs", async (more) => {
    const reply = await replyTo(CHAT, { prompt_tokens: 8, completion_tokens: 90, ...more });
    expect(usageOf(reply)).toEqual({
      ...{ inputTokens: 8, cachedInputTokens: 1_800, cacheWriteTokens: 1_300, outputTokens: 90 },
      costMicroUsd: 8 * 4 + 1_800 * 0.2 + 1_300 * 5 + 90 * 20,
    });
  });
});

describe("what a gateway says that it cost, where no price is known", () => {
  it.each([
    [{ cost: 0.0031 }, 3_100],
    [{ cost: "0.0031" }, 3_100],
    [{ cost: { input_tokens_cost: 0.002, output_tokens_cost: 0.001, total_cost: 0.003 } }, 3_000],
    [{ estimated_cost: 0.00012 }, 120],
    [{ cost: 0, is_byok: true, cost_details: { upstream_inference_cost: 0.0028 } }, 2_800],
    [{ cost: 0.00014, is_byok: true, cost_details: { upstream_inference_cost: 0.0028 } }, 2_940],
    [{ cost: 0.0031, is_byok: false, cost_details: { upstream_inference_cost: 0.0031 } }, 3_100],
    [{ cost: 0, is_byok: true, cost_details: { upstream_inference_cost: null } }, null],
    [{ cost: "none" }, null],
    [{ cost: -1 }, null],
  ])("%j: is %s micro-dollars on every wire", async (more, costMicroUsd) => {
    for (const wire of [CHAT, ANTHROPIC, RESPONSES])
      expect(usageOf(await replyTo(wire, { ...counted(1_800, 90), ...more }, "unknown"))).toMatchObject({
        costMicroUsd,
      });
  });
});

describe("the model that answered", () => {
  it("is known where the last chunks of a stream have no name", async () => {
    const chunk = (model: string, choice: object) =>
      `data: ${JSON.stringify({ id: "", model, choices: [choice] })}\n\n`;
    const filter = { index: 0, finish_reason: null, content_filter_offsets: { check_offset: 44 } };
    const page = [
      chunk("", { index: 0, finish_reason: null }),
      chunk("gpt-5.6-sol-2026-07-01", { index: 0, delta: { content: SAID }, finish_reason: "stop" }),
      chunk("", filter),
      "data: [DONE]\n\n",
    ].join("");
    const answering: typeof fetch = () => Promise.resolve(new Response(page));
    expect(await wireModel(CHAT, { fetch: answering }).ask(asked)).toMatchObject({ served: "gpt-5.6-sol-2026-07-01" });
  });

  it("is known where the last event of a response says null", async () => {
    const said = { ...RESPONSES.body({ say: SAID }), model: null };
    const page = [
      { type: "response.created", response: { model: "other/one", status: "in_progress", output: [] } },
      { type: "response.completed", response: said },
    ].map((one) => `data: ${JSON.stringify(one)}\n\n`);
    const answering: typeof fetch = () => Promise.resolve(new Response(page.join("")));
    expect(await wireModel(RESPONSES, { fetch: answering }).ask(asked)).toMatchObject({ served: "other/one" });
  });
});

import { describe, expect, it } from "@jest/globals";
import { CATALOGUE, DEFAULT_POOLS, poolEntrySchema, resolvePoolEntry } from "./catalogue.ts";

const ENTRY = { name: "mine", vendor: "acme", api: "openai-chat", model: "llama-9" } as const;

describe("resolvePoolEntry", () => {
  it("completes a known model from the catalogue", () => {
    expect(resolvePoolEntry({ ...ENTRY, api: "anthropic", model: "claude-opus-5-5" })).toMatchObject({
      prices: { input: 4_000_000, cachedInput: 200_000, cacheWrite: 5_000_000, output: 20_000_000 },
      contextTokensMax: 1_000_000,
      outputTokensMax: 128_000,
      baseUrl: null,
    });
  });

  it("lets the config go before the catalogue", () => {
    const prices = { input: 1, cachedInput: null, cacheWrite: null, output: 2 };
    const entry = { ...ENTRY, model: "gpt-6.1-sol", prices, contextTokensMax: 5_000, outputTokensMax: 900 };
    expect(resolvePoolEntry(entry)).toMatchObject({ prices, contextTokensMax: 5_000, outputTokensMax: 900 });
  });

  it("takes an unknown model, without inventing a price", () => {
    expect(resolvePoolEntry(ENTRY)).toMatchObject({ prices: null, contextTokensMax: 128_000 });
  });

  it("is not fooled by a model that is named like a property of every object", () => {
    expect(resolvePoolEntry({ ...ENTRY, model: "constructor" })).toMatchObject({ prices: null });
  });

  it("sends a chat server only what most of them know, unless it is told otherwise", () => {
    expect(resolvePoolEntry(ENTRY).capabilities).toEqual(["answer-schema"]);
    expect(resolvePoolEntry({ ...ENTRY, capabilities: ["strict-tools"] }).capabilities).toEqual(["strict-tools"]);
  });
});

describe("catalogue", () => {
  it.each(Object.entries(CATALOGUE))("%s has integer prices that rise from cached to output", (_name, known) => {
    if (known.prices === null) return;
    const { input, cachedInput, cacheWrite, output } = known.prices;
    for (const one of [input, cachedInput, cacheWrite, output]) expect(Number.isInteger(one)).toBe(true);
    expect(cachedInput).toBeLessThan(input);
    expect(cacheWrite).toBeGreaterThan(input);
    expect(output).toBeGreaterThan(input);
  });

  it.each(Object.entries(DEFAULT_POOLS))(
    "the default pool %s has two priced models, of two vendors where it can",
    (kind, pool) => {
      expect(pool.length).toBeGreaterThanOrEqual(2);
      for (const entry of pool) {
        expect(poolEntrySchema.parse(entry)).toEqual(entry);
        expect(resolvePoolEntry(entry).prices).not.toBeNull();
      }
      expect(new Set(pool.map((entry) => entry.vendor)).size).toBe(kind === "both" ? 2 : 1);
    },
  );
});

describe("poolEntrySchema", () => {
  it("fills in prices that providers without a cache do not have", () => {
    expect(poolEntrySchema.parse({ ...ENTRY, prices: { input: 1, output: 2 } }).prices).toEqual({
      ...{ input: 1, cachedInput: null, cacheWrite: null, output: 2 },
    });
  });

  it.each([
    { name: "two words" },
    { api: "gemini" },
    { baseUrl: "ftp://x" },
    { prices: { input: 0.5, output: 1 } },
    { apiKey: "sk-in-the-config" },
  ])("refuses %j", (wrong) => {
    expect(poolEntrySchema.safeParse({ ...ENTRY, ...wrong }).success).toBe(false);
  });
});

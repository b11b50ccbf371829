import { describe, expect, it } from "@jest/globals";
import { upstreamOf } from "./agent-entry.ts";
import type { PoolEntry } from "./catalogue.ts";
import { configuredPool } from "./configured-pool.ts";

const OPUS: PoolEntry = { name: "opus", vendor: "anthropic", api: "anthropic", model: "claude-opus-5-5" };
const SOL: PoolEntry = { name: "sol", vendor: "openai", api: "openai-responses", model: "gpt-6.1-sol" };
const AGENT: PoolEntry = { ...OPUS, name: "claude", model: "claude-sonnet-5-5", agent: "claude-code" };
const KEYS = { ANTHROPIC_API_KEY: "a", OPENAI_API_KEY: "o" };
const sentence = (entry: object) => {
  const found = configuredPool([OPUS, { ...AGENT, ...entry }], KEYS);
  return found.outcome === "refused" ? found.sentence : null;
};

describe("a coding agent in the pool", () => {
  it("is the Implementer and nobody else", () => {
    const found = configuredPool([OPUS, SOL, AGENT], KEYS);
    expect(found).toMatchObject({
      outcome: "found",
      pool: [{ roles: null }, { roles: null }, { roles: ["implementer"] }],
    });
  });

  it.each<[object, string]>([
    [{ roles: ["reviewer"] }, "can only be the Implementer"],
    [{ agent: "codex" }, "Set `api: openai-responses`."],
    [{ api: "anthropic-bedrock", region: "eu" }, "Set `api: anthropic`."],
    [{ agent: "command" }, "so it needs `command`"],
    [{ command: "my-agent" }, "for `agent: command` only"],
    [{ agent: undefined, runMinutesMax: 5 }, "has `runMinutesMax` but no `agent`"],
    [{ agent: undefined, command: "x" }, "has `command` but no `agent`"],
    [{ model: "claude-opus-5-5" }, "one model under two names"],
  ])("is refused in words: %j", (entry, words) => {
    expect(sentence(entry)).toContain(words);
  });

  it("needs somebody else who reviews", () => {
    const other: PoolEntry = { ...SOL, name: "codex", agent: "codex" };
    expect(configuredPool([AGENT, other], KEYS)).toMatchObject({
      sentence: expect.stringContaining("coding agents only"),
    });
  });

  it.each<[Partial<PoolEntry>, string, string]>([
    [{}, "https://api.anthropic.com/v1", "x-api-key"],
    [{ baseUrl: "http://127.0.0.1:4000/v1/" }, "http://127.0.0.1:4000/v1", "x-api-key"],
    [{ ...SOL }, "https://api.openai.com/v1", "authorization"],
    [{ ...SOL, baseUrl: "http://127.0.0.1:11434" }, "http://127.0.0.1:11434/v1", "authorization"],
  ])("is led to its provider with its own key: %j", (over, base, header) => {
    const upstream = upstreamOf({ ...AGENT, ...over, apiKey: "key-of-the-entry" });
    expect(upstream.base).toBe(base);
    expect(upstream.headers[header]).toContain("key-of-the-entry");
  });
});

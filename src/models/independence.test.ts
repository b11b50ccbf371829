import { describe, expect, it } from "@jest/globals";
import { sameModels } from "./same-model.ts";
import { resolvePoolEntry } from "./catalogue.ts";
import { buildModel } from "./pool.ts";
import { dependence, isSameModel, type Played } from "./independence.ts";

describe("isSameModel", () => {
  it.each([
    ["gpt-6.1-sol", "gpt-6.1-sol-2026-05-01"],
    ["anthropic/claude-opus-5-5", "claude-opus-5-5-20260101"],
    ["qwen3-coder", "qwen3-coder:latest"],
    ["qwen3-coder", "/models/Qwen3-Coder-30B-A3B-Instruct-Q4_K_M.gguf"],
    ["claude-opus-5-5@20260101", "claude-opus-5-5"],
    ["us.anthropic.claude-opus-5-5-20260101-v1:0", "claude-opus-5-5-20260101"],
    ["anthropic.claude-opus-5-5-v1", "claude-opus-5-5"],
    ["qwen3:8b", "qwen3:8b-q4_K_M"],
    ["qwen3:8b", "Qwen/Qwen3-8B-FP8"],
    ["qwen3", "qwen3:32b"],
    ["llama-3.1-8b-instant", "llama-3.1-8b-instant"],
    ["meta-llama/Llama-3.1-8B-Instruct", "llama-3.1-8b"],
    ["Qwen3-30B-A3B", "qwen3:30b"],
    ["deepseek/deepseek-r1:free", "deepseek-r1"],
    ["gemini-3-pro-preview-05-06", "gemini-3-pro"],
    ["mistral-large-latest", "mistral-large-2411"],
    ["command-r-08-2024", "command-r"],
    ["gpt-4-0613", "gpt-4-1106-preview"],
    ["ft:gpt-4o-mini-2024-07-18:acme::abc", "ft:gpt-4o-mini-2024-07-18:acme::abc"],
    ["ft:gpt-4o-mini:acme::abc", "gpt-4o-mini-2024-07-18"],
    ["gemma3n:e4b", "gemma3n-e4b-it"],
    ["unsloth/gpt-oss-20b-GGUF:Q5_K_XL", "gpt-oss:20b"],
  ])("%s may call itself %s", (asked, served) => {
    expect(isSameModel(asked, served)).toBe(true);
  });

  it.each([
    ["gpt-6.1-sol", "another/one"],
    ["claude-opus-5", "claude-opus-5-5"],
    ["gpt-4o", "gpt-4o-mini"],
    ["claude-opus-5-5", "claude-sonnet-5-5"],
    ["qwen3:8b", "qwen3:32b"],
    ["qwen2.5:0.5b", "qwen2.5:1.5b"],
    ["llama-3.1-8b", "llama-3.1-70b"],
    ["llama3.1:8b-instruct-q4_K_M", "llama3.1:70b-instruct-q4_K_M"],
    ["mixtral:8x7b", "mixtral:8x22b"],
    ["gpt-oss-20b", "openai/gpt-oss-120b"],
    ["smollm2:135m", "smollm2:360m"],
    ["qwen3", "qwen3-coder"],
    ["kimi-k2", "kimi-k2-thinking"],
    ["deepseek-r1", "deepseek-r1-distill-qwen-7b"],
    ["deepseek-chat", "deepseek-reasoner"],
    ["ft:gpt-4o-mini:acme::abc", "ft:gpt-4o:acme::abc"],
    ["ft:gpt-4o-mini:acme:docs:abc", "ft:gpt-4o-mini:acme:code:def"],
    ["llama-3", "llama-3.1-8b"],
  ])("%s is not %s", (asked, served) => {
    expect(isSameModel(asked, served)).toBe(false);
  });
});

describe("dependence", () => {
  const author: Played = { name: "sol", vendor: "openai", asks: "gpt-6.1-sol", served: "gpt-6.1-sol-2026-05-01" };
  const opus: Played = { name: "opus", vendor: "anthropic", asks: "claude-opus-5-5" };
  const auto: Played = { name: "auto", vendor: "openrouter" };

  it.each<[string, "reviewer" | "adversary", Played, Played | null, RegExp | null]>([
    ["another vendor's model", "adversary", { ...opus, served: "claude-opus-5-5-20260101" }, author, null],
    ["a model that says nothing of itself", "adversary", auto, author, null],
    ["a review of a person's change", "adversary", { ...opus, served: "claude-opus-5-5" }, null, null],
    ["another model of one family", "reviewer", { ...auto, served: "gpt-6.1-sol-codex" }, author, null],
    ["a vendor whose models nobody knows", "adversary", { ...auto, served: "novel-1" }, author, null],
    [
      "a vendor that the pool does not tell apart",
      "adversary",
      { ...auto, vendor: "openai", served: "gpt-6.1-terra" },
      author,
      null,
    ],
    [
      "the author's model of another size",
      "reviewer",
      { ...auto, served: "qwen3:32b" },
      { ...auto, asks: "qwen3:8b" },
      null,
    ],
    [
      "the author's model in another precision",
      "reviewer",
      { ...auto, served: "qwen3:8b-q8_0" },
      { ...auto, asks: "qwen3:8b-q4_K_M" },
      /the same model/,
    ],
    [
      "the author's model of another date",
      "reviewer",
      { ...auto, served: "gpt-6.1-sol-2026-08-01" },
      author,
      /the same model/,
    ],
    [
      "another fine-tune of the author's base",
      "reviewer",
      { ...auto, asks: "ft:gpt-4o:acme:docs:abc", served: "ft:gpt-4o:acme:docs:abc" },
      { ...auto, asks: "ft:gpt-4o:acme:code:def" },
      /the same model/,
    ],
    [
      "a model that was not asked",
      "reviewer",
      { ...opus, served: "claude-haiku-5-5" },
      author,
      /claude-haiku-5-5 answered/,
    ],
    [
      "the author's model behind a router",
      "reviewer",
      { ...auto, served: "openai/gpt-6.1-sol" },
      author,
      /the same model/,
    ],
    [
      "the author behind a router",
      "reviewer",
      opus,
      { ...auto, served: "anthropic/claude-opus-5-5" },
      /the same model/,
    ],
    [
      "the author's vendor under another name",
      "adversary",
      { ...auto, served: "openai/gpt-6.1-terra" },
      author,
      /both made by openai/,
    ],
    [
      "the same for a reviewer, who was promised to nobody",
      "reviewer",
      { ...auto, served: "openai/gpt-6.1-terra" },
      author,
      null,
    ],
  ])("of %s", (_name, role, doubter, writer, why) => {
    const found = dependence(role, doubter, writer);
    if (why === null) expect(found).toBeNull();
    else expect(found).toMatch(why);
  });
});

describe("sameModels", () => {
  const entry = (model: string, baseUrl = "http://localhost:11434/v1") => ({
    api: "openai-chat" as const,
    model,
    baseUrl,
  });

  it.each([
    ["qwen3:8b", "qwen3:8b"],
    ["qwen3:8b-q4_K_M", "qwen3:8b-fp16"],
    ["gpt-6.1-sol", "gpt-6.1-sol-2026-05-01"],
    ["ft:gpt-4o:acme:docs:abc", "ft:gpt-4o:acme:code:def"],
    ["ft:gpt-4o:acme:docs:abc", "gpt-4o"],
    ["deepseek-r1", "deepseek-r1:free"],
  ])("%s and %s at one address are one", (one, other) => {
    expect(sameModels([entry(one), entry("phi4"), entry(other)])).toEqual([entry(one), entry(other)]);
    expect(sameModels([entry(one), entry(other, "http://elsewhere/v1")])).toBeNull();
  });

  it.each([
    ["openai-responses", "https://api.openai.com/v1"],
    ["openai-responses", "https://API.OpenAI.com:443/v1/"],
    ["openai-chat", "https://api.openai.com./v1/chat/completions"],
    ["openai-chat", "http://api.openai.com//v1/"],
    ["anthropic", "https://api.anthropic.com"],
    ["anthropic", "https://api.anthropic.com/v1/messages"],
    ["openai-chat", "https://api.anthropic.com/v1/"],
  ] as const)("at the maker's own address are one, also where it is spelled out: %s at %s", (api, baseUrl) => {
    const own = { api: baseUrl.includes("anthropic") ? ("anthropic" as const) : ("openai-responses" as const) };
    const [one, other] = [
      { ...own, model: "m-1", baseUrl: undefined },
      { api, model: "m-1", baseUrl },
    ];
    expect(sameModels([one, other])).toEqual([one, other]);
    expect(sameModels([one, { ...other, baseUrl: "https://gateway.example/v1" }])).toBeNull();
    expect(sameModels([one, { ...other, model: "m-2" }])).toBeNull();
  });

  it.each([
    ["http://127.0.0.1:11434/v1", "http://localhost:11434"],
    ["http://[::1]:11434/v1", "http://127.0.0.2:11434/v1/"],
    [" http://LocalHost:11434/v1", "http://0.0.0.0:11434"],
  ])("%s and %s are one address", (one, other) => {
    expect(sameModels([entry("phi4", one), entry("phi4", other)])).not.toBeNull();
  });

  it("of two makers are two, and on two ports of one host", () => {
    const own = { model: "m-1", baseUrl: undefined };
    expect(
      sameModels([
        { api: "anthropic", ...own },
        { api: "openai-chat", ...own },
      ]),
    ).toBeNull();
    expect(sameModels([entry("phi4"), entry("phi4", "http://localhost:11435/v1")])).toBeNull();
  });

  it.each([
    ["qwen3:8b", "qwen3:32b"],
    ["llama-3.1-8b", "llama-3.1-70b"],
    ["qwen3", "qwen3:8b"],
    ["qwen3:8b", "qwen3-coder:8b"],
  ])("%s and %s are two, or may be", (one, other) => {
    expect(sameModels([entry(one), entry(other)])).toBeNull();
  });
});

describe("a model that its owner named", () => {
  const asks = (api: "anthropic-bedrock" | "azure-openai", model: string) =>
    buildModel({ ...resolvePoolEntry({ name: "m", vendor: "v", api, model, baseUrl: "http://127.0.0.1:1" }), apiKey: "k" }).asks; // prettier-ignore
  it.each([
    ["anthropic-bedrock", "arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/a1b2c3"],
    ["anthropic-bedrock", "arn:aws-us-gov:bedrock:us-gov-west-1:123456789012:provisioned-model/a1b2c3"],
    ["azure-openai", "our-best"],
  ] as const)("is not held against the name in its answers (%s, %s)", (api, model) => {
    expect(asks(api, model)).toBeUndefined();
  });
  it("is, where the name is the maker's", () => {
    const profile = "arn:aws:bedrock:eu-central-1:123456789012:inference-profile/eu.anthropic.claude-opus-5-5-v1:0";
    expect(isSameModel(asks("anthropic-bedrock", profile) ?? "", "claude-opus-5-5-20260101")).toBe(true);
  });
});

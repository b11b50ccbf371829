import type { Odd } from "./odd-answers.ts";

const away = (cause: string) => ({ outcome: "unavailable", cause });
const turnedDown = (cause: string) => ({ outcome: "rejected", cause });

/** Failures, with the statuses with which they come; 200 is a status like any other to some gateways. */
export const FAILURES: readonly Odd[] = [
  {
    name: "no credit by number",
    body: { error: { code: 402, message: "Insufficient credits" } },
    means: turnedDown("money"),
  },
  { name: "busy by number", body: { error: { code: 429, message: "slow down" } }, means: away("too-fast") },
  { name: "turned down by number", body: { error: { code: 400, message: "bad" } }, means: turnedDown("request") },
  { name: "busy by text", body: { error: { code: "429", message: "slow down" } }, means: away("too-fast") },
  {
    name: "overloaded by its type",
    body: { type: "error", error: { type: "overloaded_error", message: "Overloaded" } },
    means: away("overloaded"),
  },
  {
    name: "too fast by its type",
    body: { type: "error", error: { type: "rate_limit_error", message: "Slow" } },
    means: away("too-fast"),
  },
  {
    name: "wrong key by its type",
    body: { type: "error", error: { type: "authentication_error", message: "no" } },
    means: turnedDown("key"),
  },
  {
    name: "an empty account at OpenAI",
    status: 429,
    body: { error: { code: "insufficient_quota", message: "You exceeded your current quota" } },
    means: turnedDown("money"),
  },
  {
    name: "an empty account at Moonshot",
    status: 429,
    body: { error: { type: "exceeded_current_quota_error", message: "suspended, please recharge" } },
    means: turnedDown("money"),
  },
  {
    name: "an empty account at Zhipu",
    status: 429,
    body: { error: { code: "1113", message: "Insufficient balance" } },
    means: turnedDown("money"),
  },
  {
    name: "an account that is not active",
    status: 429,
    body: { error: { code: "billing_not_active", message: "not active" } },
    means: turnedDown("money"),
  },
  {
    name: "an empty account at DeepSeek",
    status: 402,
    body: { error: { message: "Insufficient Balance" } },
    means: turnedDown("money"),
  },
  {
    name: "an empty account at Anthropic",
    status: 400,
    body: {
      type: "error",
      error: { type: "invalid_request_error", message: "Your credit balance is too low to access the Anthropic API." },
    },
    means: turnedDown("money"),
  },
  {
    name: "more than a minute's tokens",
    status: 429,
    body: {
      error: {
        code: "rate_limit_exceeded",
        message: "Request too large for gpt-x on tokens per min (TPM): Limit 30000, Requested 41000.",
      },
    },
    means: turnedDown("too-large"),
  },
  {
    name: "more than the window",
    status: 400,
    body: { error: { code: "context_length_exceeded", message: "maximum context length is 8192 tokens" } },
    means: turnedDown("too-large"),
  },
  {
    name: "more than the window of llama.cpp",
    status: 400,
    body: {
      error: {
        code: 400,
        type: "exceed_context_size_error",
        message: "the request exceeds the available context size",
      },
    },
    means: turnedDown("too-large"),
  },
  {
    name: "more than Anthropic's window",
    status: 400,
    body: {
      type: "error",
      error: { type: "invalid_request_error", message: "prompt is too long: 210000 tokens > 200000 maximum" },
    },
    means: turnedDown("too-large"),
  },
  {
    name: "a filter at Azure",
    status: 400,
    body: { error: { code: "content_filter", message: "The response was filtered" } },
    means: turnedDown("moderation"),
  },
  {
    name: "moderation at OpenRouter",
    status: 403,
    body: { error: { code: 403, message: "Your input was flagged", metadata: { reasons: ["violence"] } } },
    means: turnedDown("moderation"),
  },
  {
    name: "a page of a firewall",
    status: 403,
    body: "<!DOCTYPE html><head><title>Access\nprohibited</title></head><p>Category: AI. Flagged by policy.</p>",
    means: {
      ...turnedDown("barred"),
      reason: expect('turned the request away (HTTP 403, "Access prohibited"). Have it let this server through'),
    },
  },
  {
    name: "a page of a proxy that wants a login",
    status: 407,
    body: "<html><h1>Proxy Authentication Required</h1></html>",
    means: { ...turnedDown("barred"), reason: expect("turned the request away (HTTP 407). Have it") },
  },
  {
    name: "a page with a success",
    body: "<html><title>Sign in to the WiFi</title></html>",
    means: { ...away("unreadable"), reason: expect('a web page ("Sign in to the WiFi") came instead of an answer') },
  },
  {
    name: "a key that Gemini does not know",
    status: 400,
    body: [
      { error: { code: 400, message: "API key not valid. Please pass a valid API key.", status: "INVALID_ARGUMENT" } },
    ],
    means: turnedDown("key"),
  },
  {
    name: "busy at Gemini",
    status: 429,
    body: [{ error: { code: 429, message: "Resource exhausted", status: "RESOURCE_EXHAUSTED" } }],
    means: away("too-fast"),
  },
  {
    name: "an error as text",
    status: 400,
    body: { error: "model requires more memory" },
    means: { outcome: "rejected", reason: expect("model requires more memory") },
  },
  {
    name: "a detail",
    status: 422,
    body: { detail: "field required" },
    means: { outcome: "rejected", reason: expect("field required") },
  },
  {
    name: "details",
    status: 422,
    body: { detail: [{ loc: ["body", "x"], msg: "value is wrong" }] },
    means: { outcome: "rejected", reason: expect("body.x: value is wrong") },
  },
  {
    name: "a list of errors",
    status: 400,
    body: [{ error: { message: "it is wrong" } }],
    means: { outcome: "rejected", reason: expect("it is wrong") },
  },
  {
    name: "what stands behind a gateway",
    status: 400,
    body: {
      error: { message: "Provider returned error", metadata: { raw: '{"error":{"message":"it is upstream"}}' } },
    },
    means: { outcome: "rejected", reason: expect("it is upstream") },
  },
  {
    name: "vLLM's own form",
    status: 400,
    body: { object: "error", message: "it is wrong", code: 400 },
    means: { outcome: "rejected", reason: expect("it is wrong") },
  },
  {
    name: "too fast at Zhipu",
    body: { code: 1302, msg: "rate limit reached" },
    means: { ...away("too-fast"), reason: expect("rate limit reached") },
  },
  {
    name: "an empty account at MiniMax",
    body: { base_resp: { status_code: 1008, status_msg: "insufficient balance" } },
    means: { ...turnedDown("money"), reason: expect("insufficient balance") },
  },
  {
    name: "a limit at Qianfan",
    body: { error_code: 18, error_msg: "Open api qps request limit reached" },
    means: { outcome: "unavailable", reason: expect("qps request limit") },
  },
  { name: "overloaded in a sentence", body: { error: "model overloaded, please retry" }, means: away("overloaded") },
  {
    name: "a wait in a field of Google's",
    status: 429,
    body: [{ error: { code: 429, message: "quota", details: [{ "@type": "RetryInfo", retryDelay: "33s" }] } }],
    means: { ...away("too-fast"), retryAfterMs: 33_000 },
  },
  {
    name: "a wait in seconds, in a field",
    status: 429,
    body: {
      error: { type: "usage_limit_reached", message: "The usage limit has been reached", resets_in_seconds: 20 },
    },
    means: { ...away("too-fast"), retryAfterMs: 20_000 },
  },
  {
    name: "a wait in seconds, beside the sentence",
    status: 429,
    body: { message: "You are being rate limited.", retry_after: 20 },
    means: { ...away("too-fast"), retryAfterMs: 20_000 },
  },
  {
    name: "a wait in a sentence",
    status: 429,
    body: { error: { message: "Rate limit reached. Please try again in 7.66s." } },
    means: { ...away("too-fast"), retryAfterMs: 7_660 },
  },
];

/** Read by the test as "contains". */
function expect(text: string): { readonly contains: string } {
  return { contains: text };
}

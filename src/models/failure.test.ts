import { describe, expect, it } from "@jest/globals";
import { failed } from "./failure.ts";
import { hostOf } from "./unreachable.ts";
import { errorIn } from "./provider-error.ts";
import { retryAfterIn, retryAfterMs } from "./retry-after.ts";

const NOW = Date.UTC(2026, 0, 1);

describe("retryAfterMs", () => {
  it.each<[Record<string, string>, number | null]>([
    [{ "retry-after": "7" }, 7_000],
    [{ "retry-after": "0.5" }, 500],
    [{ "retry-after-ms": "250", "retry-after": "9" }, 250],
    [{ "retry-after-ms": "soon", "retry-after": "9" }, 9_000],
    [{ "retry-after": "Thu, 01 Jan 2026 00:01:00 GMT" }, 60_000],
    [{ "retry-after": "Wed, 31 Dec 2025 00:00:00 GMT" }, 0],
    [{ "retry-after": "-3" }, 0],
    [{ "retry-after": "99999999" }, 3_600_000],
    [{ "retry-after": "1m2s" }, 62_000],
    [{ "retry-after": "1767225630" }, 30_000],
    [{ "retry-after": "later" }, null],
    [{}, null],
  ])("reads %j as %j", (headers, expected) => {
    expect(retryAfterMs(new Headers(headers), NOW)).toBe(expected);
  });
});

describe("retryAfterIn", () => {
  const error = (headers: Record<string, string>, message = "", status = 429) => ({ status, code: null, message, headers: new Headers(headers) }); // prettier-ignore
  it.each<[Record<string, string>, string, number | null]>([
    [{ "x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "1m2s", "x-ratelimit-remaining-tokens": "9", "x-ratelimit-reset-tokens": "6m" }, "", 62_000], // prettier-ignore
    [{ "anthropic-ratelimit-tokens-remaining": "0", "anthropic-ratelimit-tokens-reset": "2026-01-01T00:00:30Z" }, "", 30_000], // prettier-ignore
    [{ "x-ratelimit-reset": String(NOW + 40_000) }, "", 40_000],
    [{ "ratelimit-reset": "12" }, "", 12_000],
    [{ "retry-after": "5", "ratelimit-reset": "12" }, "try again in 20s", 5_000],
    [{}, "Please retry after 23 seconds.", 23_000],
    [{}, "Please try again in 1m2.5s. Visit us.", 62_500],
    [{}, "try again in 250ms", 250],
    [{}, "Wait 2 minutes and retry", 120_000],
    [{}, "You made 3000 requests in 5 minutes; the limit is 20 per minute", null],
  ])("reads %j and %j as %j", (headers, message, expected) => {
    expect(retryAfterIn(error(headers, message), NOW)).toBe(expected);
  });

  it("does not take a limit's end for the end of an outage", () => {
    expect(retryAfterIn(error({ "ratelimit-reset": "12" }, "", 500), NOW)).toBeNull();
  });
});

describe("failed", () => {
  const KEY = "sk-ant-api03-abcdefghijklmnopqrstuvwxyz";
  const culprit = { name: "opus", secrets: [KEY] };
  const status = (code: number, message: string) =>
    failed({ kind: "status", error: { status: code, code: null, message, headers: null } }, culprit, NOW);

  it.each([KEY, KEY.split("").join(" "), Buffer.from(KEY).toString("base64"), KEY.slice(7)])(
    "keeps the key out of a reason in every form: %s",
    (leak) => {
      expect(status(400, `Bad header x-api-key: ${leak}`).reason).not.toContain(leak);
    },
  );

  it.each([
    [
      "ECONNREFUSED",
      "opus could not be reached at 127.0.0.1:8080: the connection was refused, so no server listens there (ECONNREFUSED).",
    ],
    ["ENOTFOUND", "opus could not be reached at 127.0.0.1:8080: no host of that name was found (ENOTFOUND)."],
    [
      "UND_ERR_CONNECT_TIMEOUT",
      "opus could not be reached at 127.0.0.1:8080: the connection timed out (UND_ERR_CONNECT_TIMEOUT).",
    ],
    [
      "SELF_SIGNED_CERT_IN_CHAIN",
      "opus could not be reached at 127.0.0.1:8080: its certificate is not trusted (SELF_SIGNED_CERT_IN_CHAIN).",
    ],
    [
      "BAD_PORT",
      "opus could not be reached at 127.0.0.1:8080: no web server is ever asked at that port; use another one.",
    ],
    ["EWHATEVER", "opus could not be reached at 127.0.0.1:8080 (EWHATEVER)."],
    [null, "opus could not be reached at 127.0.0.1:8080."],
  ])("says where nobody was reached and why: %s", (code, words) => {
    // prettier-ignore
    const host = hostOf(`http://user:${KEY}@127.0.0.1:8080/v1?key=${KEY}`);
    expect(failed({ kind: "unreachable", code }, { ...culprit, host }, NOW).reason).toBe(words);
  });

  it("waits for no package that nobody installs", () => {
    expect(failed({ kind: "unreachable", code: "MISSING_PACKAGE" }, culprit, NOW)).toMatchObject({
      ...{ outcome: "rejected", cause: "request", reason: expect.stringContaining("is not installed") },
    });
  });

  it("cuts a page of HTML to a sentence", () => {
    expect(status(404, "<p>".repeat(10_000)).reason.length).toBeLessThan(400);
  });

  it.each([
    [
      { code: 1113, message: "余额不足或无可用资源包,请充值。" },
      "(HTTP 429, code 1113): 余额不足或无可用资源包,请充值。",
    ],
    [{ code: "1302", message: "Too many." }, "(HTTP 429, code 1302): Too many."],
    [{ code: 429, message: "Too many." }, "(HTTP 429): Too many."],
    [{ type: "exceeded_current_quota_error" }, "(HTTP 429): exceeded_current_quota_error"],
    [{ code: 1302 }, "(HTTP 429, code 1302)."],
  ])("tells what the provider says in words and in numbers: %j", (error, words) => {
    const told = errorIn({ error }, 429, null);
    expect(told && failed({ kind: "status", error: told }, culprit, NOW).reason).toContain(words);
  });

  it.each([408, 409, 429, 500, 502, 529])("waits on %i", (code) => {
    expect(status(code, "").outcome).toBe("unavailable");
  });

  it.each([400, 401, 402, 403, 404, 413, 422])("gives up on %i", (code) => {
    expect(status(code, "")).toMatchObject({ outcome: "rejected", status: code });
  });
});

import { describe, expect, it } from "@jest/globals";
import { failed, retryAfterMs } from "./failure.ts";

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
    [{ "retry-after": "later" }, null],
    [{}, null],
  ])("reads %j as %j", (headers, expected) => {
    expect(retryAfterMs(new Headers(headers), NOW)).toBe(expected);
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

  it("cuts a page of HTML to a sentence", () => {
    expect(status(404, "<p>".repeat(10_000)).reason.length).toBeLessThan(400);
  });

  it.each([408, 409, 429, 500, 502, 529])("waits on %i", (code) => {
    expect(status(code, "").outcome).toBe("unavailable");
  });

  it.each([400, 401, 402, 403, 404, 413, 422])("gives up on %i", (code) => {
    expect(status(code, "")).toMatchObject({ outcome: "rejected", status: code });
  });
});

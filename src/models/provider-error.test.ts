import { expect, it } from "@jest/globals";
import { causeOf, errorIn } from "./provider-error.ts";
import { WORDS } from "./provider-words.fixture.ts";
import { WORDS_SEEN } from "./provider-words-seen.fixture.ts";
import { retryAfterIn } from "./retry-after.ts";

it.each([...WORDS, ...WORDS_SEEN])("tells what is wrong by the words of %s (%i)", (_who, status, body, cause) => {
  const told = typeof body === "string" ? null : errorIn(body, status === 200 ? null : status, null);
  expect(causeOf(told ?? { status, code: null, message: String(body), headers: null })).toBe(cause);
});

it("waits until the moment that a limit ends, where the body has it since 1970", () => {
  const now = Date.parse("2026-11-29T21:00:00Z");
  const body = { error: { type: "usage_limit_reached", message: "Reached", resets_at: now / 1_000 + 600 } };
  const told = errorIn(body, 429, null);
  expect(told && retryAfterIn(told, now)).toBe(600_000);
});

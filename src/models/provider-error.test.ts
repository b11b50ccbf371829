import { expect, it } from "@jest/globals";
import { causeOf, errorIn } from "./provider-error.ts";
import { WORDS } from "./provider-words.fixture.ts";

it.each(WORDS)("tells what is wrong by the words of %s (%i)", (_who, status, body, cause) => {
  const told = typeof body === "string" ? null : errorIn(body, status === 200 ? null : status, null);
  expect(causeOf(told ?? { status, code: null, message: String(body), headers: null })).toBe(cause);
});

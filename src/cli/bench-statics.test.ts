import { expect, it } from "@jest/globals";
import { staticTokens, toyInputTokens } from "./bench-statics.ts";

/** Paid with every question of every ticket, so it has a limit like everything else. */
const ROLE_TOKENS_MAX = 1_500;
const TOY_TOKENS_MAX = 6_000;

it("asks no role with more than its share of fixed text", () => {
  const over = Object.entries(staticTokens()).filter(([, tokens]) => tokens > ROLE_TOKENS_MAX);
  expect(over).toEqual([]);
});

it("spends few tokens on a small change", async () => {
  expect(await toyInputTokens()).toBeLessThanOrEqual(TOY_TOKENS_MAX);
});

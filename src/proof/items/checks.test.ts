import { describe, expect, it } from "@jest/globals";
import { worded } from "../../../test/support/worded-proof.ts";
import { DEFAULT_POLICY } from "../../core/rules/policy.ts";
import type { Check } from "../../forge/forge.ts";
import type { ProofFacts } from "../evidence.ts";
import { checks as found } from "./checks.ts";

/** As people read it. */
const checks = (...given: Parameters<typeof found>) => worded(found(...given));

const check = (name: string, status: Check["status"], ours = false): Check => ({ name, ours, status, summary: "" });

function judge(all: readonly Check[], more: { named?: string[]; baseChecks?: string[] } = {}) {
  const proof = { ...DEFAULT_POLICY.proof, ...(more.named ? { checks: more.named } : {}) };
  const policy = { ...DEFAULT_POLICY, proof };
  return checks({ checks: all, baseChecks: more.baseChecks ?? [], policy } as unknown as ProofFacts);
}

it("tells whoever mends it what a red check says, before all others", () => {
  const red = { ...check("lint", "red"), summary: "2 problems", says: ["src/a.js:3 failure: unused variable"] };
  const { details } = judge([check("ci", "green"), red]);
  expect(details).toEqual(["lint: red — 2 problems", "  src/a.js:3 failure: unused variable", "ci: green"]);
});

describe("the repository's checks", () => {
  it.each<[string, readonly Check[], { named?: string[]; baseChecks?: string[] }, string, RegExp]>([
    ["one is green", [check("ci", "green")], {}, "proven", /1 check .*`ci`/],
    [
      "a skipped one says nothing beside a green one",
      [check("ci", "green"), check("docs", "skipped")],
      {},
      "proven",
      /1 check/,
    ],
    ["all are skipped", [check("ci", "skipped"), check("lint", "skipped")], {}, "unknown", /was skipped/],
    ["one of a name is red", [check("ci", "green"), check("ci", "red")], {}, "refuted", /Red.*`ci`/],
    ["one was cancelled", [check("ci", "green"), check("e2e", "unclear")], {}, "unknown", /without a verdict.*`e2e`/],
    [
      "one is of what people sign",
      [check("ci", "green"), check("license/cla", "unclear"), check("e2e", "unclear")],
      {},
      "unknown",
      /^Waits for people to sign, .*`license\/cla`\. Ended without .*`e2e`/,
    ],
    ["one still runs", [check("ci", "green"), check("e2e", "pending")], {}, "unknown", /Still running.*`e2e`/],
    ["a named one is not there", [check("ci", "green")], { named: ["build"] }, "unknown", /Not reported.*`build`/],
    [
      "only others than the named one are red",
      [check("build", "green"), check("cla", "red")],
      { named: ["build"] },
      "proven",
      /`build`/,
    ],
    ["only ours are there", [check("coop/proof", "green", true)], {}, "unknown", /no check runs/],
    [
      "the base has some and the head has none",
      [],
      { baseChecks: ["ci"] },
      "unknown",
      /base commit has checks \(`ci`\)/,
    ],
  ])("%s", (_name, all, more, state, words) => {
    const item = judge(all, more);
    expect([item.state, item.evidence]).toEqual([state, expect.stringMatching(words)]);
  });
});

import { describe, expect, it } from "@jest/globals";
import { policySchema } from "../core/rules/policy.ts";
import { parsePolicy } from "./policy-file.ts";
import { readYaml } from "./yaml-problems.ts";

const problems = (text: string) => {
  const reading = readYaml(text, policySchema);
  return reading.outcome === "valid" ? [] : reading.problems.map((one) => `${one.line}:${one.column} ${one.problem}`);
};

describe("a settings file", () => {
  it.each([
    ["an empty one", "", []],
    ["only a comment", "# later\n", []],
    ["a slip in a name", "limit: { usdPerTicket: 2 }", ["1:8 `limit` is no setting. Did you mean `limits`?"]],
    [
      "a slip further in, on its line",
      "limits:\n  usdPerTicket: 2\n  usdPerDaY: 3\n",
      ["3:14 `limits.usdPerDaY` is no setting. Did you mean `usdPerDay`?"],
    ],
    [
      "a name of something else",
      "approvals:\n  colour: red\n",
      ["2:11 `approvals.colour` is no setting. There are githubReview, otherThanPusher."],
    ],
    [
      "two mistakes, both at once",
      "planGate: sometimes\nlimits: { fixRounds: 9 }\n",
      [
        '1:11 `planGate`: Invalid option: expected one of "always"|"never"|"by-risk"',
        "2:22 `limits.fixRounds`: Too big: expected number to be <=2",
      ],
    ],
    [
      "what is missing, in the order of the lines",
      "limit: 3\nverify:\n  - { name: a }\n",
      ["1:8 `limit` is no setting. Did you mean `limits`?", "3:5 `verify.0.run` is missing"],
    ],
    [
      "one of two forms with a mistake in it",
      "merge: { method: sqash }\nprefer: { small: { implementr: [a] } }\n",
      [
        '1:18 `merge.method`: Invalid option: expected one of "merge"|"squash"|"rebase"',
        "2:32 `prefer.small.implementr` is no setting.",
      ],
    ],
    [
      "none of two forms",
      "merge: 5\n",
      ['1:8 `merge`: Invalid input: expected one of "merge"|"squash"|"rebase", or expected object, received number'],
    ],
    ["a list where an object belongs", "- a\n", ["1:1 Invalid input: expected object, received array"]],
    [
      "aliases, which can expand without end",
      "notes: &a [x]\nprotected: *a\n",
      ["2:12 anchors and aliases (`&name`, `*name`) are not read here"],
    ],
  ])("is read: %s", (_name, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  it("names the place of what cannot be parsed", () => {
    expect(problems("limits: {\n  usdPerTicket: 2\n")).toEqual([expect.stringMatching(/^\d+:\d+ /)]);
  });

  it("ends a list of mistakes that has no end", () => {
    const text = Array.from({ length: 500 }, (_, index) => `unknown${index}: 1`).join("\n");
    expect(problems(text)).toHaveLength(20);
  });

  it("does not throw for a policy with aliases, but says what is wrong", () => {
    expect(parsePolicy("a: &a 1\nb: *a", ".github/coop.yml").outcome).toBe("invalid");
  });
});

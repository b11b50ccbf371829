import { describe, expect, it } from "@jest/globals";
import type { Survey } from "../../workspace/prepare/survey.ts";
import { judgePackages, withoutLandlock } from "./machine.ts";

const SURVEY: Survey = {
  found: [
    { tool: "python3", version: "3.11.7" },
    { tool: "cargo", version: "cargo 1.80.0 (1234 2030-01-01)" },
  ],
  missing: ["mvn"],
  registries: [
    { manager: "npm", hosts: ["packages.example"] },
    { manager: "pip", hosts: ["files.example", "index.example"] },
  ],
  withSecret: [],
};

describe("what doctor says about packages", () => {
  it("names tools, what is missing, and where packages may come from", () => {
    expect(judgePackages(SURVEY, ["more.example:4873"]).map((one) => [one.name, one.state, one.says])).toEqual([
      [
        "tools",
        "well",
        "node, python3 3.11.7, cargo 1.80.0 (1234 2030-01-01); not here: mvn. Repositories that need what is not here stay unproven.",
      ],
      [
        "packages",
        "well",
        "may come from npm: packages.example; pip: files.example, index.example; sandbox.registries: more.example:4873",
      ],
    ]);
  });

  it("says what to do about a registry that is not found and one behind a password", () => {
    const survey = {
      ...SURVEY,
      registries: [{ manager: "cargo" as const, hosts: [] }],
      withSecret: ["secret.example"],
    };
    const wrong = judgePackages(survey, []).filter((one) => one.state === "wrong");
    expect(wrong.map((one) => one.says)).toEqual([
      "It could not be found out where cargo gets packages from.",
      "secret.example wants a token, and no secret is given to a repository.",
    ]);
  });
});

it.each([
  ["6.18.2-cloud", "capability,landlock,yama", ""],
  ["6.12.0", null, ""],
  ["7.0.1", "capability,yama", "Landlock is off"],
  ["6.8.0-45-generic", "capability,landlock", "older than 6.12"],
  ["5.15.0", null, "older than 6.12"],
])("says whether code inside can change how its run is reported: Linux %s, %s", (kernel, modules, says) => {
  const told = withoutLandlock(kernel, modules);
  expect(told).toContain(says);
  expect(told === "").toBe(says === "");
});

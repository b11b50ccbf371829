import { describe, expect, it } from "@jest/globals";
import { estimateTokens } from "../core/rules/context-budget.ts";
import { attackTask } from "../roles/adversary.ts";
import { answerSchema } from "../roles/answer-schema.ts";
import { planTask } from "../roles/architect.ts";
import { fixTask, implementTask } from "../roles/implementer.ts";
import { askTask } from "../roles/navigator.ts";
import { systemPrompt } from "../roles/prompt.ts";
import { reviewTask } from "../roles/reviewer.ts";
import type { RoleTask } from "../roles/task.ts";
import { specsFor, toolsFor } from "./tools.ts";
import { matchesPath } from "./wildcard.ts";

describe("tools", () => {
  it.each([askTask, planTask, implementTask, reviewTask, attackTask])(
    "$role.$task: prompt, tools and answer schema together take at most 1,500 tokens",
    (one) => {
      const task = one as RoleTask<never>;
      const answer = task.tools === "write" ? null : answerSchema(task.answerName, task.answer);
      const specs = specsFor(task, toolsFor(task.tools, "available"));
      const all = systemPrompt(task.role) + JSON.stringify(specs) + JSON.stringify(answer);
      expect(estimateTokens(all)).toBeLessThanOrEqual(1500);
    },
  );

  it("have arguments for strict mode, every one required", () => {
    for (const { name, parameters } of specsFor(fixTask, toolsFor("write", "available"))) {
      expect([name, parameters["additionalProperties"]]).toEqual([name, false]);
      expect(parameters["required"]).toEqual(Object.keys(parameters["properties"] as object));
    }
  });

  it("end with finish for a writer only", () => {
    expect(specsFor(fixTask, []).map((spec) => spec.name)).toEqual(["finish"]);
    expect(specsFor(reviewTask, [])).toEqual([]);
  });

  it.each([
    ["src/a.ts", null, true],
    ["src/a.ts", "", true],
    ["src/a.ts", "./", true],
    ["src/a.ts", "src/", true],
    ["src/a.ts", "sr", false],
    ["src/a.ts", "*.ts", true],
    ["src/a.ts", "src/**/*.ts", true],
    ["src/x/a.ts", "src/**/*.ts", true],
    ["src/a.ts", "*.tsx", false],
    ["src/a.ts", "*a*", true],
  ])("%s is matched by %j: %p", (path, pattern, expected) => {
    expect(matchesPath(path, pattern)).toBe(expected);
  });

  it("matches an evil pattern quickly", () => {
    expect(matchesPath("a".repeat(2000), `${"*a".repeat(150)}*b`)).toBe(false);
  });
});

import { describe, expect, it } from "@jest/globals";
import { typeOfLabel, typeOfLabels } from "./labels.ts";

describe("labels and tags", () => {
  it.each([
    [
      "bug",
      [
        "bug",
        "Bug",
        "Bug 🐞",
        "🐛 bug",
        "kind/bug",
        "type: bug",
        "type/bug",
        "C-bug",
        "T-Bug",
        "kind:bug",
        "bug :bug:",
        "defect",
        "regression",
        "fix",
        "fix(parser)!",
        "bugfix",
        "Bug Report",
      ],
    ],
    [
      "feature",
      [
        "enhancement",
        "feature",
        "kind/feature",
        "type: feature request",
        "C-enhancement",
        "Feature Request",
        "feat",
        "feat(cli)",
        "FEATURE",
        "✨ enhancement",
        "improvement",
        "feature-request",
      ],
    ],
    [
      "refactor",
      [
        "refactor",
        "tech-debt",
        "tech debt",
        "kind/cleanup",
        "technical_debt",
        "C-cleanup",
        "refactor(core)",
        "Housekeeping",
        "type: refactoring",
      ],
    ],
    [
      "docs",
      [
        "docs",
        "documentation",
        "kind/documentation",
        "area: docs",
        "C-docs",
        "A-docs",
        "📚 documentation",
        "chore(docs)",
        "fix(docs)",
        "DOC",
      ],
    ],
  ] as const)("mean %s", (type, labels) => {
    const odd = labels.filter((label) => typeOfLabel(label) !== type);
    expect(odd).toEqual([]);
  });

  it.each([
    "good first issue",
    "P1",
    "help wanted",
    "debug",
    "docker",
    "area/featureflags",
    "prefix",
    "needs docs review",
    "",
    "🎉",
  ])("%j means no type", (label) => {
    expect(typeOfLabel(label)).toBeNull();
  });

  it.each([
    [["bug", "documentation"], "docs"],
    [["feature", "bug"], "bug"],
    [["enhancement", "tech-debt"], "refactor"],
    [["bug", "refactor"], "refactor"],
    [["good first issue", "enhancement"], "feature"],
  ])("%j together mean %s", (labels, type) => {
    expect(typeOfLabels(labels)?.type).toBe(type);
  });
});

import { describe, expect, it } from "@jest/globals";
import { DEFAULT_POLICY } from "../../core/rules/policy.ts";
import { isProtected, protectedGlobs } from "./protected.ts";

const globs = protectedGlobs({ ...DEFAULT_POLICY, protected: ["deploy/", "Café/**"] });

describe("isProtected", () => {
  it.each([
    ".github/workflows/ci.yml",
    ".github/coop.yml",
    ".GitHub/Workflows/CI.yml",
    ".github./workflows /ci.yml ",
    ".git\u200bhub/workflows/ci.yml",
    "package-lock.json",
    "packages/a/Package-Lock.JSON",
    "docs/CODEOWNERS",
    "codeowners.",
    "CODEOWNERS::$DATA",
    "jest.config.mjs",
    "src/.env.local",
    "a/conftest.py",
    "AGENTS.md",
    "tools/agents.MD",
    "deploy/x/y.yaml",
    "deploy/.hidden/x",
    "cafe\u0301/menu.txt",
    "ＡＧＥＮＴＳ.md",
  ])("protects %j", (path) => expect(isProtected(path, globs)).toBe(true));

  it.each(["src/a.ts", "package.json", "docs/github.md", "src/environment.ts", "agents/README.md", "deployment.md"])(
    "leaves %j free",
    (path) => expect(isProtected(path, globs)).toBe(false),
  );
});

import { describe, expect, it } from "@jest/globals";
import { DEFAULT_POLICY } from "../../core/rules/policy.ts";
import { isProtected, protectedGlobs } from "./protected.ts";

const globs = protectedGlobs({
  ...DEFAULT_POLICY,
  protected: ["deploy/", "Café/**", "*.{pem,key}", "infra/**/*.tf", "v[0-9]/*", "!(a|b).lock"],
});

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
    "Jenkinsfile",
    ".travis.yml",
    "azure-pipelines.yaml",
    ".buildkite/pipeline.yml",
    ".forgejo/workflows/ci.yml",
    ".cursorrules",
    "a/.clinerules/x.md",
    ".codex/config.toml",
    ".devcontainer/devcontainer.json",
    ".idea/runConfigurations/x.xml",
    "src/sitecustomize.py",
    "lib/x.pth",
    ".cargo/config",
    ".cargo/config.toml",
    ".yarn/releases/yarn-4.cjs",
    ".mvn/extensions.xml",
    "gradle/wrapper/gradle-wrapper.properties",
    "bun.lockb",
    "deno.lock",
    "lefthook.yml",
    "server.PEM",
    ".hidden.key",
    "infra/main.tf",
    "infra/a/b/.x.tf",
    "v1/x",
    "c.lock",
  ])("protects %j", (path) => expect(isProtected(path, globs)).toBe(true));

  it.each([
    "src/a.ts",
    "package.json",
    "docs/github.md",
    "src/environment.ts",
    "agents/README.md",
    "deployment.md",
    "a/server.pem",
    "infra.tf",
    "v10/x",
    "vx/x",
    "a.lock",
  ])("leaves %j free", (path) => expect(isProtected(path, globs)).toBe(false));
});

import { describe, expect, it } from "@jest/globals";
import { PROTECTED_PATHS } from "../../src/core/rules/protected-paths.ts";
import { isProtected } from "../../src/proof/languages/settings/protected.ts";
import { newPathProblem } from "../../src/trees/new-path.ts";
import { checkPath } from "../../src/trees/paths.ts";

/** Files by which a change decides about its own checks, its own merge, what is installed, or what an agent is told. */
const DECIDING: Readonly<Record<string, string>> = {
  "another CI":
    ".gitlab-ci.yaml ci/.gitlab-ci.deploy.yml .builds/x.yml .build.yml Earthfile .tekton/push.yaml bitrise.yml codemagic.yaml wercker.yml .azuredevops/x.yml .azure-pipelines/x.yml azure-pipelines/build.yml azure-pipelines-nightly.yml ci/Jenkinsfile.release Jenkinsfile.groovy Jenkinsfile.prod.eu build.jenkinsfile screwdriver.yaml .zuul.d/jobs.yaml .prow.yaml .gitpod.yml dagger.json .replit .devcontainer.json",
  "a hook":
    ".overcommit.yml .huskyrc .huskyrc.js husky.config.js .lintstagedrc lint-staged.config.js .pre-commit-hooks.yaml captainhook.json grumphp.yml .git-hooks/pre-commit .hooks/pre-push hk.pkl lefthook-local.yml .lefthook.toml .lefthook/pre-commit/x.sh",
  "what is installed":
    "pixi.lock flake.lock mix.lock app/pubspec.lock Package.resolved ios/Podfile.lock packages.lock.json gradle.lockfile paket.lock pylock.dev.toml infra/.terraform.lock.hcl go.work.sum MODULE.bazel.lock renv.lock gems.locked",
  "where it comes from":
    "pip.conf .pypirc .condarc .netrc NuGet.Config .bundle/config pnpm-workspace.yaml .pnpmfile.mjs .mise.toml mise.local.toml .tool-versions apps/x/mise.toml .mise/config.toml mise/config.toml .config/mise/config.toml .config/mise.toml mise.lock Directory.Packages.props build/pip.conf",
  "what merges":
    ".mergify.yml .mergify/config.yml .trunk/trunk.yaml mergify.yml .kodiak.toml bors.toml .bulldozer.yml .policy.yml .renovaterc .renovaterc.json pkg/OWNERS OWNERS_ALIASES",
  "what is looked for":
    ".snyk .trivyignore .gitleaksignore .gitleaks.toml .semgrepignore osv-scanner.toml .secrets.baseline deny.toml wdio.conf.ts web-test-runner.config.mjs stryker.config.json vitest.workspace.ts spec/support/jasmine.json .rspec phpunit.xml.dist .coveragerc .c8rc.json .pytest.ini .config/nextest.toml .releaserc .releaserc.json .releaserc.cjs release.config.mjs .goreleaser.yaml .grype.yaml trivy.yaml .cargo/audit.toml audit-ci.json audit-ci.jsonc .checkov.yaml .bandit .trivyignore.yaml wdio.conf.ci.ts stryker.conf.js jest.config.cjs karma.conf.js jasmine.json",
  "what an agent is told":
    ".kilocode/rules.md .roomodes .factory/x .openhands/microagents/repo.md .amp/settings.json .zed/settings.json .coderabbit.yaml .pr_agent.toml .claude.json .claude-plugin/plugin.json .agent/rules/x.md .qoder/rules/x .aider.model.settings.yml .cursorignore",
  "more of these":
    ".lfsconfig sub/.lfsconfig .drone.star .cirrus.star .onedev-buildspec.yml .scrutinizer.yml .codeclimate.yml .sourcery.yaml .deepsource.toml .sonarcloud.properties .harness/x.yaml .greptile/config.json greptile.json .ellipsis/x ellipsis.yaml .cody/x .warp/x .mcp/x.json .idx/airules.md",
  "one of these in another spelling":
    ".MERGIFY.YML .zuul.d./jobs.yaml .gıtlab-ci.yml .sn\u200byk ．mergify.yml bors.toml::$DATA",
};

describe("a file that decides", () => {
  it.each(Object.entries(DECIDING))("is protected: %s", (_what, paths) =>
    expect(paths.split(" ").filter((path) => !isProtected(path, PROTECTED_PATHS))).toEqual([]),
  );

  it.each([
    "src/mergify.ts",
    "src/harness/x.yaml",
    "src/ellipsis.yaml.ts",
    "docs/greptile.md",
    "src/mcp/server.ts",
    "packages/ellipsis/index.ts",
    "docs/jenkinsfile.md",
    "src/build/index.ts",
    "src/hooks/useThing.ts",
    "packages/hooks/pre.ts",
    "src/policy.ts",
    "docs/policy.yml.md",
    "src/owners/list.ts",
    "src/lock.ts",
    "test/data/x.lock.txt",
    "src/amp/index.ts",
    "src/agent/loop.ts",
    "config/deny.json",
    "docs/release.config.md",
    "app/factory/x.ts",
    "src/mise-en-place.ts",
    "src/parsers/jenkinsfile.js",
    "src/Jenkinsfile.ts",
    "Jenkinsfile.test.ts",
    "Jenkinsfile.go",
    ..."vitest.workspace wdio.conf stryker.config husky.config jest.config karma.conf"
      .split(" ")
      .map((one) => `docs/${one}.md`),
    ".releaserc.md",
    "release.config.md",
    "locales/mise.toml",
    "i18n/mise.en.toml",
    "docs/pip.conf",
    "src/data/jasmine.json",
    "docs/audit-ci.md",
    "src/trunk/index.ts",
    "src/mise/config.toml",
    "helm/templates/trivy.yaml",
  ])("is none of these: %s", (path) => expect(isProtected(path, PROTECTED_PATHS)).toBe(false));
});

describe("a new path", () => {
  it.each(["$HOME/x", "$TMPDIR", "ＮＵＬ", "ｃｏｎ.txt", "a\ufe68b", "a\u29f9b", "a\u244ab", "a\u0338/b", "a\u2571b"])(
    "is never another place: %j",
    (path) => expect(checkPath(path).outcome).toBe("refused"),
  );

  it.each([
    ["İ.ts", "i.ts"],
    ["ａ.ts", "a.ts"],
    ["ｌog.ts", "log.ts"],
    ["ⅼog.ts", "log.ts"],
    ["\u{1d41a}.ts", "a.ts"],
    ["①.ts", "1.ts"],
    ["ª.ts", "a.ts"],
    ["ﾊ.ts", "ハ.ts"],
    ["a‐b.ts", "a-b.ts"],
    ["a–b.ts", "a-b.ts"],
    ["a’b.ts", "a'b.ts"],
    ["Ꭺ.ts", "A.ts"],
    ["ꜱrc.ts", "src.ts"],
    ["ᴄode/x.ts", "code/y.ts"],
    ["ⲟ.ts", "o.ts"],
    ["օ.ts", "o.ts"],
    ["հ.ts", "h.ts"],
    ["ѵ.ts", "v.ts"],
  ])("is never a second spelling: %s beside %s", (path, other) =>
    expect(newPathProblem(path, [other]).outcome).toBe("refused"),
  );

  it.each([
    "~$report.docx",
    "a~b.txt",
    "x~",
    "routes/$id.tsx",
    "$HOMEPAGE.tsx",
    "src/$user.ts",
    "docs/日本語.md",
    "a–b.md",
    "①.md",
    "nul-safe.ts",
    "l’été.md",
  ])("may be %s", (path) => expect(newPathProblem(path, ["a/b.ts"]).outcome).toBe("ok"));
});

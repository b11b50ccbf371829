import { expect, it } from "@jest/globals";
import type { Blobs, Tree, TreeFile } from "../../../trees/tree.ts";
import { nestedGuesses } from "./nested.ts";

/** How repositories are tested whose manifests lie in folders only. */
const SCRIPT = JSON.stringify({ scripts: { test: "jest" } });
const commands = async (files: readonly string[], manifest = SCRIPT, alone = true) => {
  const tree: Tree = new Map(
    files.map((path) => [path, { mode: "100644", sha: path, sizeBytes: 1 } as TreeFile] as const),
  );
  const blobs = { get: async (path: string) => Buffer.from(path.endsWith("package.json") ? manifest : "") };
  return nestedGuesses({ tree, blobs: blobs as unknown as Blobs }, alone);
};
const only = async (...given: Parameters<typeof commands>) => (await commands(...given)).map(({ alternatives }) => alternatives.join("|")); // prettier-ignore

const EACH = `ruby -Ilib -Itest -e 'Dir["./test/**/{test_*,*_test}.rb"].sort.each { |file| require file }' -- -v`;

it.each<[string, readonly string[], readonly string[]]>([
  ["JavaScript", ["web/package.json"], ["npm --prefix web test"]],
  ["Go", ["api/go.mod"], ["go -C api test -v ./..."]],
  ["Rust", ["core/Cargo.toml"], ["cargo test --manifest-path core/Cargo.toml"]],
  ["Java", ["app/pom.xml"], ["mvn -B -f app test"]],
  ["Gradle", ["app/build.gradle"], ["gradle -p app test"]],
  ["Gradle in Kotlin", ["app/build.gradle.kts"], ["gradle -p app test"]],
  ["nothing where the root is Gradle's", ["settings.gradle.kts", "app/build.gradle"], []],
  ["Ruby", ["api/Gemfile", "api/spec/a_spec.rb"], ["cd api && bundle exec rspec"]],
  ["Ruby by rake", ["api/Gemfile", "api/Rakefile", "api/test/a_test.rb"], [`cd api && bundle exec rake test|cd api && bundle exec ${EACH}`]],
  ["Ruby without rake", ["api/Gemfile", "api/test/test_a.rb"], [`cd api && bundle exec ${EACH}`]],
  ["Ruby without tests", ["api/Gemfile", "api/test/a.rb"], []],
  ["Python", ["ml/pyproject.toml", "ml/test_a.py"], ["cd ml && python3 -m pytest -q"]],
  ["Python, told twice", ["ml/pyproject.toml", "ml/setup.py", "ml/x/a_test.py"], ["cd ml && python3 -m pytest -q"]],
  ["Python of older days", ["ml/setup.py", "ml/test_a.py"], ["cd ml && python3 -m pytest -q"]],
  ["Python without tests of its own", ["ml/pyproject.toml", "test_a.py", "mlx/test_a.py", "ml/atest_a.py"], []],
  ["Python with a list of packages", ["api/requirements.txt", "api/app/a.py", "api/tests/test_a.py"], ["cd api && python3 -m pytest -q"]],
  ["Django beside a frontend", ["api/manage.py", "api/shop/tests.py"], ["cd api && python3 manage.py test"]],
  ["what tests need, beside them", ["tests/requirements.txt", "tests/unit/test_a.py"], []],
  ["nothing where the root lists packages", ["requirements.txt", "api/requirements.txt", "api/test_a.py"], []],
  ["several", ["web/package.json", "api/go.mod"], ["npm --prefix web test", "go -C api test -v ./..."]],
  ["four folders of one trade", ["a", "b", "c", "d", "e"].map((one) => `${one}/go.mod`), ["a", "b", "c", "d"].map((one) => `go -C ${one} test -v ./...`)],
  ["a folder in a folder", ["services/api/go.mod"], ["go -C services/api test -v ./..."]],
  ["nothing deeper", ["a/b/c/go.mod"], []],
  ["the outermost", ["a/go.mod", "a/b/go.mod", "ab/go.mod"], ["go -C a test -v ./...", "go -C ab test -v ./..."]],
  ["nothing where the root has one", ["package.json", "web/package.json"], []],
  ["nothing where the root is a workspace", ["pnpm-workspace.yaml", "web/package.json", "go.work", "api/go.mod"], []],
  ["nothing where the root is Python", ["pytest.ini", "ml/pyproject.toml", "ml/setup.py", "ml/test_a.py"], []],
  ["nothing of others", ["vendor/x/go.mod", "examples/go.mod", "docs/go.mod", "a/fixture/go.mod"], []],
  ["nothing with an odd name", ["a b/go.mod", "-x/go.mod", "$(id)/go.mod"], []],
])("%s", async (_what, files, found) => expect(await only(files)).toEqual(found)); // prettier-ignore

it("takes a package for tested that has a script for it", async () => {
  expect(await only(["web/package.json"], "{}")).toEqual([]);
  expect(await only(["web/package.json", "api/go.mod"], "no JSON")).toEqual(["go -C api test -v ./..."]);
});

it("is more than what was found at the root, or has to do alone", async () => {
  expect(await commands(["api/go.mod"], "", true)).toEqual([{ alternatives: ["go -C api test -v ./..."] }]);
  expect(await commands(["api/go.mod"], "", false)).toEqual([{ alternatives: ["go -C api test -v ./..."], extra: true }]);
}); // prettier-ignore

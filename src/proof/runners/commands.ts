import type { Policy, VerifyCommand } from "../../core/rules/policy.ts";
import type { Blobs, Tree } from "../../trees/tree.ts";
import { javascriptCommands } from "./guesses/javascript.ts";
import { nestedGuesses } from "./guesses/nested.ts";
import { pythonCommands } from "./guesses/python.ts";
import { type Guess, has, type Repository, textOf } from "./guesses/repository.ts";
import { SHORT_NAME_CHARS_MAX } from "../../core/ledger/limits.ts";

/** The policy schema's own default. */
const TIMEOUT_SECONDS = 300;

/**
 * The commands that decide whether the repository works, without trying any: the policy's own, else what its manifests at
 * the base commit suggest first. The head is not asked: a change must not choose how it is checked.
 * @returns an empty list when nothing was found
 */
export async function findCommands(tree: Tree, blobs: Blobs, policy: Policy): Promise<VerifyCommand[]> {
  if (policy.verify) return policy.verify;
  const found = await guessesFor({ tree, blobs });
  return found.filter((one) => !one.extra).flatMap(({ alternatives }) => alternatives.slice(0, 1).map(testCommand));
}

export function testCommand(run: string): VerifyCommand {
  return { name: run.slice(0, SHORT_NAME_CHARS_MAX), run, proves: "tests", timeoutSeconds: TIMEOUT_SECONDS };
}

/** What the manifests suggest: one guess for each part of the repository, a language as a rule. */
export async function guessesFor(repository: Repository): Promise<Guess[]> {
  const { tree } = repository;
  const parts = [
    await javascriptCommands(repository),
    await goTests(repository),
    await pythonCommands(repository),
    tree.has("Cargo.toml") ? [workspaceOfCargo(await textOf(repository, "Cargo.toml"))] : [],
    ...OTHERS.filter(({ when }) => when(repository)).map(({ run }) => [run]),
  ].filter((alternatives) => alternatives.length > 0);
  const make = await makeTargets(repository);
  const [first, ...more] = parts;
  // A Makefile drives whatever the repository is made of; it is asked where the language's own way does not work.
  if (first) {
    const all = [[...first, ...make], ...more].map((alternatives) => ({ alternatives }));
    return [...all, ...(await nestedGuesses(repository, false))];
  }
  return make.length > 0 ? [{ alternatives: make }] : nestedGuesses(repository, true);
}

/** Build tools whose own command tests everything; their reports name the tests. */
const OTHERS: readonly { readonly when: (one: Repository) => boolean; readonly run: string }[] = [
  { when: ({ tree }) => tree.has("pom.xml") && tree.has("mvnw"), run: "sh mvnw -B test" },
  { when: ({ tree }) => tree.has("pom.xml") && !tree.has("mvnw"), run: "mvn -B test" },
  { when: (one) => isGradle(one) && one.tree.has("gradlew"), run: "sh gradlew test" },
  { when: (one) => isGradle(one) && !one.tree.has("gradlew"), run: "gradle test" },
  { when: (one) => one.tree.has("Gemfile") && has(one, /^spec\/.*_spec\.rb$/), run: "bundle exec rspec" },
  {
    when: (one) => one.tree.has("Rakefile") && has(one, /^test\/.*(?:_test|test_\w+)\.rb$/) && !has(one, /^spec\//),
    run: "bundle exec rake test",
  },
  { when: (one) => has(one, /^phpunit(?:\.dist)?\.xml(?:\.dist)?$/), run: "vendor/bin/phpunit" },
  { when: (one) => has(one, /^[^/]+\.(?:sln|slnx|csproj|fsproj)$/), run: "dotnet test" },
  { when: ({ tree }) => tree.has("mix.exs"), run: "mix test" },
  { when: ({ tree }) => tree.has("Package.swift"), run: "swift test" },
  {
    when: ({ tree }) => (tree.has("deno.json") || tree.has("deno.jsonc")) && !tree.has("package.json"),
    run: "deno test -A",
  },
  {
    when: ({ tree }) => tree.has("CMakeLists.txt"),
    run: "cmake -S . -B build && cmake --build build && ctest --test-dir build --output-on-failure",
  },
];

function isGradle(one: Repository): boolean {
  return one.tree.has("build.gradle") || one.tree.has("build.gradle.kts") || has(one, /^settings\.gradle(?:\.kts)?$/);
}

/** `go test` at the root does not enter other modules; a workspace file names them. */
async function goTests(repository: Repository): Promise<string[]> {
  const work = await textOf(repository, "go.work");
  const used = [...work.matchAll(/^\s*(?:use\s+)?"?(\.\/?[\w./-]*)"?\s*(?:\/\/.*)?$/gm)].map((match) => match[1] ?? "");
  const modules = used.map((one) => one.replace(/\/$/, "")).filter((one) => /^\.(?:\/[\w-][\w.-]*)*$/.test(one));
  if (modules.length > 0) return [`go test -v ${modules.map((one) => `${one}/...`).join(" ")}`];
  return repository.tree.has("go.mod") ? ["go test -v ./..."] : [];
}

function workspaceOfCargo(manifest: string): string {
  return /^\[workspace\]/m.test(manifest) && /^\[package\]/m.test(manifest) ? "cargo test --workspace" : "cargo test";
}

async function makeTargets(repository: Repository): Promise<string[]> {
  // The order in which make itself looks.
  const file = ["GNUmakefile", "makefile", "Makefile"].find((name) => repository.tree.has(name));
  const targets = file ? await textOf(repository, file) : "";
  return ["test", "tests", "check", "unit", "unittest", "test-unit"]
    .filter((name) => new RegExp(`^${name}\\s*:(?!=)`, "m").test(targets))
    .map((name) => `make ${name}`);
}

import type { Policy, VerifyCommand } from "../../core/rules/policy.ts";
import type { Blobs, Tree } from "../../trees/tree.ts";
import { javascriptCommands, OWN_RUNNERS } from "./guesses/javascript.ts";
import { nestedGuesses } from "./guesses/nested.ts";
import { pythonCommands } from "./guesses/python.ts";
import { otherCommands } from "./guesses/others.ts";
import { type Guess, type Repository, textOf } from "./guesses/repository.ts";
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
    ...(await otherCommands(repository)),
  ].filter((alternatives) => alternatives.length > 0);
  const make = await makeTargets(repository);
  const [first, ...more] = parts;
  // A Makefile drives whatever the repository is made of; it is asked where the language's own way does not work. Where nothing of
  // the repository says how its tests are run, the Makefile's word comes before a guess.
  if (first) {
    const isGuessed = first.every((run) => OWN_RUNNERS.includes(run));
    const all = [isGuessed ? [...make, ...first] : [...first, ...make], ...more].map((alternatives) => ({
      alternatives,
    }));
    return [...all, ...(await nestedGuesses(repository, false))];
  }
  return make.length > 0 ? [{ alternatives: make }] : nestedGuesses(repository, true);
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

import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { z } from "zod";
import { environment } from "../config.ts";
import { DEFAULT_POLICY, policySchema } from "../core/rules/policy.ts";
import { localGit } from "../workspace/local-git.ts";
import { askGit } from "../workspace/git-process.ts";
import { findCommands } from "../proof/runners/commands.ts";
import { whyNoRepository } from "../desk/repository.ts";
import { contentsOf } from "../desk/contents.ts";
import { makeFolder } from "../desk/make-folder.ts";
import { Ended, EXIT } from "./exit.ts";
import { print } from "./terminal.ts";

/** `coop init`: a policy to begin with, and the schema by which an editor completes and checks it. */
export const POLICY = ".github/coop.yml";
export const SCHEMA = ".github/coop.schema.json";

export function initCommand(program: Command): void {
  program
    .command("init")
    .description(`write ${POLICY} with the usual settings, and ${SCHEMA} for your editor`)
    .addHelpText("after", '\nExample:\n  coop init && git add .github && git commit -m "Add Cooperations\' policy"')
    .action(init);
}

async function init(): Promise<void> {
  const git = { folder: process.cwd(), searchPath: environment().PATH ?? "/usr/bin:/bin", temporary: tmpdir() };
  const asked = await askGit(git, ["rev-parse", "--show-toplevel"]);
  const bare = asked.code === 0 ? "" : (await askGit(git, ["rev-parse", "--is-bare-repository"])).text.trim();
  if (bare === "true")
    throw new Ended(EXIT.usage, "This repository is bare and has no files to write to: go into a clone of it.");
  if (bare === "false") throw new Ended(EXIT.usage, "This folder is git's own: go into the repository's files first.");
  if (asked.code !== 0) throw new Ended(EXIT.usage, await whyNoRepository(git, "go into one first"));
  const top = asked.text.trim();
  await makeFolder(join(top, ".github"));
  await writeFile(join(top, SCHEMA), policyJsonSchema());
  const path = join(top, POLICY);
  if (existsSync(path)) return print(`${POLICY} is there already and stays as it is; ${SCHEMA} was written.`);
  await writeFile(path, starterPolicy(await commandsAt(git)));
  print(`${POLICY} and ${SCHEMA} were written. Commit them: the policy counts from the base branch.`);
}

/** As an editor wants it: every field with its limits. */
export function policyJsonSchema(): string {
  const schema = z.toJSONSchema(policySchema, { io: "input", unrepresentable: "any" });
  return `${JSON.stringify({ ...schema, title: "Policy of Cooperations" }, null, 2)}\n`;
}

async function commandsAt(git: Parameters<typeof askGit>[0]): Promise<readonly { name: string; run: string }[]> {
  const local = localGit(git);
  const head = await local.commitOf("HEAD");
  if (!head) return [];
  const { tree } = await local.snapshot(head);
  const kept = { get: () => Promise.resolve(null), put: () => Promise.resolve() };
  return findCommands(tree, contentsOf(local, kept, "sha1"), DEFAULT_POLICY);
}

/** Nothing but comments, which is a valid policy: what stands there is what counts without it. */
export function starterPolicy(commands: readonly { name: string; run: string }[]): string {
  const found = commands.map(
    ({ name, run }) => `#   - { name: ${JSON.stringify(name)}, run: ${JSON.stringify(run)}, proves: tests }`,
  );
  const verify = found.length > 0 ? found : ["#   - { name: tests, run: make test, proves: tests }"];
  return [
    "# yaml-language-server: $schema=./coop.schema.json",
    "# How Cooperations works on this repository. Every field may be left out; what stands here is what counts without it.",
    "",
    "# What shows that the repository works. Left out, it is found from the manifests:",
    "# verify:",
    ...verify,
    "",
    "# planGate: by-risk        # always: a person says yes to every plan; never: to none",
    "# limits: { usdPerTicket: 5, usdPerDay: 50, fixRounds: 2, changedFiles: 60 }",
    "# protected: []            # globs that no change may touch without a person's yes, besides CI and lockfiles",
    "# notes: []                # files with house rules, besides AGENTS.md, ARCHITECTURE.md, CONTRIBUTING.md, README.md",
    "",
  ].join("\n");
}
